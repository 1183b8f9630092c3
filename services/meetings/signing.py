"""Sign-off: the minutes go out, each invited agency agrees or says what is wrong; dissent can be escalated."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from policies.vocabulary import Action, Function
from services import gate
from services.clocks.calendar import calendar_of
from services.clocks.rules import london_date, working_days_after
from services.errors import Conflict, NotFound, Refused, WorkProblem
from services.gate import Admission
from services.meetings import checks, queries
from services.meetings.asking import GROUP, lookup
from services.meetings.closing_rules import dissents
from services.meetings.commands import run
from services.meetings.sign_offs import SignOff, shape_problem, state_problem
from services.meetings.store import signing_writes
from services.meetings.telling import tell_readers
from services.meetings.views import MeetingView
from services.once import Intent, key_problem, once
from services.outbox import store as outbox
from services.outbox.kinds import NoticeKind
from services.regimes import queries as regimes
from services.tools import Reading


async def send_out(reading: Reading, key: str, meeting: UUID, content: Mapping[str, Any]) -> UUID | WorkProblem:
    """Send the minutes to everybody invited to be signed off; the row says until when."""
    problem = key_problem(key)
    if problem:
        return problem

    async def step(view: MeetingView, admission: Admission) -> UUID | WorkProblem:
        if view.open_part is None or view.opened_at is None:
            return Conflict(
                "MEETING_NOT_OPEN", "There is nothing to sign off yet.", "Open and record the meeting first."
            )
        if view.signing.sent_out is not None:
            return Conflict("SENT_OUT_ALREADY", "These minutes were sent out.", "Read the meeting again.")
        today = london_date(reading.now)
        row = regimes.sign_off_period(today, view.nation)
        due = working_days_after(today, row.working_days, calendar_of(row.calendar)).due
        await signing_writes.send_out(reading, admission.permit, view.id, due, row.row)
        await tell_readers(reading, view, view.open_part, NoticeKind.MINUTES_TO_SIGN)
        return view.id

    return await run(reading, key, meeting, content, step, Action.MEETING_RECORD)


async def sign(
    reading: Reading, key: str, meeting: UUID, signed: SignOff, content: Mapping[str, Any]
) -> UUID | WorkProblem:
    """Agree with a part, dispute a passage or ask for its correction; the newest answer of an agency counts."""
    problem = key_problem(key) or shape_problem(signed)
    if problem:
        return problem
    act = Action.MEETING_RECORD if signed.invitation else Action.MINUTES_SIGN

    async def command() -> UUID | WorkProblem:
        view = await queries.one(reading, meeting)
        if view is None:
            return NotFound()
        part, wrong = _part(view, signed.entry, signed.part), state_problem(view, signed)
        if wrong or part is None:
            return wrong or NotFound()
        admission = await gate.ask(reading, act, lookup(meeting), GROUP, GROUP)
        if not isinstance(admission, Admission):
            return admission
        await signing_writes.sign(reading, admission.permit, part, signed)
        return view.id

    return await once(reading, Intent(act, key, content, (lookup(meeting),)), command)


async def escalate(
    reading: Reading, key: str, meeting: UUID, entry: UUID, words: str, content: Mapping[str, Any]
) -> UUID | WorkProblem:
    """Take dissent to the managers of one's own agency, and of the council if it reads the passage."""
    problem = key_problem(key) or checks.problems(checks.text("words", words))
    if problem:
        return problem

    async def command() -> UUID | WorkProblem:
        view = await queries.one(reading, meeting)
        part = _part(view, entry, None) if view else None
        if view is None or part is None:
            return NotFound()
        if not dissents(view, entry, (reading.actor.agency_id, reading.actor.function)):
            return Refused(None, "Only an agency that dissents from this passage escalates it.")
        admission = await gate.ask(reading, Action.MINUTES_SIGN, lookup(meeting), GROUP, GROUP)
        if not isinstance(admission, Admission):
            return admission
        await signing_writes.escalate(reading, admission.permit, entry, words)
        await _tell_managers(reading, view, part)
        return view.id

    return await once(reading, Intent(Action.MINUTES_SIGN, key, content, (lookup(meeting),)), command)


async def _tell_managers(reading: Reading, view: MeetingView, part: UUID) -> None:
    """Of whoever dissents, and of whoever owns the decision; never of somebody who does not read the passage."""
    actor = reading.actor
    told = {(actor.agency_id, actor.function)}
    found = next(one for one in view.signing.parts if one.id == part)
    council = (view.authority.id, Function.CHILDRENS_SERVICES)
    if found.is_open or council in {(agency.id, function) for agency, function in found.readers}:
        told.add(council)
    for agency, function in sorted(told, key=str):
        await outbox.send(
            reading, NoticeKind.DISSENT_ESCALATED, view.record_id, agency, function, about=actor.agency_id
        )


def _part(view: MeetingView, entry: UUID | None, part: UUID | None) -> UUID | None:
    """The part it is about; None where the reader sees no such passage or part."""
    if entry is not None:
        return next((one.part for one in view.entries if one.id == entry), None)
    wanted = part or view.open_part
    return next((one.id for one in view.signing.parts if one.id == wanted), None)
