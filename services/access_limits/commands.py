"""Keeping somebody from a record and letting them in again; restricting a record to its named readers."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from policies.vocabulary import Action, Function
from services import gate
from services.access_limits import store
from services.errors import Conflict, Invalid, NotFound, Problem, Refused, WorkProblem
from services.gate import Admission
from services.once import Intent, key_problem, once
from services.tools import Reading

LONGEST_REASON = 2_000
READ_AGAIN: Final = "Read the record's limits again and decide once more."
Sent = Mapping[str, Any]
Act = Callable[[], Awaitable[store.Answer]]


def _whom(code: str, message: str, remedy: str) -> Invalid:
    return Invalid((Problem("whom", code, message, remedy),))


PROBLEMS: Final[Mapping[str, WorkProblem]] = MappingProxyType(
    {
        "unknown": NotFound(),
        "not_in_your_hands": Refused(None, "The lead agency's approver decides who must not know of this record."),
        "not_the_lead": Refused(None, "Only the lead agency keeps another agency out."),
        "yourself": Refused(None, "Nobody bars themselves. A colleague does it for you."),
        "own_agency": _whom("own_agency", "An agency does not bar itself.", "Bar the person."),
        "not_your_person": _whom(
            "not_in_your_agency", "Nobody of your agency has this id.", "Bar the other agency, or tell its governance."
        ),
        "no_agency": _whom("no_agency", "There is no such agency.", "Choose from the agencies."),
        "barred_already": Conflict("BARRED_ALREADY", "This bar is set already.", READ_AGAIN),
        "ended_already": Conflict("ENDED_ALREADY", "This bar ended already.", READ_AGAIN),
        "second_person": Conflict(
            "SECOND_PERSON_NEEDED", "You asked for this end; somebody else has to agree.", "Ask a colleague."
        ),
        "so_already": Conflict("SO_ALREADY", "The record is so already.", READ_AGAIN),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Barring:
    """Whom to keep from which record, and why: a person of one's own agency, or another agency."""

    reference: str
    member: UUID | None
    agency: UUID | None
    reason: str


async def set_bar(reading: Reading, key: str, barring: Barring, sent: Sent) -> UUID | WorkProblem:
    """Keep a person or an agency from a record, at once and beyond every yes; the bar's id."""
    problem = _shape_problem(key, barring.reason)
    if problem is None and (barring.member is None) == (barring.agency is None):
        problem = _whom("one_of", "A bar is for one person or for one agency.", "Give memberId or agencyId.")
    if problem:
        return problem
    who = (barring.member, barring.agency)
    return await _limit(
        reading,
        Intent(Action.BAR_SET, key, sent, (barring.reference,)),
        lambda: store.set_bar(reading, barring.reference, *who, barring.reason),
    )


async def end_bar(reading: Reading, key: str, reference: str, bar: UUID, reason: str, sent: Sent) -> UUID | WorkProblem:
    """Ask for the end of a bar, or agree to what somebody else asked; the bar's id."""
    return _shape_problem(key, reason) or await _limit(
        reading,
        Intent(Action.BAR_END, key, sent, (reference,)),
        lambda: store.end_bar(reading, reference, bar, reason),
    )


async def restrict(
    reading: Reading, key: str, reference: str, reason: str, sent: Sent, *, restricted: bool
) -> UUID | WorkProblem:
    """Make a record known to its named readers only, or known again; the record's id."""
    act = Action.RECORD_RESTRICT if restricted else Action.RESTRICTION_LIFT
    return _shape_problem(key, reason) or await _limit(
        reading,
        Intent(act, key, sent, (reference,)),
        lambda: store.set_restricted(reading, reference, restricted=restricted, reason=reason),
    )


async def _limit(reading: Reading, intent: Intent, act: Act) -> UUID | WorkProblem:
    async def command() -> UUID | WorkProblem:
        admission = await _admitted(reading, Action(intent.act), intent.lookups[0])
        if admission is not None:
            return admission
        made, code = await act()
        return made if made is not None and code is None else _words(reading, code)

    return await once(reading, intent, command)


async def _admitted(reading: Reading, act: Action, reference: str) -> NotFound | Refused | None:
    """A governance officer sees no record, so the gatekeeper alone judges them; everybody else is admitted first."""
    if reading.actor.function is Function.INFORMATION_GOVERNANCE and gate.may_begin(reading, act):
        return None
    admission = await gate.ask(reading, act, reference)
    return None if isinstance(admission, Admission) else admission


def _words(reading: Reading, code: str | None) -> WorkProblem:
    if code == "not_in_your_hands" and reading.actor.function is Function.INFORMATION_GOVERNANCE:
        return NotFound()  # a record of which their agency knows nothing
    return PROBLEMS[code or "unknown"]


def _shape_problem(key: str, reason: str) -> Invalid | None:
    problem = key_problem(key)
    if problem is None and not (reason.strip() and len(reason) <= LONGEST_REASON):
        length = f"A reason has 1 to {LONGEST_REASON} characters."
        return Invalid((Problem("reason", "length", length, "Say in a sentence why."),))
    return problem
