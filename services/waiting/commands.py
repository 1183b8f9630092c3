"""Noting what a case waits for. It sleeps in the worklist until the day it wakes; no clock stops meanwhile."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from policies.vocabulary import Action, DataGroup
from services import gate
from services.cases import queries
from services.cases.views import RecordView
from services.clocks.rules import london_date
from services.errors import Conflict, Invalid, NotFound, Problem, WorkProblem
from services.gate import Admission
from services.once import Intent, key_problem, once
from services.tools import Reading
from services.waiting import store

LONGEST_WHAT: Final = 500
LONGEST_WHOM: Final = 200
LONGEST_SLEEP: Final = timedelta(days=366)
CLOCKS: Final = frozenset({DataGroup.CLOCKS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """What a case waits for, and of whom; `wakes_on` None: it waits for nothing any more."""

    case: str
    expected_version: int
    what: str
    whom: str
    wakes_on: date | None


async def note(reading: Reading, key: str, waiting: Waiting, content: Mapping[str, Any]) -> UUID | WorkProblem:
    """Note it for the actor's agency and function; the case's id."""
    problem = key_problem(key) or _problem(waiting, london_date(reading.now))
    if problem:
        return problem
    intent = Intent(Action.CASE_WAIT, key, content, (waiting.case,))
    return await once(reading, intent, lambda: _note(reading, waiting))


def _problem(waiting: Waiting, today: date) -> Invalid | None:
    found = tuple(_wrong(waiting, today))
    return Invalid(found) if found else None


def _wrong(waiting: Waiting, today: date) -> Iterator[Problem]:
    for path, text, most in (("waitsFor", waiting.what, LONGEST_WHAT), ("whom", waiting.whom, LONGEST_WHOM)):
        if len(text) > most:
            yield Problem(path, "too_long", f"At most {most} characters.", "Say it shorter.")
        if waiting.wakes_on and not text.strip():
            yield Problem(path, "required", "A case sleeps for a reason.", "Say what it waits for, and of whom.")
    if waiting.wakes_on and not today < waiting.wakes_on <= today + LONGEST_SLEEP:
        message = "A case wakes tomorrow at the earliest, and within a year."
        yield Problem("wakesOn", "out_of_range", message, "Give a day within the coming year.")


async def _note(reading: Reading, waiting: Waiting) -> UUID | WorkProblem:
    case = await queries.one(reading, waiting.case, CLOCKS)
    if case is None:
        return NotFound()
    admission = await gate.ask(reading, Action.CASE_WAIT, str(case.id), asked=CLOCKS)
    if not isinstance(admission, Admission):
        return admission
    if _version(case) != waiting.expected_version:
        message = f"Your agency's note is at version {_version(case)} now, not {waiting.expected_version}."
        return Conflict("VERSION_MOVED", message, "Read the case again and decide once more.")
    await store.note(reading, case.id, waiting.what.strip(), waiting.whom.strip(), waiting.wakes_on)
    return case.id


def _version(case: RecordView) -> int:
    return case.waiting.version if case.waiting else 0
