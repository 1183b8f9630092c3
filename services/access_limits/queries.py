"""What limits a record, for those in whose hands it is; everybody else is told what a random reference tells them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from services.access_limits import store
from services.access_limits.views import AccessBarView, AccessLimitsView, BarState
from services.tools import Reading


async def limits(reading: Reading, reference: str) -> AccessLimitsView | None:
    """Whether it is restricted, and the bars; None: no such record, or not in the asker's hands."""
    row = await store.limits(reading, reference)
    if row is None:
        return None
    return AccessLimitsView(row["reference"], row["restricted"], tuple(_bar(item) for item in row["bars"]))


def _bar(item: Mapping[str, Any]) -> AccessBarView:
    return AccessBarView(
        id=UUID(item["id"]),
        person=item["person"],
        agency=item["agency"],
        reason=item["reason"],
        set_by=item["set_by"],
        since=datetime.fromisoformat(item["from"]),
        until=datetime.fromisoformat(item["until"]) if item["until"] else None,
        state=_state(item),
        end_proposed_by=item["end_proposed_by"],
        end_reason=item["end_reason"],
        ended_by=item["ended_by"],
    )


def _state(item: Mapping[str, Any]) -> BarState:
    if item["until"]:
        return BarState.ENDED
    return BarState.END_PROPOSED if item["end_proposed_at"] else BarState.HOLDS
