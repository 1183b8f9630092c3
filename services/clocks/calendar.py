"""Which days are worked where, from the committed bank holidays, and for which days that list can be trusted."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from services.regimes.words import Division

CALENDARS = Path(__file__).parent / "calendars"
WEEKEND = {5: "Saturday", 6: "Sunday"}


class CalendarIsWrongError(Exception):
    """The list of bank holidays contradicts itself; no clock may be counted with it."""


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """The working days of one division, by one edition of its bank holidays."""

    division: Division
    version: str
    first_day: date
    last_day: date
    bank_holidays: Mapping[date, str]

    def why_not_worked(self, day: date) -> str | None:
        """The name of the reason; None: a working day."""
        return WEEKEND.get(day.weekday()) or self.bank_holidays.get(day)

    def knows(self, day: date) -> bool:
        """Whether the list is complete for this day; outside it only weekends are known."""
        return self.first_day <= day <= self.last_day


@cache
def calendar_of(division: Division) -> WorkingCalendar:
    """The calendar of a division, read and checked once per process."""
    return read_calendars(CALENDARS)[division]


def read_calendars(folder: Path) -> Mapping[Division, WorkingCalendar]:
    """Every division's calendar from the folder's edition."""
    (edition,) = _records(folder / "edition.csv")
    first_day, last_day = date.fromisoformat(edition["first_day"]), date.fromisoformat(edition["last_day"])
    bank_holidays: dict[Division, dict[date, str]] = {division: {} for division in Division}
    for record in _records(folder / "bank_holidays.csv"):
        day, named = date.fromisoformat(record["date"]), bank_holidays[Division(record["division"])]
        if day in named or not first_day <= day <= last_day:
            raise CalendarIsWrongError(f"{record['division']} {day}: listed twice, or outside the edition")
        named[day] = _title(record)
    return {
        division: WorkingCalendar(division, edition["version"], first_day, last_day, named)
        for division, named in bank_holidays.items()
    }


def _records(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, strict=True))


def _title(record: Mapping[str, str]) -> str:
    substitute = record["notes"] == "Substitute day"
    return f"{record['title']} (substitute day)" if substitute else record["title"]
