"""Working days are counted as the worked examples say, and the count proves itself."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.clocks.calendar import calendar_of
from services.clocks.rules import SkippedDay, working_days_after
from services.regimes.words import Division

EW, SC, NI = Division.ENGLAND_AND_WALES, Division.SCOTLAND, Division.NORTHERN_IRELAND
divisions = st.sampled_from(Division)
starts = st.dates(date(2009, 4, 1), date(2035, 12, 31))
lengths = st.integers(1, 60)

WORKED = [
    (5, "2019-04-29", "2019-05-07", (EW, SC, NI)),
    (5, "2020-12-24", "2021-01-05", (EW, NI)),
    (5, "2020-12-24", "2021-01-06", (SC,)),
    (5, "2020-05-01", "2020-05-11", (EW, SC, NI)),
    (5, "2022-05-27", "2022-06-07", (EW, SC, NI)),
    (5, "2022-09-13", "2022-09-21", (EW, SC, NI)),
    (5, "2023-05-01", "2023-05-09", (EW, SC, NI)),
    (5, "2023-07-07", "2023-07-17", (NI,)),
    (5, "2023-07-07", "2023-07-14", (EW, SC)),
    (5, "2024-03-26", "2024-04-03", (SC,)),
    (5, "2024-03-26", "2024-04-04", (EW, NI)),
    (5, "2020-02-29", "2020-03-06", (EW, SC, NI)),
    (5, "2015-12-23", "2016-01-04", (EW, NI)),
    (5, "2026-05-22", "2026-06-01", (EW, NI)),
    (15, "2023-12-08", "2024-01-03", (EW, NI)),
    (15, "2023-12-08", "2024-01-04", (SC,)),
    (15, "2024-03-15", "2024-04-09", (EW,)),
    (15, "2024-03-15", "2024-04-08", (SC,)),
    (15, "2024-03-15", "2024-04-10", (NI,)),
]


@pytest.mark.parametrize(
    ("length", "start", "due", "division"),
    [(length, start, due, division) for length, start, due, where in WORKED for division in where],
)
def test_a_worked_example_comes_out_as_worked_by_hand(length: int, start: str, due: str, division: Division) -> None:
    count = working_days_after(date.fromisoformat(start), length, calendar_of(division))
    assert count.due == date.fromisoformat(due)
    assert not count.provisional


def test_the_proof_names_every_day_and_every_reason() -> None:
    count = working_days_after(date(2020, 12, 24), 5, calendar_of(SC))
    december, january = [date(2020, 12, day) for day in (29, 30, 31)], [date(2021, 1, 5), date(2021, 1, 6)]
    assert count.counted == (*december, *january)
    assert count.skipped == (
        SkippedDay(date(2020, 12, 25), "Christmas Day"),
        SkippedDay(date(2020, 12, 26), "Saturday"),
        SkippedDay(date(2020, 12, 27), "Sunday"),
        SkippedDay(date(2020, 12, 28), "Boxing Day (substitute day)"),
        SkippedDay(date(2021, 1, 1), "New Year’s Day"),
        SkippedDay(date(2021, 1, 2), "Saturday"),
        SkippedDay(date(2021, 1, 3), "Sunday"),
        SkippedDay(date(2021, 1, 4), "2nd January (substitute day)"),
    )


@given(starts, lengths, divisions)
def test_the_due_date_is_a_working_day_after_exactly_that_many(start: date, length: int, division: Division) -> None:
    calendar = calendar_of(division)
    count = working_days_after(start, length, calendar)
    assert calendar.why_not_worked(count.due) is None
    assert len(count.counted) == length
    assert count.counted[-1] == count.due
    assert all(calendar.why_not_worked(day) is None for day in count.counted)


@given(starts, lengths, divisions)
def test_counted_and_skipped_days_are_every_day_once(start: date, length: int, division: Division) -> None:
    count = working_days_after(start, length, calendar_of(division))
    days = [*count.counted, *(skip.day for skip in count.skipped)]
    every_day = [start + timedelta(days=shift) for shift in range(1, (count.due - start).days + 1)]
    assert sorted(days) == every_day


@given(starts, st.integers(0, 40), lengths, divisions)
def test_a_later_start_is_never_due_earlier(start: date, later: int, length: int, division: Division) -> None:
    calendar = calendar_of(division)
    moved = working_days_after(start + timedelta(days=later), length, calendar)
    assert moved.due >= working_days_after(start, length, calendar).due


@given(starts, lengths, divisions)
def test_receipt_on_a_day_not_worked_is_due_as_if_on_the_working_day_before(
    start: date, length: int, division: Division
) -> None:
    calendar = calendar_of(division)
    worked = start
    while calendar.why_not_worked(worked):
        worked -= timedelta(days=1)
    assert working_days_after(start, length, calendar).due == working_days_after(worked, length, calendar).due


@given(starts, lengths, divisions)
def test_a_count_is_provisional_when_a_day_lies_outside_the_list(start: date, length: int, division: Division) -> None:
    count = working_days_after(start, length, calendar_of(division))
    inside = start + timedelta(days=1) >= date(2012, 1, 1) and count.due <= date(2028, 12, 31)
    assert count.provisional is not inside


@pytest.mark.parametrize("length", [0, -1])
def test_a_clock_that_counts_nothing_is_refused(length: int) -> None:
    with pytest.raises(ValueError, match="at least one day"):
        working_days_after(date(2026, 5, 22), length, calendar_of(EW))
