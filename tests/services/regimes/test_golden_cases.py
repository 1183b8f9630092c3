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
    eras = (date(2009, 4, 1), date(2013, 4, 1), date(2019, 4, 29), date(2023, 1, 30), date(2030, 1, 1))
    days = [datetime.fromisoformat(case["event"]).date() for case in CASES]
    assert all(any(start <= day < end for day in days) for start, end in itertools.pairwise(eras))
