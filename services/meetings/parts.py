"""Closed parts: what is said for some of those who take part, of which the others learn nothing."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from policies.vocabulary import Action, Function
from services import gate
from services.errors import Conflict, Invalid, NotFound, Problem, WorkProblem
from services.gate import Admission
from services.meetings import checks, queries
from services.meetings.asking import GROUP, lookup
from services.meetings.problems import OVER, over
from services.meetings.store import signing_writes
from services.meetings.views import MeetingView
from services.once import Intent, key_problem, once
from services.tools import Reading

Reader = tuple[UUID, Function]


async def make_closed_part(
    reading: Reading, key: str, meeting: UUID, name: str, readers: Sequence[Reader], content: Mapping[str, Any]
) -> UUID | WorkProblem:
    """A part for these readers and whoever makes it; the outcome is its id."""
    problem = key_problem(key) or checks.problems(checks.text("name", name))
    if problem:
        return problem

    async def command() -> UUID | WorkProblem:
        view = await queries.one(reading, meeting)
        if view is None:
            return NotFound()
        admission = await gate.ask(reading, Action.MEETING_RECORD, lookup(meeting), GROUP, GROUP)
        if not isinstance(admission, Admission):
            return admission
        wrong = _problem(view, readers)
        if wrong or view.open_part is None:
            return wrong or NotFound()
        return await signing_writes.make_part(reading, admission.permit, view.open_part, name, readers)

    return await once(reading, Intent(Action.MEETING_RECORD, key, content, (lookup(meeting),)), command)


def participants(view: MeetingView) -> frozenset[Reader]:
    """Everybody with an account who may be told of something at this meeting."""
    invited = {(one.agency, one.function) for one in view.invitations if one.agency is not None and one.has_account}
    return frozenset(invited | {(view.authority.id, Function.CHILDRENS_SERVICES)})


def _problem(view: MeetingView, readers: Sequence[Reader]) -> WorkProblem | None:
    if view.state in OVER:
        return over(view)
    if view.opened_at is None:
        return Conflict("MEETING_NOT_OPEN", "This meeting is not open yet.", "Wait until it is opened.")
    strangers = [place for place, one in enumerate(readers) if one not in participants(view)]
    remedy = "Choose from those invited who have an account, and the children's services that hold the meeting."
    found = [Problem(f"readers.{place}", "takes_no_part", "They take no part here.", remedy) for place in strangers]
    return Invalid(tuple(found)) if found else None
