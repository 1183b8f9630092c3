"""What can be seen of records: one, several by id, and the worklist. Nothing is read that was not asked for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from uuid import UUID

from policies.vocabulary import DataGroup
from services import gate
from services.cases.disclosure import record_view
from services.cases.store import reads
from services.cases.views import RecordView
from services.tools import Reading

NO_DUE_DATE = date.max
END_OF_TIME = datetime.max.replace(tzinfo=UTC)


class WorklistScope(StrEnum):
    """Whose records a worklist shows."""

    ASSIGNED = "assigned"
    AGENCY = "agency"


@dataclass(frozen=True, slots=True)
class WorklistPlace:
    """Where a page ended: the sort key of its last record, which the reader may see."""

    day: date | None
    moment: datetime | None
    record_id: UUID


@dataclass(frozen=True, slots=True)
class WorklistItem:
    """A record of the worklist and its place in the order."""

    record: RecordView
    place: WorklistPlace


async def one(reading: Reading, lookup: str, asked: Iterable[DataGroup], kind: str = "case") -> RecordView | None:
    """The record with this id or reference, as this actor may see it; None when there is none for them."""
    found = await many(reading, [lookup], asked)
    return found[lookup] if lookup in found and found[lookup].kind == kind else None


async def many(reading: Reading, lookups: Sequence[str], asked: Iterable[DataGroup]) -> dict[str, RecordView]:
    """Records by what was looked up; those that are not there for this actor are missing."""
    wanted = frozenset(asked)
    admissions = await gate.look(reading, lookups, wanted)
    rows = await reads.read(reading, [admission.permit for admission in admissions.values()])
    content = {row["id"]: row for row in rows}
    return {
        lookup: record_view(content[admission.record_id], admission, wanted) for lookup, admission in admissions.items()
    }


@dataclass(frozen=True, slots=True)
class WorklistPage:
    """Which records, after which place, and how many at most."""

    scope: WorklistScope
    after: WorklistPlace | None
    first: int
    kind: str = "case"


async def worklist(reading: Reading, page: WorklistPage, asked: Iterable[DataGroup]) -> tuple[WorklistItem, ...]:
    """Open records of the actor (the next due first) or of their agency (the newest first)."""
    places = await _places(reading, page)
    records = await many(reading, [str(place.record_id) for place in places], asked) if places else {}
    return tuple(
        WorklistItem(records[str(place.record_id)], place) for place in places if str(place.record_id) in records
    )


async def _places(reading: Reading, page: WorklistPage) -> tuple[WorklistPlace, ...]:
    after = page.after
    if page.scope is WorklistScope.ASSIGNED:
        start = (after.day or NO_DUE_DATE, after.record_id) if after else (date.min, UUID(int=0))
        rows = await reads.assigned(reading, page.kind, start, page.first)
        return tuple(WorklistPlace(row["next_due"], None, row["record_id"]) for row in rows)
    newest = (END_OF_TIME, UUID(int=2**128 - 1))
    start_at = (after.moment or END_OF_TIME, after.record_id) if after else newest
    rows = await reads.known(reading, page.kind, start_at, page.first)
    return tuple(WorklistPlace(None, row["from_at"], row["record_id"]) for row in rows)
