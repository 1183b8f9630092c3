"""Dates and words worked out by hand, each with its source: what a court would be told of a case of that day."""

import csv
import itertools
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from services.clocks.rules import london_date, open_clock
from services.regimes import queries as regimes
from services.regimes.words import ClockName, DecisionKind

FILE = Path(__file__).with_name("golden_cases.csv")
CASES: list[dict[str, str]] = list(csv.DictReader(FILE.read_text(encoding="utf-8").splitlines(), strict=True))
CLOCKS = [case for case in CASES if case["what"] in {*ClockName}]
ERAS = ("2009-04-01", "2013-04-01", "2019-04-29", "2021-11-08", "2023-01-30", "2030-01-01")
ENOUGH = 7
"""So many stand for each regime at least."""
NATIONS = {"england", "wales", "scotland", "northern_ireland"}


def named(case: dict[str, str]) -> str:
    return f"{case['what']} {case['about']} {case['event'][:10]}"


@pytest.mark.parametrize("case", CLOCKS, ids=named)
def test_a_clock_ends_on_the_day_that_was_counted_by_hand(case: dict[str, str]) -> None:
    event = datetime.fromisoformat(case["event"])
    definition = regimes.clock_definition_if_any(ClockName(case["what"]), london_date(event), case["about"])
    if definition is None:
        assert case["expected"] == "none"
        return
    opened = open_clock(definition, event)
    assert (opened.due_on.isoformat(), opened.provisional) == (case["expected"], case["provisional"] == "yes")


@pytest.mark.parametrize("case", [case for case in CASES if case not in CLOCKS], ids=named)
def test_a_day_has_its_words_and_its_authority(case: dict[str, str]) -> None:
    day = london_date(datetime.fromisoformat(case["event"]))
    found: Any
    if case["what"] == "test":
        found = regimes.decision_test(DecisionKind(case["about"]), day).wording
    else:
        found = regimes.competent_authority(day, case["about"]).authority
    assert case["expected"] in found


def test_there_are_enough_of_them_and_each_names_where_it_comes_from() -> None:
    assert len(CASES) >= 25
    assert [case for case in CASES if not case["source"].strip()] == []
    assert {case["about"] for case in CLOCKS} == NATIONS
    eras = [date.fromisoformat(day) for day in ERAS]
    days = [london_date(datetime.fromisoformat(case["event"])) for case in CASES]
    assert all(sum(start <= day < end for day in days) >= ENOUGH for start, end in itertools.pairwise(eras))
