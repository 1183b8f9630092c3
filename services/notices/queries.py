"""The inbox of one's agency and function."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from policies.vocabulary import DataGroup
from services.cases import queries as cases
from services.cases.views import AgencyName, RecordView
from services.notices import store
from services.outbox.kinds import TASKS, TITLES, TO_DO, NoticeKind
from services.tools import Reading

LAST = UUID(int=2**128 - 1)
END_OF_TIME = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class NoticeView:
    """One notice; `record` is what its reader may know of the record, None when that is nothing."""

    id: UUID
    kind: NoticeKind
    title: str
    to_do: str
    is_task: bool
    created_at: datetime
    about: AgencyName | None
    record: RecordView | None


async def inbox(
    reading: Reading, after: tuple[datetime, UUID] | None, first: int, asked: Mapping[str, Iterable[DataGroup]]
) -> tuple[NoticeView, ...]:
    """Notices, the newest first; `first` at most. `asked` names the groups wanted of each kind of record."""
    rows = await store.inbox(reading, after or (END_OF_TIME, LAST), first)
    records: dict[str, RecordView] = {}
    for kind, groups in asked.items():
        lookups = sorted({str(row["record_id"]) for row in rows if row["record_kind"] == kind})
        records |= await cases.many(reading, lookups, groups) if lookups else {}
    return tuple(
        NoticeView(
            id=row["id"],
            kind=(kind := NoticeKind(row["kind"])),
            title=TITLES[kind],
            to_do=TO_DO[kind],
            is_task=kind in TASKS,
            created_at=row["created_at"],
            about=AgencyName(row["about_id"], row["about_code"], row["about_name"]) if row["about_id"] else None,
            record=records.get(str(row["record_id"])),
        )
        for row in rows
    )
