"""Opens clocks: pure counting of days that keeps its own proof. Nothing here asks what time it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from services.clocks.calendar import WorkingCalendar, calendar_of
from services.regimes.row_types import ClockDefinition
from services.regimes.words import ClockKind, ClockName, Division, Ends, FirstDay

LONDON = ZoneInfo("Europe/London")
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SkippedDay:
    """A day that does not count, and why."""

    day: date
    reason: str


@dataclass(frozen=True, slots=True)
class Counted:
    """A count that anybody can check: `counted` and `skipped` together are every day after `start` up to `due`."""

    start: date
    due: date
    counted: tuple[date, ...]
    skipped: tuple[SkippedDay, ...]
    unsure: tuple[date, ...]  # days for which the calendar knows weekends only
    calendar: WorkingCalendar

    @property
    def provisional(self) -> bool:
        """Whether a bank holiday we do not know of could move the due date."""
        return bool(self.unsure)


@dataclass(frozen=True, slots=True)
class ClockDraft:
    """A clock ready to be stored; it ends with the London day `due_on`. The proof holds JSON values only."""

    clock: ClockName
    kind: ClockKind
    starts_on: date
    due_on: date
    provisional: bool
    row: str
    proof: dict[str, object]


def london_date(instant: datetime) -> date:
    """The date on a wall in London at this instant."""
    if instant.utcoffset() is None:
        raise ValueError("an instant without a time zone has no London date")
    return instant.astimezone(LONDON).date()


Pause = tuple[date, date]
"""From when to when a target stood still: the first of the two days still counted, the second did not."""


def working_days_after(start: date, days: int, calendar: WorkingCalendar, pauses: Sequence[Pause] = ()) -> Counted:
    """The first day counted is the day after `start`; a start on a day not worked is no different."""
    if days < 1:
        raise ValueError("a clock counts at least one day")
    counted: list[date] = []
    skipped: list[SkippedDay] = []
    unsure: list[date] = []
    day = start
    while len(counted) < days:
        day += ONE_DAY
        is_paused = any(since < day <= until for since, until in pauses)
        reason = calendar.why_not_worked(day) or ("Suspended" if is_paused else None)
        if reason is None:
            counted.append(day)
        else:
            skipped.append(SkippedDay(day, reason))
        if not calendar.knows(day):
            unsure.append(day)
    return Counted(start, day, tuple(counted), tuple(skipped), tuple(unsure), calendar)


def open_clock(definition: ClockDefinition, event_at: datetime) -> ClockDraft:
    """The clock that this event starts; the definition must be the one in force on the event's London date."""
    starts_on = london_date(event_at)
    if not definition.applies_on(starts_on):
        raise ValueError(f"{definition.row} does not apply on {starts_on.isoformat()}")
    due_on, provisional, counting = _counting(definition, starts_on)
    return ClockDraft(
        clock=definition.clock,
        kind=definition.kind,
        starts_on=starts_on,
        due_on=due_on,
        provisional=provisional,
        row=definition.row,
        proof=_proof(definition, event_at, starts_on, due_on) | counting,
    )


def pause(proof: Mapping[str, Any], on: date) -> dict[str, Any]:
    """The proof of a target that stands still from the end of that day."""
    return {**proof, "pauses": [*proof.get("pauses", ()), {"from": on.isoformat(), "until": None}]}


def resumed(proof: Mapping[str, Any], on: date) -> tuple[dict[str, Any], date]:
    """The proof of a target that goes on after that day, counted again from its beginning, and its new last day."""
    pauses = [*proof["pauses"][:-1], {**proof["pauses"][-1], "until": on.isoformat()}]
    stood_still = [(date.fromisoformat(each["from"]), date.fromisoformat(each["until"])) for each in pauses]
    calendar = calendar_of(Division(proof["calendar"]["division"]))
    count = working_days_after(date.fromisoformat(proof["starts_on"]), proof["length"], calendar, stood_still)
    return {**proof, **_working_days(count), "pauses": pauses, "due_on": count.due.isoformat()}, count.due


def calendar_days(start: date, days: int, first_day: FirstDay) -> date:
    """The last of these days, every day counted; day one is the day of the event or the one after it."""
    return start + timedelta(days=days - (1 if first_day is FirstDay.EVENT_DAY else 0))


def period_ends(ends: Ends, due_on: date, decided_on: date | None) -> date | None:
    """The last day of a period; None while only a conclusive decision, not yet made, can end it."""
    if ends is Ends.AT_DUE:
        return due_on
    if ends is Ends.EARLIER_OF_DUE_AND_DECISION:
        return due_on if decided_on is None else min(due_on, decided_on)
    return None if decided_on is None else max(due_on, decided_on)


def days_left(due_on: date, today: date) -> int:
    """0 on the last day, which still counts until London midnight; negative once it is over."""
    return (due_on - today).days


def _counting(definition: ClockDefinition, starts_on: date) -> tuple[date, bool, dict[str, object]]:
    """The last day, whether an unknown bank holiday could move it, and the days that prove it."""
    if definition.calendar is None:
        due_on = calendar_days(starts_on, definition.length, definition.first_day)
        return due_on, False, {"counted": [], "skipped": []}
    count = working_days_after(starts_on, definition.length, calendar_of(definition.calendar))
    return count.due, count.provisional, _working_days(count)


def _proof(definition: ClockDefinition, event_at: datetime, starts_on: date, due_on: date) -> dict[str, object]:
    return {
        "row": definition.row,
        "source": definition.source,
        "status": definition.status.value,
        "event": definition.starts_at.value,
        "event_at": event_at.astimezone(UTC).isoformat(),
        "starts_on": starts_on.isoformat(),
        "due_on": due_on.isoformat(),
        "length": definition.length,
        "unit": definition.unit.value,
        "first_day": definition.first_day.value,
        "ends": definition.ends.value,
    }


def _working_days(count: Counted) -> dict[str, object]:
    return {
        "calendar": {"division": count.calendar.division.value, "version": count.calendar.version},
        "counted": [day.isoformat() for day in count.counted],
        "skipped": [{"day": skip.day.isoformat(), "reason": skip.reason} for skip in count.skipped],
        "provisional": [day.isoformat() for day in count.unsure],
    }
