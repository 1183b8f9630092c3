"""Closing: the chair freezes the text, and each part gets a seal of its own; what comes later is an addendum."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from policies.vocabulary import Action
from services import gate
from services.clocks.rules import london_date
from services.errors import Conflict, Invalid, NotFound, Problem, Refused, WorkProblem
from services.gate import Admission
from services.meetings import checks, queries
from services.meetings.asking import GROUP, lookup
from services.meetings.closing_rules import missing, quorum_statement
from services.meetings.commands import run
from services.meetings.store import signing_writes
from services.meetings.telling import tell_readers
from services.meetings.views import MeetingView
from services.meetings.words import MeetingState
from services.once import Intent, key_problem, once
from services.outbox.kinds import NoticeKind
from services.tools import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Addendum:
    """What is added: to the open part, to a part that is named, or to a passage."""

    words: str
    part: UUID | None = None
    entry: UUID | None = None


async def close(reading: Reading, key: str, meeting: UUID, content: Mapping[str, Any]) -> UUID | WorkProblem:
    """The chair closes the meeting; a refusal names everything that is missing."""
    problem = key_problem(key)
    if problem:
        return problem

    async def step(view: MeetingView, admission: Admission) -> UUID | WorkProblem:
        if view.arrangement.chair_id != reading.actor.member_id:
            return Refused(None, f"Only {view.arrangement.chair} closes this meeting: it is theirs to chair.")
        found = tuple(missing(view, london_date(reading.now)))
        if found:
            return Invalid(found)
        await signing_writes.close(reading, admission.permit, view.id, quorum_statement(view))
        return view.id

    return await run(reading, key, meeting, content, step, Action.MEETING_CLOSE)


async def add(
    reading: Reading, key: str, meeting: UUID, addendum: Addendum, content: Mapping[str, Any]
) -> UUID | WorkProblem:
    """Add to closed minutes; everybody who reads the part is told."""
    problem = key_problem(key) or _shape_problem(addendum)
    if problem:
        return problem

    async def command() -> UUID | WorkProblem:
        view = await queries.one(reading, meeting)
        if view is None:
            return NotFound()
        if view.state is not MeetingState.CLOSED:
            return Conflict("MEETING_NOT_CLOSED", "Only closed minutes are added to.", "Write an entry instead.")
        part = _part(view, addendum)
        if part is None:
            return NotFound()
        admission = await gate.ask(reading, Action.MEETING_RECORD, lookup(meeting), GROUP, GROUP)
        if not isinstance(admission, Admission):
            return admission
        await signing_writes.add(reading, admission.permit, part, addendum.entry, addendum.words)
        await tell_readers(reading, view, part, NoticeKind.MINUTES_ADDED_TO)
        return view.id

    return await once(reading, Intent(Action.MEETING_RECORD, key, content, (lookup(meeting),)), command)


def _part(view: MeetingView, addendum: Addendum) -> UUID | None:
    if addendum.entry is not None:
        return next((one.part for one in view.entries if one.id == addendum.entry), None)
    wanted = addendum.part or view.open_part
    return next((one.id for one in view.signing.parts if one.id == wanted), None)


def _shape_problem(addendum: Addendum) -> Invalid | None:
    found = [*checks.text("words", addendum.words)]
    if addendum.entry and addendum.part:
        remedy = "Give one of the two."
        found.append(Problem("entryId", "one_of", "A passage stands in its own part.", remedy))
    return Invalid(tuple(found)) if found else None
