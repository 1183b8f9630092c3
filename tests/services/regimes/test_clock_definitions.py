"""The reasonable grounds target is a row for every nation and every day."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.regimes.queries import clock_definition
from services.regimes.rules import NoRowInForceError
from services.regimes.words import Nation


@given(st.dates(date(2009, 4, 1), date(2060, 1, 1)), st.sampled_from(Nation))
def test_the_reasonable_grounds_target_is_five_working_days_from_receipt(on: date, nation: Nation) -> None:
    definition = clock_definition("reasonable_grounds", on, nation)
    assert (definition.length, definition.unit, definition.starts_at) == (5, "working_days", "receipt")
    assert definition.kind == "target"
    assert definition.applies_on(on)
    assert definition.nation is nation


@pytest.mark.parametrize(
    ("nation", "calendar"),
    [
        ("england", "england_and_wales"),
        ("wales", "england_and_wales"),
        ("scotland", "scotland"),
        ("northern_ireland", "northern_ireland"),
    ],
)
def test_a_nation_counts_by_its_own_bank_holidays(nation: str, calendar: str) -> None:
    assert clock_definition("reasonable_grounds", date(2026, 5, 22), nation).calendar == calendar


def test_there_is_no_clock_before_the_mechanism() -> None:
    with pytest.raises(NoRowInForceError, match="reasonable_grounds in wales on 2009-03-31"):
        clock_definition("reasonable_grounds", date(2009, 3, 31), "wales")


@pytest.mark.parametrize(("clock", "nation"), [("reasonable_grounds", "isle_of_man"), ("tea_break", "wales")])
def test_an_unknown_clock_or_nation_is_refused_loudly(clock: str, nation: str) -> None:
    with pytest.raises(ValueError, match="is not a valid"):
        clock_definition(clock, date(2026, 5, 22), nation)
