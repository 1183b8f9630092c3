"""Deciding to share or not to, and ending a share."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any
from uuid import UUID

from policies.permit import Permit
from policies.vocabulary import Action, DataGroup, Function, Relation
from services import gate
from services.clocks.rules import london_date
from services.errors import Conflict, Invalid, NotFound, Problem, WorkProblem
from services.gate import Admission
from services.once import Intent, key_problem, once
from services.outbox import store as outbox
from services.outbox.kinds import NoticeKind
from services.sharing import store
from services.sharing.decisions import Decision, Share
from services.sharing.rules import decision_problem, text_problems, word_rows
from services.sharing.words import share_limit
from services.tools import Reading

OWN = frozenset({DataGroup.INFORMATION_REQUESTS})
WHY_NOT = {
    "not_yours": ("This is not yours to share.", "Share what your function sees whole and writes itself."),
    "not_for_them": ("No rule lets this function have it, whoever shares it.", "Leave it out."),
    "one_version_only": ("You hold one version of this and nothing that comes after it.", "Share it as it stands."),
    "nothing_recorded": ("Nothing of this is recorded.", "Leave it out, or share it live."),
}


class NotSharing(StrEnum):
    """The act of this page that gives nothing, as the ledger calls it."""

    DECIDE = "share.decline"


async def give(reading: Reading, key: str, share: Share, content: Mapping[str, Any]) -> UUID | WorkProblem:
    """Share groups of a case with a function of another agency, or with one person there; the share's id."""
    problem = key_problem(key) or decision_problem(share, london_date(reading.now))
    if problem:
        return problem
    intent = Intent(Action.SHARE_GIVE, key, content, (share.case,))
    return await once(reading, intent, lambda: _give(reading, share))


async def decide_not_to(
    reading: Reading, key: str, decided: Decision, content: Mapping[str, Any]
) -> UUID | WorkProblem:
    """Record that it was decided not to share, and why; nobody else is told. The decision's id."""
    problem = key_problem(key) or decision_problem(decided, london_date(reading.now))
    if problem:
        return problem
    intent = Intent(NotSharing.DECIDE, key, content, (decided.case,))
    return await once(reading, intent, lambda: _decide_not_to(reading, decided))


async def end(reading: Reading, key: str, share: UUID, reason: str, content: Mapping[str, Any]) -> UUID | WorkProblem:
    """End a share of one's own function now; its id."""
    found = tuple(text_problems(reason=reason))
    problem = key_problem(key) or (Invalid(found) if found else None)
    if problem:
        return problem
    record = await store.record_of(reading, share)
    lookup = str(record) if record else "nothing"
    return await once(
        reading, Intent(Action.SHARE_END, key, content, (lookup,)), lambda: _end(reading, share, lookup, reason)
    )


async def record_of(reading: Reading, share: UUID) -> UUID | None:
    """The record of a share of one's own function."""
    return await store.record_of(reading, share)


async def release(reading: Reading, admission: Admission, share: Share) -> UUID | Invalid:
    """Share under an act that was admitted before; the share's id, or what does not pass. Nobody is told yet."""
    said = await recipient(reading, share)
    if isinstance(said, Invalid):
        return said
    wanted = [(one.group, one.live) for one in share.groups]
    to = (share.function, Relation.RECIPIENT)
    problem = await groups_problem(reading, admission.permit, to, "groups.{}.group", wanted)
    return problem or await store.decide(reading, admission.permit, _said(reading, share) | said, given=True)


async def _give(reading: Reading, share: Share) -> UUID | WorkProblem:
    admission = await _admitted(reading, share.case)
    if not isinstance(admission, Admission):
        return admission
    given = await release(reading, admission, share)
    if isinstance(given, UUID):
        kind, mine = NoticeKind.SHARE_RECEIVED, reading.actor.agency_id
        await outbox.send(reading, kind, admission.record_id, share.agency, share.function, mine)
    return given


