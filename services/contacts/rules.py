"""Which contact points reach somebody at a moment, and in which order they are tried; pure."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from services.clocks.calendar import calendar_of
from services.clocks.hours import is_open
from services.contacts.views import ContactHours, ContactKind, ContactPointView
from services.regimes.words import Division, Nation

DIVISIONS: Final[Mapping[Nation | None, Division]] = {
    None: Division.ENGLAND_AND_WALES,
    Nation.ENGLAND: Division.ENGLAND_AND_WALES,
    Nation.WALES: Division.ENGLAND_AND_WALES,
    Nation.SCOTLAND: Division.SCOTLAND,
    Nation.NORTHERN_IRELAND: Division.NORTHERN_IRELAND,
}
FASTEST_FIRST: Final = (ContactKind.TELEPHONE, ContactKind.SECURE_EMAIL, ContactKind.POST)


def reaches(hours: ContactHours, nation: Nation | None, at: datetime) -> bool:
    """Whether somebody is there at this moment, by the nation's own working days."""
    if hours is ContactHours.ALWAYS:
        return True
    return is_open(at, calendar_of(DIVISIONS[nation])) is (hours is ContactHours.IN_HOURS)


def order(point: ContactPointView) -> tuple[bool, int, str, str, str]:
    """Where it stands in a list: who is there now, then the fastest way."""
    return (not point.reaches_now, FASTEST_FIRST.index(point.kind), point.function.value, point.name, point.address)
