"""Steps that any case can take: give it to somebody of one's own agency, or close a concern."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from policies.vocabulary import Action, DataGroup, Relation
from services import gate
from services.agencies import queries as agencies
from services.cases import queries
from services.cases.store import writes
from services.cases.store.writes import Fact
from services.cases.views import RecordView, Stage
from services.clocks.rules import london_date
from services.errors import Conflict, Invalid, NotFound, Problem, Refused, WorkProblem
from services.gate import Admission
from services.once import Intent, key_problem, once
from services.outbox import store as outbox
from services.outbox.kinds import NoticeKind
from services.tools import Reading

LONGEST_REASON = 2_000
VersionOf = Callable[[RecordView], int]


class ClosingReason(StrEnum):
    """Why a concern ends without a referral."""

    NO_INDICATORS = "no_indicators"
    DUPLICATE = "duplicate"
    ADULT_DECLINED = "adult_declined"
    CONTACT_LOST = "contact_lost"
    RECORDED_IN_ERROR = "recorded_in_error"


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """To whom a case is given, and why; a person or a team of one's own agency."""

    case: str
    member: UUID | None
    team: UUID | None
    reason: str
    replacing: bool
    expected_version: int


async def assign(reading: Reading, key: str, given: Assignment, content: Mapping[str, Any]) -> UUID | WorkProblem:
    """Open a case to a colleague or a team; a colleague may take it on themselves, with a reason their manager sees."""
    problem = key_problem(key) or _assignment_problem(given)
    if problem:
        return problem
    return await once(reading, Intent(Action.CASE_ASSIGN, key, content, (given.case,)), lambda: _assign(reading, given))


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """Which concern ends, and why."""

    case: str
    reason: ClosingReason
    note: str
    expected_version: int


async def close_concern(reading: Reading, key: str, closing: Closing, content: Mapping[str, Any]) -> UUID | WorkProblem:
    """End a concern that will not be referred; everything recorded stays."""
    problem = key_problem(key) or _reason_problem("note", closing.note, required=False)
    if problem:
        return problem
    intent = Intent(Action.CASE_CLOSE, key, content, (closing.case,))
    return await once(reading, intent, lambda: _close(reading, closing))


def _assignment_problem(given: Assignment) -> Invalid | None:
    if (given.member is None) == (given.team is None):
        return Invalid(
            (Problem("to", "one_of", "A case is given to one person or to one team.", "Give memberId or teamId."),)
        )
    return _reason_problem("reason", given.reason, required=True)


def _reason_problem(path: str, text: str, *, required: bool) -> Invalid | None:
    if required and not text.strip():
        return Invalid((Problem(path, "required", "This is required.", "Say in a sentence why."),))
    if len(text) > LONGEST_REASON:
        return Invalid((Problem(path, "too_long", f"At most {LONGEST_REASON} characters.", "Say it shorter."),))
    return None


async def _assign(reading: Reading, given: Assignment) -> UUID | WorkProblem:
    case = await _at_version(reading, given.case, lambda found: found.assignment_version, given.expected_version)
    if not isinstance(case, RecordView):
        return case
    admission = await gate.ask(reading, Action.CASE_ASSIGN, str(case.id))
    if not isinstance(admission, Admission):
        return admission
    is_colleague = admission.permit.relations == {Relation.COLLEAGUE}
    if is_colleague and (given.member != reading.actor.member_id or given.replacing):
        return Refused(None, "A colleague may take on a case only for themselves, beside those who have it.")
    unknown = await _not_of_own_agency(reading, given)
    if unknown:
        return unknown
    await writes.assign(
        reading,
        admission.permit,
        member=given.member,
        team=given.team,
        reason=given.reason,
        replacing=given.replacing,
    )
    if is_colleague:
        actor = reading.actor
        kind = NoticeKind.COLLEAGUE_ASSIGNED_THEMSELVES
        await outbox.send(reading, kind, case.id, actor.agency_id, actor.function)
    return case.id


async def _not_of_own_agency(reading: Reading, given: Assignment) -> Invalid | None:
    if given.member is not None:
        known = given.member in {person.id for person in await agencies.colleagues(reading)}
    else:
        known = given.team in {team.id for team in await agencies.teams(reading)}
    if known:
        return None
    remedy = "Choose from the colleagues and teams of your viewer."
    return Invalid((Problem("to", "not_in_your_agency", "Nobody of your agency has this id.", remedy),))


async def _close(reading: Reading, closing: Closing) -> UUID | WorkProblem:
    case = await _at_version(reading, closing.case, lambda found: found.version, closing.expected_version)
    if not isinstance(case, RecordView):
        return case
    if case.stage is not Stage.CONCERN:
        return Conflict("NOT_A_CONCERN", "Only a concern can be closed in this way.", "Read the case again.")
    to_write = {DataGroup.CORE, DataGroup.CLOCKS}
    admission = await gate.ask(reading, Action.CASE_CLOSE, str(case.id), to_write)
    if not isinstance(admission, Admission):
        return admission
    day, text = london_date(reading.now), f"{closing.reason.value}: {closing.note}".removesuffix(": ")
    closed = Fact(DataGroup.CORE, "stage", Stage.CLOSED.value)
    await writes.add_facts(reading, admission.permit, [closed], day, text)
    await writes.end_clocks(reading, admission.permit)
    return case.id


async def _at_version(reading: Reading, lookup: str, version_of: VersionOf, expected: int) -> RecordView | WorkProblem:
    case = await queries.one(reading, lookup, ())
    if case is None:
        return NotFound()
    if version_of(case) == expected:
        return case
    return Conflict(
        "VERSION_MOVED",
        f"This is at version {version_of(case)} now, not {expected}.",
        "Read the case again and decide once more.",
    )
