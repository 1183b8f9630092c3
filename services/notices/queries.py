"""The inbox of one's agency and function, and what one wants by e-mail."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import RowMapping

from services.cases import queries as cases
from services.cases.views import AgencyName, AskedPart, RecordView
from services.contacts import queries as contacts
from services.contacts.views import Reach
from services.notices import answer_store, store
from services.notices.views import (
    AcknowledgementView,
    CompletionView,
    HandoverView,
    NoticeView,
    PreferenceView,
    RefusedLooksView,
    TaskChannel,
)
from services.outbox.kinds import ALWAYS_BY_EMAIL, TASKS, TITLES, TO_DO, NoticeKind
from services.tools import Reading

LAST = UUID(int=2**128 - 1)
END_OF_TIME = datetime.max.replace(tzinfo=UTC)
Asked = Mapping[str, Iterable[AskedPart]]


@dataclass(frozen=True, slots=True)
class Inbox:
    """A page, and whether there is more."""

    notices: tuple[NoticeView, ...]
    has_more: bool


async def inbox(reading: Reading, after: tuple[datetime, UUID] | None, first: int, asked: Asked) -> Inbox:
    """Notices, the newest first; `first` at most. `asked` names the groups wanted of each kind of record."""
    rows = await store.inbox(reading, after or (END_OF_TIME, LAST), first + 1)
    return Inbox(await _views(reading, rows[:first], asked), has_more=len(rows) > first)


async def one(
    reading: Reading, notice: UUID | None, asked: Asked, *, reference: str | None = None
) -> NoticeView | None:
    """The notice of this inbox with this id or reference."""
    found = await _views(reading, await store.one(reading, notice, reference), asked)
    return found[0] if found else None


async def preferences(reading: Reading) -> tuple[PreferenceView, ...]:
    """Every kind, and whether the actor is sent an e-mail about it."""
    off = await answer_store.switched_off(reading)
    return tuple(
        PreferenceView(kind, TITLES[kind], kind in ALWAYS_BY_EMAIL or kind not in off, kind not in ALWAYS_BY_EMAIL)
        for kind in NoticeKind
    )


async def _views(reading: Reading, rows: Sequence[RowMapping], asked: Asked) -> tuple[NoticeView, ...]:
    records: dict[str, RecordView] = {}
    for kind, groups in asked.items():
        lookups = sorted({str(row["record_id"]) for row in rows if row["record_kind"] == kind})
        records |= await cases.many(reading, lookups, groups) if lookups else {}
    reached = await contacts.reach(reading, (row["about_id"] for row in rows if row["about_id"]))
    return tuple(_view(row, records.get(str(row["record_id"])), reached.get(row["about_id"], Reach())) for row in rows)


def _view(row: RowMapping, record: RecordView | None, reach: Reach) -> NoticeView:
    kind = NoticeKind(row["kind"])
    return NoticeView(
        id=row["id"],
        reference=row["reference"],
        kind=kind,
        title=TITLES[kind],
        to_do=TO_DO[kind],
        is_task=kind in TASKS,
        is_for_managers=row["for_managers"],
        created_at=row["created_at"],
        follows=row["follows"],
        about=AgencyName(row["about_id"], row["about_code"], row["about_name"]) if row["about_id"] else None,
        record=record,
        acknowledgement=AcknowledgementView(row["acknowledged_by"], row["acknowledged_at"])
        if row["acknowledged_at"]
        else None,
        completion=_completion(row),
        chase_at=row["chase_at"],
        escalate_at=row["escalate_at"],
        reach=reach,
        handover=_handover(row),
        refused_looks=RefusedLooksView(row["refused_name"], row["refused_count"], row["refused_last_at"])
        if row["refused_count"]
        else None,
    )


def _handover(row: RowMapping) -> HandoverView | None:
    if row["handed_from"] is None:
        return None
    counts = (
        row["handed_cases"],
        row["handed_notifications"],
        row["handed_tasks"],
        row["handed_requests"],
        row["handed_actions"],
    )
    return HandoverView(row["handed_from"], row["handed_to"], *counts)


def _completion(row: RowMapping) -> CompletionView | None:
    if row["done_at"] is None:
        return None
    channel = TaskChannel(row["channel"]) if row["channel"] else None
    return CompletionView(row["done_by"], row["done_at"], channel, row["told_at"], row["note"])
