"""Two calendars made by different people agree on every day, except where we list and date the difference."""

from datetime import date, timedelta
from pathlib import Path

import holidays
import pytest

from services.clocks.calendar import CALENDARS, CalendarIsWrongError, calendar_of, read_calendars
from services.regimes.words import Division

FIRST, LAST = date(2012, 1, 1), date(2028, 12, 31)
EVERY_DAY = [FIRST + timedelta(days=shift) for shift in range((LAST - FIRST).days + 1)]
SUBDIVISIONS = [
    (Division.ENGLAND_AND_WALES, "ENG"),
    (Division.ENGLAND_AND_WALES, "WLS"),
    (Division.SCOTLAND, "SCT"),
    (Division.NORTHERN_IRELAND, "NIR"),
]
# Newer editions of `holidays` add a Scottish day that GOV.UK did not list on 7 August 2026; we follow GOV.UK.
MAY_DIFFER = {(Division.SCOTLAND, date(2026, 6, 15))}


@pytest.mark.parametrize(("division", "subdivision"), SUBDIVISIONS)
def test_two_calendars_agree_on_every_day_but_the_listed_ones(division: Division, subdivision: str) -> None:
    other = holidays.country_holidays("GB", subdiv=subdivision, years=range(2012, 2029))
    calendar = calendar_of(division)
    differing = {
        (division, day)
        for day in EVERY_DAY
        if (calendar.why_not_worked(day) is not None) != (day.weekday() >= 5 or day in other)
    }
    assert differing <= MAY_DIFFER


def test_where_calendars_differ_ours_is_the_one_of_gov_uk() -> None:
    assert calendar_of(Division.SCOTLAND).why_not_worked(date(2026, 6, 15)) is None


@pytest.mark.parametrize("division", Division)
def test_the_list_says_for_which_days_it_is_complete(division: Division) -> None:
    calendar = calendar_of(division)
    assert [calendar.knows(day) for day in (FIRST - timedelta(1), FIRST, LAST, LAST + timedelta(1))] == [
        False, True, True, False,
    ]  # fmt: skip
    assert {day.year for day in calendar.bank_holidays} == set(range(2012, 2029))


@pytest.mark.parametrize(
    "line",
    ["england_and_wales,2012-04-06,Good Friday,", "scotland,2029-01-01,New Year’s Day,"],
    ids=["a day listed twice", "a day outside the edition"],
)
def test_a_list_that_contradicts_itself_is_refused(tmp_path: Path, line: str) -> None:
    for file in ("edition.csv", "bank_holidays.csv"):
        text = (CALENDARS / file).read_text(encoding="utf-8")
        (tmp_path / file).write_text(text + (f"{line}\n" if file == "bank_holidays.csv" else ""), encoding="utf-8")
    with pytest.raises(CalendarIsWrongError, match=line.split(",")[1]):
        read_calendars(tmp_path)


def test_the_crown_copyright_notice_stands_beside_the_list() -> None:
    notice = (CALENDARS / "NOTICE.md").read_text(encoding="utf-8")
    assert "Open Government" in notice
    assert "Crown copyright" in notice
