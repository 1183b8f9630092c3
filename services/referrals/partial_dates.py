"""Dates of which only the year or the month may be known."""

import re
from calendar import monthrange
from datetime import MAXYEAR, date

SHAPE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


def possible_days(text: str) -> tuple[date, date] | None:
    """The first and last day the text can mean; None when it is no date."""
    found = SHAPE.fullmatch(text)
    if not found:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        return _first_day(year, month, day), _last_day(year, month, day)
    except ValueError:
        return None


def surely_under(age: int, birth: str, on: date) -> bool:
    """Whether the person had not reached that age on that day, whatever the unknown part of the date is."""
    days = possible_days(birth)
    return days is not None and _birthday(days[0], age) > on


def surely_reached(age: int, birth: str) -> date | None:
    """The day by which the person has reached that age, whatever of the date is unknown; None: it is no date."""
    days = possible_days(birth)
    return days and _birthday(days[1], age)


def first_birthday(age: int, birth: str) -> date | None:
    """The earliest day on which the person can have reached that age; None when the text is no date."""
    days = possible_days(birth)
    return _birthday(days[0], age) if days else None


def _first_day(year: int | None, month: int | None, day: int | None) -> date:
    return date(year or 0, month if month is not None else 1, day if day is not None else 1)


def _last_day(year: int | None, month: int | None, day: int | None) -> date:
    last = month if month is not None else 12
    return date(year or 0, last, day if day is not None else monthrange(year or 0, last)[1])


def _birthday(born: date, age: int) -> date:
    if born.year + age > MAXYEAR:
        return date.max
    try:
        return born.replace(year=born.year + age)
    except ValueError:  # born on 29 February: of age on 1 March
        return date(born.year + age, 3, 1)
