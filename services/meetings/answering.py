"""Answering invitations: the agency says who comes; for a body without an account the convenor writes it down."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from policies.vocabulary import Action
from services import gate
from services.agencies import queries as agencies
from services.errors import Invalid, NotFound, Problem, Refused, WorkProblem
from services.gate import Admission
from services.meetings import checks, queries
from services.meetings.asking import GROUP, lookup
from services.meetings.problems import OVER, over
from services.meetings.store import writes
from services.meetings.views import InvitationView, MeetingView
from services.meetings.words import Answer
from services.once import Intent, key_problem, once
from services.tools import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An answer: who comes (again, for a substitute), or why nobody does, or that responsibility is taken over."""

    meeting: UUID
    invitation: UUID
    answer: Answer
    member: UUID | None
    person: str | None
    note: str | None


async def answer(reading: Reading, key: str, reply: Reply, content: Mapping[str, Any]) -> UUID | WorkProblem:
    """Answer an invitation; the newest answer holds, and the ones before stay."""
    problem = key_problem(key) or _shape_problem(reply)
    if problem:
        return problem
    intent = Intent(Action.INVITATION_ANSWER, key, content, (lookup(reply.meeting),))
    return await once(reading, intent, lambda: _answer(reading, reply))


async def _answer(reading: Reading, reply: Reply) -> UUID | WorkProblem:
    view = await queries.one(reading, reply.meeting)
    if view is None:
        return NotFound()
    invitation = next((one for one in view.invitations if one.id == reply.invitation), None)
    if invitation is None:
        return NotFound()
    wrong = _state_problem(view, invitation, reply) or await _person_problem(reading, invitation, reply)
    if wrong:
        return wrong
    act = Action.INVITATION_ANSWER if invitation.is_yours else Action.MEETING_RECORD
    admission = await gate.ask(reading, act, lookup(view.id), GROUP, GROUP)
    if not isinstance(admission, Admission):
        return admission
    await writes.answer(
        reading,
        admission.permit,
        invitation.id,
        reply.answer,
        member=reply.member,
        name=reply.person,
        note=reply.note,
    )
    return view.id


def _shape_problem(reply: Reply) -> Invalid | None:
    found = [*checks.text("note", reply.note, required=reply.answer is not Answer.ACCEPTED)]
    found += checks.text("person", reply.person, required=False)
    named = (reply.member is not None) + bool((reply.person or "").strip())
    if named != (reply.answer is Answer.ACCEPTED):
        remedy = "Give memberId for a colleague, or a name; nothing where nobody comes."
        found.append(Problem("memberId", "one_of", "An acceptance names one person.", remedy))
    return Invalid(tuple(found)) if found else None


def _state_problem(view: MeetingView, invitation: InvitationView, reply: Reply) -> WorkProblem | None:
    takes_over = reply.answer is Answer.RESPONSIBILITY_ACCEPTED
    if view.state in OVER and not takes_over:
        return over(view)
    if takes_over and not invitation.is_home_authority:
        return Refused(None, "Only the home authority takes over the responsibility.")
    if not invitation.is_yours and invitation.has_account:
        return Refused(None, "This agency has an account and answers for itself.")
    if not invitation.is_yours and not view.is_run_by_you:
        return NotFound()
    return None


async def _person_problem(reading: Reading, invitation: InvitationView, reply: Reply) -> Invalid | None:
    if reply.member is None:
        return None
    if invitation.is_yours and reply.member in {person.id for person in await agencies.colleagues(reading)}:
        return None
    remedy = "Choose from the colleagues of your viewer, or give a name."
    return Invalid((Problem("memberId", "not_in_your_agency", "Nobody of your agency has this id.", remedy),))
