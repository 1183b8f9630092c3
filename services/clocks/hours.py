"""Working hours: whether an office is open at a moment, and when so much open time has passed."""

from datetime import date, datetime, time, timedelta

from services.clocks.calendar import WorkingCalendar
from services.clocks.rules import LONDON, ONE_DAY, london_date

OPENS, CLOSES = time(9), time(17)


def is_open(at: datetime, calendar: WorkingCalendar) -> bool:
    """Whether this moment falls on a working day between opening and closing; the moment of closing is too late."""
    there = at.astimezone(LONDON)
    return calendar.why_not_worked(there.date()) is None and OPENS <= there.time() < CLOSES


def after_working_minutes(start: datetime, minutes: int, calendar: WorkingCalendar) -> datetime:
    """The moment at which an office has been open for so long since `start`."""
    if minutes < 1:
        raise ValueError("at least one minute has to pass")
    left, day = timedelta(minutes=minutes), london_date(start)
    while True:
        opens, closes = _opening(day, start)
        is_worked = calendar.why_not_worked(day) is None
        if is_worked and closes - opens >= left:
            return opens + left
        if is_worked and closes > opens:
            left -= closes - opens
        day += ONE_DAY


def _opening(day: date, start: datetime) -> tuple[datetime, datetime]:
    """What of the day's opening lies after `start`; no change of the clocks falls inside it."""
    opens, closes = (datetime.combine(day, edge, LONDON) for edge in (OPENS, CLOSES))
    return max(opens, start.astimezone(LONDON)), closes
