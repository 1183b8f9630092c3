"""An invitation as a calendar file (RFC 5545): when and where, and nothing of the case. Updates raise its sequence, a
cancellation takes it back, and its identifier stays. Pure."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from services.clocks.rules import LONDON
from services.meetings.views import ArrangementView

TITLE: Final = "Multi-agency meeting"
ZONE: Final = (
    "BEGIN:VTIMEZONE",
    "TZID:Europe/London",
    "BEGIN:DAYLIGHT",
    "TZOFFSETFROM:+0000",
    "TZOFFSETTO:+0100",
    "TZNAME:BST",
    "DTSTART:19960331T010000",
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
    "END:DAYLIGHT",
    "BEGIN:STANDARD",
    "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0000",
    "TZNAME:GMT",
    "DTSTART:19961027T020000",
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
    "END:STANDARD",
    "END:VTIMEZONE",
)
LONGEST_LINE: Final = 75  # octets, as the standard asks


def calendar_file(
    invitation: UUID, arranged: ArrangementView, organiser: str, written_at: datetime, *, is_cancelled: bool
) -> str:
    """The whole file. Who convened it is named; whom and what it concerns is not."""
    sequence = arranged.version - 1 + is_cancelled
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Concordat//Meetings//EN",
        f"METHOD:{'CANCEL' if is_cancelled else 'PUBLISH'}",
        *ZONE,
        "BEGIN:VEVENT",
        f"UID:{invitation}@concordat",
        f"SEQUENCE:{sequence}",
        f"DTSTAMP:{written_at.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;TZID=Europe/London:{_local(arranged.starts_at)}",
        f"DTEND;TZID=Europe/London:{_local(arranged.ends_at)}",
        f"SUMMARY:{TITLE}",
        f"LOCATION:{_escaped(arranged.place)}",
        f"ORGANIZER;CN={_quoted(organiser)}:invalid:nomail",
        f"STATUS:{'CANCELLED' if is_cancelled else 'CONFIRMED'}",
        "CLASS:CONFIDENTIAL",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _local(moment: datetime) -> str:
    return f"{moment.astimezone(LONDON):%Y%m%dT%H%M%S}"


def _escaped(text: str) -> str:
    for mark in ("\\", ";", ","):
        text = text.replace(mark, f"\\{mark}")
    return "\\n".join(text.splitlines())


def _quoted(name: str) -> str:
    return '"' + "".join(mark for mark in name if mark != '"' and mark.isprintable()) + '"'


def _folded(line: str) -> Iterator[str]:
    """No line is longer than 75 octets, and no character is cut in two; what follows begins with a space."""
    part = ""
    for mark in line:
        if len((part + mark).encode()) > LONGEST_LINE:
            yield part
            part = " "
        part += mark
    yield part
