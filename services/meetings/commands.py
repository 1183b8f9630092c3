"""Running strategy meetings: invite, move, open, cancel, and log what was sent to bodies without an account."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from policies.vocabulary import Action
from services import gate
from services.errors import Conflict, Invalid, NotFound, Problem, Refused, WorkProblem
from services.gate import Admission
from services.meetings import checks, queries
from services.meetings.asking import GROUP, lookup
from services.meetings.checks import Arranged, Invitee
from services.meetings.convening import chair_problem
from services.meetings.inviting import invite_all
from services.meetings.problems import OVER, moved, over
from services.meetings.store import writes
from services.meetings.telling import tell_invited
from services.meetings.views import ArrangementView, MeetingView
from services.meetings.words import Distributed, MeetingState, SentBy
from services.once import Intent, key_problem, once
from services.outbox.kinds import NoticeKind
from services.tools import Reading

Step = Callable[[MeetingView, Admission], Awaitable[UUID | WorkProblem]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What was sent to a body without an account."""

    invitation: UUID
    what: Distributed
    channel: SentBy
    to_whom: str
    sent_at: datetime


async def invite(
    reading: Reading, key: str, meeting: UUID, invitees: Sequence[Invitee], content: Mapping[str, Any]
) -> UUID | WorkProblem:
    """Invite more bodies to a meeting that is not over."""
    problem = key_problem(key) or checks.problems(checks.invitees(invitees))
    if problem:
        return problem

    async def step(view: MeetingView, admission: Admission) -> UUID | WorkProblem:
        twice = [one for one in view.invitations for new in invitees if (one.agency, one.function) == _of(new)]
        if twice:
            return Conflict("INVITED_ALREADY", f"{twice[0].name} was invited before.", "Read the meeting again.")
        return await invite_all(reading, admission.permit, view.id, invitees) or view.id

    return await run(reading, key, meeting, content, step)


async def rearrange(
    reading: Reading, key: str, meeting: UUID, expected: int, arranged: Arranged, content: Mapping[str, Any]
) -> UUID | WorkProblem:
    """Give a meeting another time, place, chair or minute taker."""
    problem = key_problem(key) or checks.problems(checks.arrangement(arranged))
    if problem:
        return problem

    async def step(view: MeetingView, admission: Admission) -> UUID | WorkProblem:
        if view.arrangement.version != expected:
            return moved(view.arrangement.version, expected)
        wrong = await chair_problem(reading, arranged)
        if wrong:
            return wrong
        await writes.arrange(reading, admission.permit, view.id, expected, asdict(arranged))
        if _is_elsewhere(view.arrangement, arranged):
            await tell_invited(reading, view, NoticeKind.MEETING_MOVED)
        return view.id

    return await run(reading, key, meeting, content, step)


async def open_meeting(reading: Reading, key: str, meeting: UUID, content: Mapping[str, Any]) -> UUID | WorkProblem:
    """Open a meeting: everybody invited reads its open part from now on."""
    problem = key_problem(key)
    if problem:
        return problem

    async def step(view: MeetingView, admission: Admission) -> UUID | WorkProblem:
        if view.state is MeetingState.OPEN:
            return Conflict("OPEN_ALREADY", "This meeting is open.", "Read the meeting again.")
        await writes.open_meeting(reading, admission.permit, view.id)
        return view.id

    return await run(reading, key, meeting, content, step, Action.MEETING_RECORD)


async def cancel(
    reading: Reading, key: str, meeting: UUID, because: str, content: Mapping[str, Any]
) -> UUID | WorkProblem:
    """Cancel a meeting that has not been opened; whoever was invited sees why."""
    problem = key_problem(key) or checks.problems(checks.text("because", because))
    if problem:
        return problem

    async def step(view: MeetingView, admission: Admission) -> UUID | WorkProblem:
        if view.state is MeetingState.OPEN:
            return Conflict("OPEN_ALREADY", "What was opened took place.", "Close the meeting instead.")
        await writes.cancel(reading, admission.permit, view.id, because)
        await tell_invited(reading, view, NoticeKind.MEETING_CANCELLED)
        return view.id

    return await run(reading, key, meeting, content, step)


async def distribute(
    reading: Reading, key: str, meeting: UUID, sent: Sent, content: Mapping[str, Any]
) -> UUID | WorkProblem:
    """Log what was sent to a body without an account: the invitation, or a copy of the record."""
    problem = key_problem(key) or checks.problems(checks.text("to_whom", sent.to_whom))
    if problem:
        return problem

    async def step(view: MeetingView, admission: Admission) -> UUID | WorkProblem:
        wrong = _sent_problem(reading, view, sent)
        if wrong:
            return wrong
        await writes.log_distribution(
            reading, admission.permit, sent.invitation, sent.what, sent.channel, sent.to_whom, sent.sent_at
        )
        return view.id

    return await run(reading, key, meeting, content, step, Action.MEETING_RECORD, also_when_over=True)


async def run(
    reading: Reading,
    key: str,
    meeting: UUID,
    content: Mapping[str, Any],
    step: Step,
    act: Action = Action.MEETING_CONVENE,
    *,
    also_when_over: bool = False,
) -> UUID | WorkProblem:
    """One step of whoever runs the meeting, once, while it is not over."""

    async def command() -> UUID | WorkProblem:
        view = await queries.one(reading, meeting)
        if view is None:
            return NotFound()
        admission = await gate.ask(reading, act, lookup(meeting), GROUP, GROUP)
        if not isinstance(admission, Admission):
            return admission
        if not view.is_run_by_you:
            return Refused(None, "Only the children's services that hold this meeting do this.")
        if view.state in OVER and not also_when_over:
            return over(view)
        return await step(view, admission)

    return await once(reading, Intent(act, key, content, (lookup(meeting),)), command)


def _is_elsewhere(before: ArrangementView, now: Arranged) -> bool:
    """Whether somebody who goes by what they know comes too late, or to the wrong place."""
    return (before.mode, before.starts_at, before.ends_at, before.place) != (
        now.mode,
        now.starts_at,
        now.ends_at,
        now.place,
    )


def _of(invitee: Invitee) -> tuple[Any, Any]:
    return (invitee.agency, invitee.function) if invitee.agency else (object(), invitee.function)


def _sent_problem(reading: Reading, view: MeetingView, sent: Sent) -> WorkProblem | None:
    invitation = next((one for one in view.invitations if one.id == sent.invitation), None)
    if invitation is None:
        return NotFound()
    if invitation.has_account:
        return Refused(None, "This agency has an account and reads the meeting here.")
    if sent.sent_at.utcoffset() is None or sent.sent_at > reading.now:
        remedy = "Give a moment with its time zone."
        return Invalid((Problem("sentAt", "not_yet", "This is later than now.", remedy),))
    return None
