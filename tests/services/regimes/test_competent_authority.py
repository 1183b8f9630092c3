"""Who decides depends on the London day of receipt and the kind of referrer, and on nothing else."""

import inspect
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.clocks.rules import london_date
from services.regimes.queries import competent_authority, regimes
from services.regimes.rules import NoRowInForceError
from services.regimes.words import AuthorityCode, ReferrerKind

FIRST_DAY = date(2009, 4, 1)
kinds = st.sampled_from(ReferrerKind)
days = st.dates(FIRST_DAY, date(2060, 1, 1))


@pytest.mark.parametrize(
    ("received_on", "referrer_kind", "authority"),
    [
        (date(2009, 4, 1), "police", "ukhtc"),
        (date(2014, 6, 2), "police", "ukhtc"),
        (date(2014, 6, 2), "local_authority", "ukhtc"),
        (date(2014, 6, 2), "ngo", "ukhtc"),
        (date(2014, 6, 2), "nca", "ukhtc"),
        (date(2014, 6, 2), "glaa", "ukhtc"),
        (date(2014, 6, 2), "hsc_trust", "ukhtc"),
        (date(2009, 4, 1), "home_office", "ukba"),
        (date(2013, 3, 31), "home_office", "ukba"),
        (date(2013, 4, 1), "home_office", "ukvi"),
        (date(2019, 4, 28), "police", "ukhtc"),
        (date(2019, 4, 28), "home_office", "ukvi"),
        (date(2019, 4, 29), "police", "sca"),
        (date(2019, 4, 29), "home_office", "sca"),
        (date(2021, 11, 7), "home_office", "sca"),
        (date(2021, 11, 8), "home_office", "sca"),
        (date(2026, 5, 22), "ngo", "sca"),
    ],
)
def test_the_day_and_the_kind_of_referrer_choose_the_authority(
    received_on: date, referrer_kind: str, authority: str
) -> None:
    assert competent_authority(received_on, referrer_kind).authority == authority


@pytest.mark.parametrize(
    ("received_at", "authority"),
    [
        ("2019-04-28T23:50:00+01:00", "ukhtc"),
        ("2019-04-29T00:05:00+01:00", "sca"),
        ("2019-04-28T22:50:00+00:00", "ukhtc"),  # UTC runs an hour behind London in summer
        ("2019-04-28T23:05:00+00:00", "sca"),
        ("2019-04-28T22:59:59.999999+00:00", "ukhtc"),
        ("2019-04-28T23:00:00+00:00", "sca"),
        ("2019-04-29T08:00:00+09:00", "sca"),
    ],
)
def test_the_last_minutes_of_a_sunday_route_otherwise_than_the_first_of_monday(
    received_at: str, authority: str
) -> None:
    received_on = london_date(datetime.fromisoformat(received_at))
    assert competent_authority(received_on, "police").authority == authority


@given(days, kinds)
def test_every_kind_of_referrer_has_one_authority_on_every_day(on: date, kind: ReferrerKind) -> None:
    applying = [row for row in regimes().routes if row.referrer_kind is kind and row.applies_on(on)]
    assert applying == [competent_authority(on, kind)]


def test_routing_is_total_on_every_day_around_every_boundary() -> None:
    boundaries = {row.valid_from for row in regimes().routes}
    around = {day + timedelta(days=shift) for day in boundaries for shift in (-1, 0, 1)} - {FIRST_DAY - timedelta(1)}
    assert all(competent_authority(day, kind) for day in around for kind in ReferrerKind)


@given(days, kinds)
def test_nothing_goes_to_the_immigration_enforcement_authority_by_default(on: date, kind: ReferrerKind) -> None:
    assert competent_authority(on, kind).authority is not AuthorityCode.IECA


def test_no_fact_about_the_person_can_change_the_route() -> None:
    assert list(inspect.signature(competent_authority).parameters) == ["received_on", "referrer_kind"]
    columns = {column for row in regimes().routes for column in type(row).__dataclass_fields__}
    assert columns == {
        "row", "referrer_kind", "valid_from", "valid_until", "authority", "source", "status", "note",
    }  # fmt: skip


def test_the_regimes_begin_on_the_first_of_april_2009() -> None:
    assert regimes().first_day == FIRST_DAY
    with pytest.raises(NoRowInForceError, match="police on 2009-03-31"):
        competent_authority(date(2009, 3, 31), "police")


def test_an_unknown_kind_of_referrer_is_refused_loudly() -> None:
    with pytest.raises(ValueError, match="school"):
        competent_authority(date(2026, 5, 22), "school")


def test_the_answer_carries_its_row_source_and_status() -> None:
    row = competent_authority(london_date(datetime(2019, 4, 28, 12, tzinfo=UTC)), "police")
    assert (row.row, row.source, row.status) == ("route-police-2013-04-01", "UKHTC page c.2014", "seed")
