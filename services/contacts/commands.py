"""Keeping contact points and duty lists: an agency its own, a platform administrator those of other bodies."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping

from policies.vocabulary import Function
from services.contacts import store
from services.contacts.views import ContactHours, ContactKind
from services.errors import Conflict, Invalid, NotFound, Problem, Refused, WorkProblem
from services.once import Intent, key_problem, once
from services.regimes.words import Nation
from services.tools import Reading

LONGEST = 300
NOT_YOURS = Refused(None, "Only the agency itself keeps its contacts; for one without an account, this platform does.")


class ContactAct(StrEnum):
    """The acts of this page, as the ledger calls them."""

    RECORD_POINT = "contact_point.record"
    END_POINT = "contact_point.end"
    RECORD_DUTY = "duty.record"
    END_DUTY = "duty.end"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPoint:
    """A way to reach a function of an agency; from today unless a day is given."""

    agency: UUID
    function: Function
    kind: ContactKind
    hours: ContactHours
    nation: Nation | None
    name: str
    address: str
    valid_from: date | None
    valid_until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDuty:
    """Who is on duty for a function of an agency."""

    agency: UUID
    function: Function
    name: str
    telephone: str
    from_at: datetime
    until_at: datetime


async def record_point(reading: Reading, key: str, new: NewPoint, content: Mapping[str, Any]) -> UUID | WorkProblem:
    """Record a contact point; the outcome is its agency."""
    is_backward = bool(new.valid_from and new.valid_until and new.valid_until <= new.valid_from)
    problem = key_problem(key) or _problem({"name": new.name, "address": new.address}, "until", is_backward)
    if problem:
        return problem

    async def record() -> UUID | WorkProblem:
        if not await store.may_keep(reading, new.agency, new.function):
            return NOT_YOURS
        period = (new.valid_from, new.valid_until)
        await store.record_point(
            reading, new.agency, new.function, new.kind, new.hours, new.nation, new.name, new.address, period
        )
        return new.agency

    return await once(reading, Intent(ContactAct.RECORD_POINT, key, content), record)


async def end_point(reading: Reading, key: str, point: UUID, content: Mapping[str, Any]) -> UUID | WorkProblem:
    """End a contact point; the outcome is its agency."""
    problem = key_problem(key)
    if problem:
        return problem

    async def end() -> UUID | WorkProblem:
        return await _end(reading, await store.of_point(reading, point), lambda: store.end_point(reading, point))

    return await once(reading, Intent(ContactAct.END_POINT, key, content), end)


async def record_duty(reading: Reading, key: str, new: NewDuty, content: Mapping[str, Any]) -> UUID | WorkProblem:
    """Put somebody on duty; the outcome is the agency."""
    is_backward = new.until_at <= new.from_at
    problem = key_problem(key) or _problem({"name": new.name, "telephone": new.telephone}, "until", is_backward)
    if problem:
        return problem

    async def record() -> UUID | WorkProblem:
        if not await store.may_keep(reading, new.agency, new.function):
            return NOT_YOURS
        period = (new.from_at, new.until_at)
        await store.record_duty(reading, new.agency, new.function, new.name, new.telephone, period)
        return new.agency

    return await once(reading, Intent(ContactAct.RECORD_DUTY, key, content), record)


async def end_duty(reading: Reading, key: str, shift: UUID, content: Mapping[str, Any]) -> UUID | WorkProblem:
    """Take somebody off duty; the outcome is the agency."""
    problem = key_problem(key)
    if problem:
        return problem

    async def end() -> UUID | WorkProblem:
        return await _end(reading, await store.of_shift(reading, shift), lambda: store.end_duty(reading, shift))

    return await once(reading, Intent(ContactAct.END_DUTY, key, content), end)


async def _end(reading: Reading, row: RowMapping | None, end: Callable[[], Awaitable[None]]) -> UUID | WorkProblem:
    if row is None:
        return NotFound()
    agency: UUID = row["agency_id"]
    if not await store.may_keep(reading, agency, Function(row["function"])):
        return NOT_YOURS
    if row["ended"]:
        return Conflict("ENDED_ALREADY", "This was ended before.", "Read the agency again.")
    await end()
    return agency


def _problem(texts: Mapping[str, str], period: str, is_backward: bool) -> Invalid | None:
    found = [
        Problem(path, "required", "This is required.", f"Say it in at most {LONGEST} characters.")
        for path, said in texts.items()
        if not said.strip() or len(said) > LONGEST
    ]
    if is_backward:
        found.append(Problem(period, "ends_before_it_begins", "It ends before it begins.", "Give a later end."))
    return Invalid(tuple(found)) if found else None
