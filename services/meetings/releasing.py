"""Releasing: closed minutes go to somebody who was not invited only through the council that held the meeting."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from policies.vocabulary import Action, Function
from services.agencies import queries as agencies
from services.errors import Conflict, Invalid, NotFound, Problem, Refused, WorkProblem
from services.gate import Admission
from services.meetings import checks
from services.meetings.commands import run
from services.meetings.parts import participants
from services.meetings.store import signing_writes
from services.meetings.views import MeetingView
from services.meetings.words import RELEASED_TO, MeetingState
from services.once import key_problem
from services.outbox import store as outbox
from services.outbox.kinds import NoticeKind
from services.tools import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """To whom, why, on which basis; the open part, and each closed part that is named."""

    agency: UUID
    function: Function
    purpose: str
    lawful_basis: str
    parts: tuple[UUID, ...] = ()


async def release(
    reading: Reading, key: str, meeting: UUID, given: Release, content: Mapping[str, Any]
) -> UUID | WorkProblem:
    """Give the minutes of this one meeting to a function of an agency."""
    problem = key_problem(key) or _shape_problem(given)
    if problem:
        return problem

    async def step(view: MeetingView, admission: Admission) -> UUID | WorkProblem:
        wrong = _state_problem(reading, view, given) or await _body_problem(reading, given)
        if wrong:
            return wrong
        await signing_writes.release(
            reading,
            admission.permit,
            view.id,
            agency=given.agency,
            function=given.function,
            parts=given.parts,
            purpose=given.purpose,
            lawful_basis=given.lawful_basis,
        )
        await outbox.send(reading, NoticeKind.MINUTES_RELEASED, view.record_id, given.agency, given.function)
        return view.id

    return await run(reading, key, meeting, content, step, Action.MINUTES_RELEASE, also_when_over=True)


def _shape_problem(given: Release) -> Invalid | None:
    found = [*checks.text("purpose", given.purpose), *checks.text("lawful_basis", given.lawful_basis)]
    if given.function not in RELEASED_TO:
        remedy = "What it has to know, it is told in another way."
        found.append(Problem("function", "not_given_minutes", "This function is given no minutes.", remedy))
    return Invalid(tuple(found)) if found else None


def _state_problem(reading: Reading, view: MeetingView, given: Release) -> WorkProblem | None:
    if view.authority.id != reading.actor.agency_id:
        return Refused(None, f"Only {view.authority.name} releases these minutes: they are theirs.")
    if view.state is not MeetingState.CLOSED:
        return Conflict("MEETING_NOT_CLOSED", "Only closed minutes are given away.", "Close the meeting first.")
    if not set(given.parts) <= {one.id for one in view.signing.parts if not one.is_open}:
        return NotFound()
    if (given.agency, given.function) in participants(view):
        return Conflict("READS_ALREADY", "They take part and read these minutes.", "Nothing has to be done.")
    return None


async def _body_problem(reading: Reading, given: Release) -> Invalid | None:
    agency = await agencies.one(reading, given.agency)
    if agency is not None and agency.on_platform and given.function in agency.functions:
        return None
    remedy = "Choose an agency that works here and has this function today."
    return Invalid((Problem("agencyId", "not_found", "No such agency has this function here.", remedy),))
