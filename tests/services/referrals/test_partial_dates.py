"""A partial date means every day it could be."""

from calendar import isleap
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.referrals.partial_dates import possible_days, surely_under


@given(st.dates())
def test_a_whole_date_is_one_day_and_its_parts_contain_it(day: date) -> None:
    text = day.isoformat()
    assert possible_days(text) == (day, day)
    for part in (text[:7], text[:4]):
        days = possible_days(part)
        assert days is not None
        assert days[0] <= day <= days[1]


@given(st.integers(1, 9999))
def test_february_ends_when_it_ends(year: int) -> None:
    days = possible_days(f"{year:04}-02")
    assert days is not None
    assert days[1].day == (29 if isleap(year) else 28)


@pytest.mark.parametrize(
    "text", ["", "0000", "2011-13", "2011-00", "2011-02-30", "11-02-03", "2011-2-3", "2011-", "٢٠١١"]
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert possible_days(text) is None


@pytest.mark.parametrize(("on", "under"), [(date(2026, 2, 28), True), (date(2026, 3, 1), False)])
def test_born_on_a_leap_day_one_is_of_age_on_the_first_of_march(on: date, under: bool) -> None:
    assert surely_under(18, "2008-02-29", on) is under


@pytest.mark.parametrize("birth", ["9999", "9999-12-31"])
def test_no_birth_is_too_late_to_answer(birth: str) -> None:
    assert surely_under(18, birth, date(2026, 5, 22)) is True
