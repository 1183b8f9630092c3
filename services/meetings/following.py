"""Following actions: done, blocked or open again with a note, and who inside the agency has one in hand."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from policies.vocabulary import Action
from services import gate
from services.errors import Conflict, Invalid, NotFound, Problem, Refused, WorkProblem
from services.gate import Admission
from services.meetings import checks, followed
from services.meetings.action_rules import may_become
from services.meetings.action_views import ActionView
from services.meetings.asking import GROUP, lookup
from services.meetings.problems import moved
from services.meetings.store import actions as store
from services.meetings.words import ActionState
from services.once import Intent, key_problem, once
from services.tools import Reading

Step = Callable[[ActionView, Admission], Awaitable[UUID | WorkProblem]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What became of an action."""

    meeting: UUID
    action: UUID
    expected_version: int
    state: ActionState
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """Who has an action in hand from now on: a colleague or a team."""

    meeting: UUID
    action: UUID
    member: UUID | None
    team: UUID | None


async def report(reading: Reading, key: str, said: Report, content: Mapping[str, Any]) -> UUID | WorkProblem:
    """Say what became of an action; the outcome is its id."""
    problem = key_problem(key) or checks.problems(checks.text("note", said.note))
    if problem:
        return problem

    async def step(view: ActionView, admission: Admission) -> UUID | WorkProblem:
        if view.version != said.expected_version:
            return moved(view.version, said.expected_version)
        if not may_become(view.state, said.state):
            words = f"This action is {view.state.value} and cannot become {said.state.value}."
            return Conflict("NO_SUCH_STEP", words, "Read the action again.")
        await store.report(reading, admission.permit, view.id, view.version, said.state, said.note)
        return view.id

    return await _follow(reading, key, said.meeting, said.action, content, step)


async def give(reading: Reading, key: str, charge: Charge, content: Mapping[str, Any]) -> UUID | WorkProblem:
    """Give an action to a colleague or a team of one's own agency and function; they get the record with it."""
    problem = key_problem(key) or _one_of(charge)
    if problem:
        return problem

    async def step(view: ActionView, admission: Admission) -> UUID | WorkProblem:
        if await store.give(reading, admission.permit, view.id, charge.member, charge.team):
            return view.id
        remedy = "Choose from the colleagues and teams of your viewer."
        wrong = Problem("memberId", "cannot_have_it", "Nobody of your agency who can have it has this id.", remedy)
        return Invalid((wrong,))

    return await _follow(reading, key, charge.meeting, charge.action, content, step)


def _one_of(charge: Charge) -> Invalid | None:
    if (charge.member is None) != (charge.team is None):
        return None
    return Invalid((Problem("memberId", "one_of", "One person has it, or one team.", "Give memberId or teamId."),))


async def _follow(
    reading: Reading, key: str, meeting: UUID, action: UUID, content: Mapping[str, Any], step: Step
) -> UUID | WorkProblem:
    async def command() -> UUID | WorkProblem:
        view = await followed.one(reading, meeting, action)
        if view is None:
            return NotFound()
        admission = await gate.ask(reading, Action.ACTION_FOLLOW, lookup(meeting), GROUP, GROUP)
        if not isinstance(admission, Admission):
            return admission
        if not view.is_yours:
            return Refused(None, "Another agency follows this action.")
        return await step(view, admission)

    return await once(reading, Intent(Action.ACTION_FOLLOW, key, content, (lookup(meeting),)), command)
