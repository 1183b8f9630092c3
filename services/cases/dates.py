"""From rows to views: what a case waits for, and of whom."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from services.cases.views import AgencyName, ClockView, WaitingView


def agency_name(item: Mapping[str, Any]) -> AgencyName:
    """An agency as a row tells it."""
    return AgencyName(UUID(item["id"]), item["code"], item["name"])


def clock(item: Mapping[str, Any]) -> ClockView:
    """A clock that runs."""
    return ClockView(
        kind=item["kind"],
        form=item["form"],
        awaits=item["awaits"],
        awaits_agency=agency_name(item["agency"]),
        starts_on=date.fromisoformat(item["starts_on"]),
        due_on=date.fromisoformat(item["due_on"]) if item["due_on"] else None,
        days_left=item["days_left"],
        proof=item["proof"],
        regime_row=item["regime_row"],
    )


def waiting(item: Mapping[str, Any]) -> WaitingView:
    """The newest note of the reader's own agency and function."""
    return WaitingView(
        version=item["version"],
        what=item["waits_for"],
        whom=item["whom"],
        wakes_on=date.fromisoformat(item["wakes_on"]) if item["wakes_on"] else None,
        is_asleep=bool(item["is_asleep"]),
        noted_by=item["name"],
        noted_at=datetime.fromisoformat(item["noted_at"]),
    )