async def _decide_not_to(reading: Reading, decided: Decision) -> UUID | WorkProblem:
    admission = await _admitted(reading, decided.case)
    if not isinstance(admission, Admission):
        return admission
    said = await recipient(reading, decided)
    if isinstance(said, Invalid):
        return said
    return await store.decide(reading, admission.permit, _said(reading, decided) | said, given=False)


async def _end(reading: Reading, share: UUID, lookup: str, reason: str) -> UUID | WorkProblem:
    admission = await gate.ask(reading, Action.SHARE_END, lookup, asked=OWN)
    if not isinstance(admission, Admission):
        return admission
    to = await store.recipient_of(reading, admission.permit, share)
    if to is None:
        return NotFound()
    if not await store.end(reading, share, reason):
        return Conflict("ENDED_ALREADY", "This share is over.", "Read the case again.")
    # Whose access is over no longer knows the record: the notice names the giver and nothing else.
    await outbox.send(
        reading, NoticeKind.SHARE_ENDED, None, to["agency"], Function(to["function"]), reading.actor.agency_id
    )
    return share


async def _admitted(reading: Reading, case: str) -> Admission | WorkProblem:
    admission = await gate.ask(reading, Action.SHARE_GIVE, case)
    return NotFound() if isinstance(admission, Admission) and admission.kind != "case" else admission


async def counterpart_problem(reading: Reading, path: str, agency: UUID, function: Function) -> Invalid | None:
    """Why this function of this agency can be given or asked nothing."""
    if (agency, function) == (reading.actor.agency_id, reading.actor.function):
        return _wrong(path, "yourself", "This is your own agency and function.", "Name another.")
    if not await store.works_here(reading, agency, function):
        remedy = "Choose an agency on the platform and something it does today."
        return _wrong(path, "not_on_platform", "Nobody there works here in this function today.", remedy)
    return None


async def recipient(reading: Reading, decided: Decision) -> dict[str, Any] | Invalid:
    """Agency, function and perhaps one person of it, all working here today."""
    problem = await counterpart_problem(reading, "recipient", decided.agency, decided.function)
    if problem:
        return problem
    to: dict[str, Any] = {"agency": decided.agency, "function": decided.function.value, "member": None}
    if decided.person is None:
        return to
    member = await store.member(reading, decided.agency, decided.function, decided.person)
    if member is None:
        remedy = "Give the work address of somebody who acts in this function."
        return _wrong("recipient.person", "unknown_person", "Nobody there has this address.", remedy)
    return to | {"member": member}


async def groups_problem(
    reading: Reading,
    permit: Permit,
    to: tuple[Function, Relation],
    path: str,
    wanted: Sequence[tuple[DataGroup, bool]],
) -> Invalid | None:
    """The groups (live or not) that the policy does not let pass to that function, each by its path in the input."""
    groups = [{"group": group.value, "live": live} for group, live in wanted]
    rows = await store.problems(reading, permit, *to, groups)
    found = (Problem(path.format(row["place"]), row["problem"], *WHY_NOT[row["problem"]]) for row in rows)
    return Invalid(tuple(found)) if rows else None


def _said(reading: Reading, decided: Decision) -> dict[str, Any]:
    today = london_date(reading.now)
    said: dict[str, Any] = {
        "purpose": decided.purpose,
        "article_6": decided.lawful.article_6,
        "condition": decided.lawful.condition,
        "power": decided.lawful.power,
        "words": [*word_rows(decided.lawful, today), share_limit(today).row],
        "groups": [{"group": one.group.value, "live": one.live} for one in decided.groups],
        "statements": {
            one.group.value: {"necessity": one.necessity, "proportionality": one.proportionality}
            for one in decided.groups
        },
        "consent_asked": decided.consent.asked,
        "consent_given": decided.consent.given,
        "without_consent": decided.consent.why_without,
        "risks": decided.risks,
    }
    if isinstance(decided, Share):
        said |= {"conditions": decided.conditions, "ends_on": decided.ends_on}
    return said


def _wrong(path: str, code: str, message: str, remedy: str) -> Invalid:
    return Invalid((Problem(path, code, message, remedy),))
