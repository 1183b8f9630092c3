"""Which unanswered requests wait: their places in the order. What they say is read with their records."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.requests import store
from services.tools import Reading


@dataclass(frozen=True, slots=True)
class RequestPlace:
    """A request in the order of those that wait."""

    request: UUID
    record: UUID
    due_on: date


@dataclass(frozen=True, slots=True)
class RequestPage:
    """A page, and whether there is more."""

    places: tuple[RequestPlace, ...]
    has_more: bool


async def unanswered(
    reading: Reading, after: tuple[date, UUID] | None, first: int, *, to_answer: bool, in_charge: bool
) -> RequestPage:
    """Requests that wait for the actor's function, or that it asked, the next due first; `first` at most."""
    start = after or (date.min, UUID(int=0))
    rows = await store.mine(reading, start, first + 1, to_answer=to_answer, in_charge=in_charge)
    places = tuple(RequestPlace(row["id"], row["record_id"], row["due_on"]) for row in rows[:first])
    return RequestPage(places, has_more=len(rows) > first)
