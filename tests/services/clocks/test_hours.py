"""Working hours: London's wall clock on working days, whatever the clocks do."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.clocks.calendar import calendar_of
from services.clocks.hours import after_working_minutes, is_open
from services.regimes.words import Division

ENGLAND = calendar_of(Division.ENGLAND_AND_WALES)
SCOTLAND = calendar_of(Division.SCOTLAND)
moments = st.integers(
    int(datetime(2020, 1, 1, tzinfo=UTC).timestamp()), int(datetime(2028, 6, 1, tzinfo=UTC).timestamp())
).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-05-29T08:59:59+01:00", False),
        ("2026-05-29T09:00+01:00", True),
        ("2026-05-29T16:59:59+01:00", True),
        ("2026-05-29T17:00+01:00", False),
        ("2026-05-29T08:30+00:00", True),  # 09:30 in London
        ("2026-05-30T12:00+01:00", False),  # Saturday
        ("2026-05-25T12:00+01:00", False),  # Spring bank holiday
        ("2026-01-12T16:30+00:00", True),
    ],
)
def test_an_office_is_open_on_working_days_from_nine_to_five_in_london(moment: str, expected: bool) -> None:
    assert is_open(at(moment), ENGLAND) is expected


def test_each_nation_has_its_own_holidays() -> None:
    second_of_january = at("2026-01-02T12:00+00:00")

    assert is_open(second_of_january, ENGLAND)
    assert not is_open(second_of_january, SCOTLAND)


@pytest.mark.parametrize(
    ("start", "minutes", "expected"),
    [
        ("2026-05-28T10:00+01:00", 60, "2026-05-28T11:00+01:00"),
        ("2026-05-28T16:30+01:00", 60, "2026-05-29T09:30+01:00"),
        ("2026-05-28T09:00+01:00", 480, "2026-05-28T17:00+01:00"),
        ("2026-05-28T09:00+01:00", 481, "2026-05-29T09:01+01:00"),
        ("2026-05-30T23:40+01:00", 240, "2026-06-01T13:00+01:00"),  # Saturday night: Monday
        ("2026-05-22T16:00+01:00", 120, "2026-05-26T10:00+01:00"),  # over the bank holiday
        ("2026-10-23T16:00+01:00", 120, "2026-10-26T10:00+00:00"),  # over the end of summer time
    ],
)
def test_working_time_stands_still_while_the_office_is_closed(start: str, minutes: int, expected: str) -> None:
    assert after_working_minutes(at(start), minutes, ENGLAND) == at(expected)


@given(moments, st.integers(1, 2000), st.integers(1, 2000))
def test_waiting_twice_is_waiting_once_for_the_sum(start: datetime, one: int, two: int) -> None:
    once = after_working_minutes(start, one + two, ENGLAND)

    assert after_working_minutes(after_working_minutes(start, one, ENGLAND), two, ENGLAND) == once
    assert once >= start + timedelta(minutes=one + two)


@given(moments, st.integers(1, 5000))
def test_what_is_due_is_due_while_somebody_was_there_a_moment_before(start: datetime, minutes: int) -> None:
    assert is_open(after_working_minutes(start, minutes, ENGLAND) - timedelta(microseconds=1), ENGLAND)


def test_no_time_at_all_cannot_be_waited_for() -> None:
    with pytest.raises(ValueError, match="at least one minute"):
        after_working_minutes(at("2026-05-28T10:00+01:00"), 0, ENGLAND)
