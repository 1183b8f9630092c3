"""A calendar file reads back, in summer and in winter, however odd the place; its lines are short and whole."""

import re
from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from services.meetings.calendar_file import calendar_file
from services.meetings.views import ArrangementView
from services.meetings.words import Mode

INVITATION = UUID(int=9)
SUMMER = datetime(2026, 4, 14, 9, 0, tzinfo=UTC)
WINTER = datetime(2026, 12, 14, 10, 0, tzinfo=UTC)


def arranged(place: str = "Room 1", starts_at: datetime = SUMMER, version: int = 1) -> ArrangementView:
    return ArrangementView(
        version=version,
        mode=Mode.MEETING,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1),
        place=place,
        chair="Chair Invented",
        chair_id=UUID(int=1),
        minute_taker="Taker Invented",
        recorded_at=SUMMER,
    )


def fields(file: str) -> dict[str, str]:
    """The event's properties, unfolded by the words of the standard."""
    event = file.replace("\r\n ", "").split("BEGIN:VEVENT\r\n")[1].split("END:VEVENT")[0]
    return dict(line.split(":", 1) for line in event.strip().split("\r\n"))


def test_ten_o_clock_in_london_is_ten_in_summer_and_in_winter() -> None:
    for starts_at in (SUMMER, WINTER):
        found = fields(calendar_file(INVITATION, arranged(starts_at=starts_at), "Council", SUMMER, is_cancelled=False))
        assert found["DTSTART;TZID=Europe/London"].endswith("T100000")


def test_a_change_raises_the_sequence_and_a_cancellation_takes_it_back_under_one_identifier() -> None:
    files = [
        calendar_file(INVITATION, arranged(version=1), "Council", SUMMER, is_cancelled=False),
        calendar_file(INVITATION, arranged(version=2), "Council", SUMMER, is_cancelled=False),
        calendar_file(INVITATION, arranged(version=2), "Council", SUMMER, is_cancelled=True),
    ]
    assert [fields(file)["SEQUENCE"] for file in files] == ["0", "1", "2"]
    assert len({fields(file)["UID"] for file in files}) == 1
    assert [re.findall(r"METHOD:(\w+)", file) for file in files] == [["PUBLISH"], ["PUBLISH"], ["CANCEL"]]
    assert fields(files[2])["STATUS"] == "CANCELLED"


def test_nobody_is_named_but_who_convened() -> None:
    file = calendar_file(INVITATION, arranged(), 'The "Council"', SUMMER, is_cancelled=False)
    assert "Invented" not in file
    assert 'CN="The Council"' in file.replace("\r\n ", "")


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=200))
def test_any_place_reads_back_and_no_line_is_longer_than_the_standard_allows(place: str) -> None:
    file = calendar_file(INVITATION, arranged(place), "Council", SUMMER, is_cancelled=False)
    assert all(len(line.encode()) <= 75 for line in file.split("\r\n"))
    read = re.sub(r"\\([\\;,])", r"\1", fields(file)["LOCATION"])
    assert read == place


@given(st.text(max_size=60))
def test_no_place_adds_a_line_of_its_own(place: str) -> None:
    plain = calendar_file(INVITATION, arranged("Room"), "Council", SUMMER, is_cancelled=False)
    odd = calendar_file(INVITATION, arranged(place), "Council", SUMMER, is_cancelled=False).replace("\r\n ", "")
    assert len(odd.split("\r\n")) == len(plain.replace("\r\n ", "").split("\r\n"))
    assert odd.count("\n") == odd.count("\r\n")
