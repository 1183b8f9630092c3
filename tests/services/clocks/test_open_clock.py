"""A clock starts on the London day of its event and ends with a London day."""

import json
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.clocks.rules import ClockDraft, days_left, london_date, open_clock
from services.regimes.queries import clock_definition


def opened(received_at: str, nation: str = "england") -> ClockDraft:
    at = datetime.fromisoformat(received_at)
    return open_clock(clock_definition("reasonable_grounds", london_date(at), nation), at)


@pytest.mark.parametrize("received_at", ["2026-05-22T23:59:00+01:00", "2026-05-22T22:59:00+00:00"])
def test_a_referral_one_minute_before_a_bank_holiday_weekend_is_due_on_the_first_of_june(received_at: str) -> None:
    clock = opened(received_at)
    assert (clock.starts_on, clock.due_on) == (date(2026, 5, 22), date(2026, 6, 1))
    assert (clock.clock, clock.kind, clock.provisional) == ("reasonable_grounds", "target", False)


def test_two_minutes_later_is_saturday_and_due_on_the_same_day() -> None:
    clock = opened("2026-05-23T00:01:00+01:00")
    assert (clock.starts_on, clock.due_on) == (date(2026, 5, 23), date(2026, 6, 1))


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        ("2026-03-28T23:59:59+00:00", date(2026, 3, 28)),  # winter: London is UTC
        ("2026-03-29T00:30:00+00:00", date(2026, 3, 29)),  # half an hour before the clocks go forward
        ("2026-03-29T22:59:59+00:00", date(2026, 3, 29)),  # summer: London is an hour ahead
        ("2026-03-29T23:00:00+00:00", date(2026, 3, 30)),
        ("2026-10-24T23:00:00+00:00", date(2026, 10, 25)),  # the last summer midnight
        ("2026-10-25T23:59:59+00:00", date(2026, 10, 25)),  # a day of 25 hours
        ("2026-10-26T00:00:00+00:00", date(2026, 10, 26)),
    ],
)
def test_the_london_day_follows_summer_time(instant: str, day: date) -> None:
    assert london_date(datetime.fromisoformat(instant)) == day


def test_an_instant_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        london_date(datetime.fromisoformat("2026-05-22T23:59:00"))


@given(st.datetimes(datetime(2009, 4, 2), datetime(2030, 1, 1), timezones=st.just(UTC)), st.integers(-14, 14))  # noqa: DTZ001 - hypothesis wants naive bounds
def test_how_an_instant_is_written_never_moves_a_clock(instant: datetime, hours: int) -> None:
    elsewhere = instant.astimezone(timezone(timedelta(hours=hours)))
    assert opened(instant.isoformat()) == opened(elsewhere.isoformat())


def test_the_proof_is_json_and_says_everything() -> None:
    proof = opened("2026-05-22T23:59:00+01:00", "wales").proof
    assert json.loads(json.dumps(proof)) == proof
    assert proof == {
        "row": "clock-reasonable-grounds-wales-2019-04-29",
        "source": "Home Office guidance on devolved child decisions, November 2023; written answer 86506 of 2022",
        "status": "found",
        "event": "receipt",
        "event_at": "2026-05-22T22:59:00+00:00",
        "starts_on": "2026-05-22",
        "due_on": "2026-06-01",
        "length": 5,
        "unit": "working_days",
        "first_day": "day_after",
        "ends": "at_due",
        "calendar": {"division": "england_and_wales", "version": "govuk-bank-holidays-2026-08-07"},
        "counted": ["2026-05-26", "2026-05-27", "2026-05-28", "2026-05-29", "2026-06-01"],
        "skipped": [
            {"day": "2026-05-23", "reason": "Saturday"},
            {"day": "2026-05-24", "reason": "Sunday"},
            {"day": "2026-05-25", "reason": "Spring bank holiday"},
            {"day": "2026-05-30", "reason": "Saturday"},
            {"day": "2026-05-31", "reason": "Sunday"},
        ],
        "provisional": [],
    }


def test_a_clock_before_the_first_listed_bank_holiday_says_it_is_provisional() -> None:
    clock = opened("2011-12-29T12:00:00+00:00")
    assert clock.provisional
    assert clock.proof["provisional"] == ["2011-12-30", "2011-12-31"]


def test_a_definition_of_another_time_is_refused() -> None:
    old = clock_definition("reasonable_grounds", date(2014, 1, 1), "england")
    with pytest.raises(ValueError, match="does not apply on 2026-05-22"):
        open_clock(old, datetime(2026, 5, 22, 12, tzinfo=UTC))


@pytest.mark.parametrize(
    ("today", "left"), [(date(2026, 5, 29), 3), (date(2026, 6, 1), 0), (date(2026, 6, 2), -1), (date(2026, 6, 11), -10)]
)
def test_the_last_day_still_counts_and_the_next_is_over(today: date, left: int) -> None:
    assert days_left(date(2026, 6, 1), today) == left
