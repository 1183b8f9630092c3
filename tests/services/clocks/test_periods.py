"""Recovery and support are different periods; both are counted from the reasonable grounds decision by dated rows."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.clocks.rules import LONDON, ClockDraft, open_clock, period_ends
from services.regimes.queries import clock_definition, clock_definition_if_any, decision_test
from services.regimes.words import ClockName, DecisionKind, Ends, FirstDay, Nation

REGIME_OF_2023 = date(2023, 1, 30)
decided = st.dates(date(2009, 4, 1), date(2060, 1, 1))
nations = st.sampled_from(Nation)


def opened(clock: str, issued_on: date, nation: str = "england") -> ClockDraft:
    at = datetime(issued_on.year, issued_on.month, issued_on.day, 12, tzinfo=LONDON)
    return open_clock(clock_definition(clock, issued_on, nation), at)


# Worked by hand: 45 days after the day of the decision; from 30 January 2023 thirty days beginning with it.
@pytest.mark.parametrize(
    ("issued_on", "last_day"),
    [
        (date(2012, 6, 1), date(2012, 7, 16)),
        (date(2020, 1, 1), date(2020, 2, 15)),
        (date(2020, 1, 20), date(2020, 3, 5)),  # over the 29th of February
        (date(2021, 1, 20), date(2021, 3, 6)),
        (date(2022, 12, 31), date(2023, 2, 14)),  # begun before the change, it keeps its length
        (date(2023, 1, 27), date(2023, 3, 13)),
        (date(2023, 1, 29), date(2023, 3, 15)),  # the last day of the old rule
        (date(2023, 1, 30), date(2023, 2, 28)),  # the first day of the new one
        (date(2023, 2, 1), date(2023, 3, 2)),
        (date(2024, 2, 1), date(2024, 3, 1)),
        (date(2026, 3, 28), date(2026, 4, 26)),  # the clocks go forward in between: days are days
    ],
)
def test_the_recovery_period_has_its_first_possible_last_day(issued_on: date, last_day: date) -> None:
    for nation in Nation:
        clock = opened("recovery_period", issued_on, nation)
        assert (clock.kind, clock.starts_on, clock.due_on, clock.provisional) == ("minimum", issued_on, last_day, False)


@given(decided, nations)
def test_a_recovery_period_is_never_shorter_than_thirty_days(issued_on: date, nation: Nation) -> None:
    assert (opened("recovery_period", issued_on, nation).due_on - issued_on).days >= 29


@given(decided)
def test_support_in_england_and_wales_lasts_as_long_as_the_recovery_period(issued_on: date) -> None:
    for nation in ("england", "wales"):
        recovery, support = (opened(name, issued_on, nation) for name in ("recovery_period", "support_period"))
        assert (support.due_on, support.proof["ends"]) == (recovery.due_on, recovery.proof["ends"])


def test_a_scottish_case_shows_both_periods_and_they_end_in_opposite_ways() -> None:
    issued_on = date(2026, 5, 22)
    recovery, support = (
        clock_definition(name, issued_on, "scotland") for name in ("recovery_period", "support_period")
    )
    assert (recovery.length, recovery.ends) == (30, Ends.LATER_OF_DUE_AND_DECISION)
    assert (support.length, support.ends) == (90, Ends.EARLIER_OF_DUE_AND_DECISION)
    assert opened("recovery_period", issued_on, "scotland").due_on == date(2026, 6, 20)
    assert opened("support_period", issued_on, "scotland").due_on == date(2026, 8, 20)


@pytest.mark.parametrize(
    ("ends", "decided_on", "last_day"),
    [
        (Ends.AT_DUE, None, date(2026, 6, 20)),
        (Ends.AT_DUE, date(2026, 6, 1), date(2026, 6, 20)),
        (Ends.LATER_OF_DUE_AND_DECISION, None, None),  # over only once the decision is made
        (Ends.LATER_OF_DUE_AND_DECISION, date(2026, 6, 1), date(2026, 6, 20)),
        (Ends.LATER_OF_DUE_AND_DECISION, date(2027, 9, 1), date(2027, 9, 1)),
        (Ends.EARLIER_OF_DUE_AND_DECISION, None, date(2026, 6, 20)),
        (Ends.EARLIER_OF_DUE_AND_DECISION, date(2026, 6, 1), date(2026, 6, 1)),
        (Ends.EARLIER_OF_DUE_AND_DECISION, date(2027, 9, 1), date(2026, 6, 20)),
    ],
)
def test_the_decision_moves_the_end_of_a_period_as_its_row_says(
    ends: Ends, decided_on: date | None, last_day: date | None
) -> None:
    assert period_ends(ends, date(2026, 6, 20), decided_on) == last_day


@given(decided, st.integers(0, 2000))
def test_protection_never_ends_before_its_minimum_nor_before_the_decision(issued_on: date, later: int) -> None:
    definition = clock_definition("recovery_period", issued_on, "england")
    due_on = opened("recovery_period", issued_on).due_on
    conclusive = issued_on + timedelta(days=later)
    assert period_ends(definition.ends, due_on, None) is None
    last_day = period_ends(definition.ends, due_on, conclusive)
    assert last_day is not None
    assert last_day >= due_on
    assert last_day >= conclusive


def test_day_one_changed_on_the_thirtieth_of_january_2023() -> None:
    before = clock_definition("recovery_period", REGIME_OF_2023 - timedelta(days=1), "england")
    after = clock_definition("recovery_period", REGIME_OF_2023, "england")
    assert (before.first_day, after.first_day) == (FirstDay.DAY_AFTER, FirstDay.EVENT_DAY)


def test_a_clock_that_a_regime_or_nation_does_not_have_is_none() -> None:
    assert clock_definition_if_any(ClockName.RECONSIDERATION, date(2024, 2, 21), "england") is None
    assert clock_definition_if_any(ClockName.RECONSIDERATION, date(2024, 2, 22), "england") is not None
    assert clock_definition_if_any(ClockName.MOVE_ON_AFTER_POSITIVE, date(2026, 5, 22), "scotland") is None
    assert clock_definition_if_any(ClockName.PROGRESS_REVIEW, date(2026, 5, 22), "england") is None


# The words of each page, on the first and the last day it applies to.
@pytest.mark.parametrize(
    ("issued_on", "words"),
    [
        (date(2012, 6, 1), "suspect but cannot prove"),
        (date(2013, 3, 31), "suspect but cannot prove"),
        (date(2014, 6, 2), "believe but cannot prove"),
        (date(2019, 4, 28), "believe but cannot prove"),
        (date(2019, 4, 29), "suspect but cannot prove"),
        (date(2023, 1, 29), "suspect but cannot prove"),
        (date(2023, 1, 30), "on objective factors"),
        (date(2023, 7, 23), "on objective factors"),
        (date(2023, 7, 24), "general and specific evidence"),
        (date(2026, 5, 22), "general and specific evidence"),
    ],
)
def test_the_day_of_issue_chooses_the_words_of_the_reasonable_grounds_test(issued_on: date, words: str) -> None:
    assert words in decision_test(DecisionKind.REASONABLE_GROUNDS, issued_on).wording


@given(decided)
def test_the_conclusive_test_is_the_balance_of_probabilities_in_every_regime(issued_on: date) -> None:
    assert "more likely than not" in decision_test(DecisionKind.CONCLUSIVE_GROUNDS, issued_on).wording
