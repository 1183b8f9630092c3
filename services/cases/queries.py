"""What can be seen of records: one, several by id, and the worklist. Nothing is read that was not asked for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from uuid import UUID

from policies.vocabulary import DataGroup
from services import gate
from services.cases.access import access_view
from services.cases.disclosure import record_view
from services.cases.store import access as access_store
from services.cases.store import reads
from services.cases.views import AskedPart, Part, RecordView, Stage
from services.gate import Admission
from services.tools import Reading

BEGINNING = datetime.min.replace(tzinfo=UTC)
END_OF_TIME = datetime.max.replace(tzinfo=UTC)


class WorklistScope(StrEnum):
    """Whose records a worklist shows."""

    ASSIGNED = "assigned"
    AGENCY = "agency"


class WorklistOrder(StrEnum):
    """Which record of a worklist comes first."""

    NEXT_DUE = "next_due"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a worklist is narrowed down to; None: to nothing. What is said of dates selects only records whose dates the
    reader may read."""

    stages: tuple[Stage, ...] | None = None
    held_by: UUID | None = None
    due_by: date | None = None
    overdue: bool | None = None
    asleep: bool | None = None
    waits_for_us: bool | None = None

    def words(self) -> dict[str, object]:
        """Only what was said."""
        said = ((name.name, getattr(self, name.name)) for name in fields(self))
        return {name: value for name, value in said if value is not None}


@dataclass(frozen=True, slots=True)
class WorklistPlace:
    """Where a page ended: the sort key of its last record, which the reader may see."""

    day: date | None
    moment: datetime
    record_id: UUID


@dataclass(frozen=True, slots=True)
class WorklistItem:
    """A record of the worklist and its place in the order."""

    record: RecordView
    place: WorklistPlace


async def one(reading: Reading, lookup: str, asked: Iterable[AskedPart], kind: str = "case") -> RecordView | None:
    """The record with this id or reference, as this actor may see it; None when there is none for them."""
    found = await many(reading, [lookup], asked)
    return found[lookup] if lookup in found and found[lookup].kind == kind else None


async def many(reading: Reading, lookups: Sequence[str], asked: Iterable[AskedPart]) -> dict[str, RecordView]:
    """Records by what was looked up; those that are not there for this actor are missing."""
    parts = frozenset(asked)
    wanted = frozenset(part for part in parts if isinstance(part, DataGroup))
    admissions = await gate.look(reading, lookups, wanted)
    rows = await reads.read(reading, [admission.permit for admission in admissions.values()])
    content = {row["id"]: row for row in rows}
    found = {
        lookup: record_view(content[admission.record_id], admission, wanted) for lookup, admission in admissions.items()
    }
    return await _explained(reading, found, admissions) if Part.ACCESS in parts else found


async def _explained(
    reading: Reading, found: Mapping[str, RecordView], admissions: Mapping[str, Admission]
) -> dict[str, RecordView]:
    """The same views, each with why its reader sees what of it: by the standings of the admission that opened it."""
    opened = await access_store.opened(reading, [view.id for view in found.values()]) if found else {}
    explained = {}
    for lookup, view in found.items():
        row, admission = opened[view.id], admissions[lookup]
        sights = gate.explain(reading, admission, row)
        recorded = frozenset(DataGroup(word) for word in row["recorded"])
        why = access_view(sights, admission.permit.relations, recorded, row["ways"])
        explained[lookup] = replace(view, access=why)
    return explained


@dataclass(frozen=True, slots=True)
class WorklistPage:
    """Which records, after which place, and how many at most."""

    scope: WorklistScope
    after: WorklistPlace | None
    first: int
    kind: str = "case"
    wanted: Wanted = Wanted()
    order: WorklistOrder | None = None

    @property
    def newest_first(self) -> bool:
        """Without an order one's own are in the order of their dates, and the agency's in the order of their coming."""
        if self.order is None:
            return self.scope is WorklistScope.AGENCY
        return self.order is WorklistOrder.NEWEST

    @property
    def is_whole(self) -> bool:
        """Nothing is narrowed and the order is the list's own: the database walks it and stops at a page."""
        own = self.newest_first is (self.scope is WorklistScope.AGENCY)
        return own and not self.wanted.words()


@dataclass(frozen=True, slots=True)
class Worklist:
    """A page, and whether there is more."""

    items: tuple[WorklistItem, ...]
    has_more: bool


async def worklist(reading: Reading, page: WorklistPage, asked: Iterable[AskedPart]) -> Worklist:
    """Open records of the actor (the next due first) or of their agency (the newest first), or as the page wants them.

    That there is one more is known from its place: only what the page shows is looked at, and so in the ledger.
    """
    found = await _places(reading, page)
    places = found[: page.first]
    records = await many(reading, [str(place.record_id) for place in places], asked) if places else {}
    items = (WorklistItem(records[str(place.record_id)], place) for place in places if str(place.record_id) in records)
    return Worklist(tuple(items), has_more=len(found) > page.first)


async def _places(reading: Reading, page: WorklistPage) -> tuple[WorklistPlace, ...]:
    if not page.is_whole:
        return await _chosen(reading, page)
    after = page.after
    if page.scope is WorklistScope.ASSIGNED:
        start = (after.day, after.moment, after.record_id) if after else (date.min, BEGINNING, UUID(int=0))
        rows = await reads.assigned(reading, page.kind, start, page.first + 1)
        return tuple(WorklistPlace(row["next_due"], row["from_at"], row["record_id"]) for row in rows)
    newest = (END_OF_TIME, UUID(int=2**128 - 1))
    start_at = (after.moment, after.record_id) if after else newest
    rows = await reads.known(reading, page.kind, start_at, page.first + 1)
    return tuple(WorklistPlace(None, row["from_at"], row["record_id"]) for row in rows)


async def _chosen(reading: Reading, page: WorklistPage) -> tuple[WorklistPlace, ...]:
    beginning: tuple[date | None, datetime, UUID] = (date.min, BEGINNING, UUID(int=0))
    if page.newest_first:
        beginning = (None, END_OF_TIME, UUID(int=2**128 - 1))
    after = (page.after.day, page.after.moment, page.after.record_id) if page.after else beginning
    in_charge = page.scope is WorklistScope.ASSIGNED
    choice = reads.Choice(page.kind, in_charge, page.newest_first, page.wanted.words())
    rows = await reads.chosen(reading, choice, after, page.first + 1)
    return tuple(WorklistPlace(row["next_due"], row["from_at"], row["record_id"]) for row in rows)
