"""A discussion that was held already, by telephone at night, recorded afterwards in one operation."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID, uuid4

from policies.permit import Permit
from policies.vocabulary import Action
from services.clocks.rules import london_date
from services.errors import Invalid, Problem, WorkProblem
from services.gate import Admission
from services.meetings import bodies, checks, conference
from services.meetings.asking import GROUP
from services.meetings.checks import Invitee
from services.meetings.content import Attendance, Content, Decision, Position, Referral, to_content
from services.meetings.convening import Convening, admitted, begin, chair_problem, convening_problem
from services.meetings.next_meeting import day_problem
from services.meetings.recording import Written, quorum_problem
from services.meetings.rules import judge
from services.meetings.store import writes
from services.meetings.words import INVITED, EntryKind
from services.once import Intent, key_problem, once
from services.regimes import queries as regimes
from services.tools import Reading

MOST_ENTRIES = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A discussion of one child with everything that was said; whoever took part is invited by that."""

    convening: Convening
    attendances: tuple[Attendance, ...]
    entries: tuple[Written, ...]


async def record_discussion(reading: Reading, key: str, held: Held, content: Mapping[str, Any]) -> UUID | WorkProblem:
    """Convene, open and record in one step; the id of the occasion."""
    problem = key_problem(key) or _shape_problem(reading, held)
    if problem:
        return problem
    intent = Intent(Action.MEETING_CONVENE, key, content, held.convening.cases)
    return await once(reading, intent, lambda: _record(reading, held))


def _shape_problem(reading: Reading, held: Held) -> Invalid | None:
    first = convening_problem(held.convening)
    found = [*(first.problems if first else ()), *_count(held), *_when(reading, held)]
    written = [("attendances", one) for one in held.attendances] + [("entries", one.said) for one in held.entries]
    for place, (path, said) in enumerate(written):
        found += checks.said(f"{path}.{place if path == 'attendances' else place - len(held.attendances)}", said)
    found += _fit(held) if not found else ()
    return Invalid(tuple(found)) if found else None


def _count(held: Held) -> Iterator[Problem]:
    if len(held.convening.cases) != 1:
        yield Problem("caseId", "count", "A discussion is recorded for one child at a time.", "Give one case.")
    if not 0 < len(held.attendances) + len(held.entries) <= MOST_ENTRIES:
        remedy = f"Send 1 to {MOST_ENTRIES} attendances and entries, the rest afterwards one by one."
        yield Problem("entries", "count", "This is nothing, or too much at once.", remedy)
    for place, one in enumerate(held.entries):
        if one.kind in (EntryKind.BRIEF, EntryKind.ATTENDANCE) or isinstance(one.said, Position):
            remedy = "Give the brief and the attendances in their own fields, and positions afterwards."
            yield Problem(f"entries.{place}", "not_here", "This kind of entry does not stand here.", remedy)


def _when(reading: Reading, held: Held) -> Iterator[Problem]:
    ends_at = held.convening.arranged.ends_at
    if ends_at.utcoffset() is not None and ends_at > reading.now:
        remedy = "Convene a meeting that is still to come."
        yield Problem("arrangement.endsAt", "in_the_future", "This discussion has not ended yet.", remedy)


def _fit(held: Held) -> Iterator[Problem]:
    convening = held.convening
    day = london_date(convening.arranged.starts_at)
    quorum = regimes.quorum(convening.brief.meeting, day, convening.nation)
    for place, one in enumerate(held.entries):
        wrong = day_problem(f"entries.{place}", one.said, day)
        if isinstance(one.said, Decision | Referral):
            judgement = judge(quorum, held.attendances, one.said.decided_at)
            wrong = quorum_problem(f"entries.{place}", one.said, judgement)
        yield from wrong.problems if wrong else ()


async def _record(reading: Reading, held: Held) -> UUID | WorkProblem:
    occasion = uuid4()
    decides = any(conference.concerns(one.said) for one in held.entries)
    groups = GROUP | conference.GROUPS if decides else GROUP
    admission = await admitted(reading, held.convening.cases[0], groups)
    if not isinstance(admission, Admission):
        return admission
    wrong = await chair_problem(reading, held.convening.arranged)
    if wrong:
        return wrong
    made = await begin(reading, admission, occasion, _with_those_present(reading, held))
    if not isinstance(made, tuple):
        return made
    meeting, part = made
    await writes.open_meeting(reading, admission.permit, meeting)
    said = [(EntryKind.ATTENDANCE, one) for one in held.attendances] + [(one.kind, one.said) for one in held.entries]
    wrong = await _write(reading, admission.permit, part, said)
    if decides and not wrong:
        await conference.count(reading, admission.permit, held.convening.nation)
    return wrong or occasion


async def _write(
    reading: Reading, permit: Permit, part: UUID, entries: Iterable[tuple[EntryKind, Content]]
) -> Invalid | None:
    for kind, said in entries:
        content = await bodies.named(reading, said)
        if isinstance(content, Invalid):
            return content
        await writes.write_entry(reading, permit, part, kind, to_content(content))
    return None


def _with_those_present(reading: Reading, held: Held) -> Convening:
    """Everybody who took part reads the record, as if they had been invited before."""
    invited = {(one.agency or one.name, one.function): one for one in held.convening.invite}
    for attendance in held.attendances:
        body = attendance.body
        new = Invitee(
            agency=body.agency,
            name=None if body.agency else body.name,
            function=body.function,
            is_home_authority=False,
        )
        if body.function in INVITED and not bodies.is_own(reading, body.agency, body.function):
            invited.setdefault((body.agency or body.name, body.function), new)
    return replace(held.convening, invite=tuple(invited.values()))
