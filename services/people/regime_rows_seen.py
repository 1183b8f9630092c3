"""The regime rows that were entered, and those that wait for a second administrator, for those who enter them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import RowMapping

from services.clocks.rules import london_date
from services.people import store
from services.regimes import queries as regimes
from services.regimes.entering import RegimeTable
from services.regimes.row_types import RegimeRow
from services.regimes.words import Status
from services.tools import Reading


class RegimeRowState(StrEnum):
    """What a row amounts to today."""

    WAITS_FOR_SECOND = "waits_for_second"
    TO_COME = "to_come"
    IN_FORCE = "in_force"
    ENDED = "ended"
    NEVER_BEGAN = "never_began"


@dataclass(frozen=True, slots=True, kw_only=True)
class RegimeRowView:
    """A row as it was proposed; `until` is the first day on which it does not count, as far as anybody entered one."""

    proposal_id: UUID
    row: str
    table: RegimeTable
    columns: tuple[tuple[str, str], ...]
    since: date
    until: date | None
    source: str
    status: Status
    note: str | None
    reason: str
    state: RegimeRowState
    proposed_by: str
    proposed_at: datetime
    expires_at: datetime
    confirmed_by: str | None
    confirmed_at: datetime | None


async def regime_rows(reading: Reading) -> tuple[RegimeRowView, ...]:
    """Every row by its first day; none for whoever does not administer the platform."""
    today = london_date(reading.now)
    known = {row.row: row for row in regimes.regimes().rows}
    return tuple(_view(row, known, today) for row in await store.regime_rows_in_sight(reading))


def _view(row: RowMapping, known: Mapping[str, RegimeRow], today: date) -> RegimeRowView:
    content = row["content"]
    is_entered = row["confirmed_at"] is not None
    counts = known.get(content["row"]) if is_entered else None
    return RegimeRowView(
        proposal_id=row["proposal_id"],
        row=content["row"],
        table=RegimeTable(content["table"]),
        columns=tuple((name, value) for name, value in sorted(content["columns"].items()) if value),
        since=date.fromisoformat(content["valid_from"]),
        until=counts.valid_until if counts else None,
        source=content["source"],
        status=Status(content["status"]),
        note=content["note"] or None,
        reason=row["reason"],
        state=_state(counts, today) if is_entered else RegimeRowState.WAITS_FOR_SECOND,
        proposed_by=row["proposed_by"],
        proposed_at=row["proposed_at"],
        expires_at=row["expires_at"],
        confirmed_by=row["confirmed_by"],
        confirmed_at=row["confirmed_at"],
    )


def _state(counts: RegimeRow | None, today: date) -> RegimeRowState:
    """A row that was entered and is not among those that count was entered anew for the same day."""
    if counts is None:
        return RegimeRowState.NEVER_BEGAN
    if counts.valid_from > today:
        return RegimeRowState.TO_COME
    return RegimeRowState.IN_FORCE if counts.applies_on(today) else RegimeRowState.ENDED
