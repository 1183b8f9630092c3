"""The fifty edge cases of the domain: each is held by tests that exist, or says why it is not."""

import csv
import re
from pathlib import Path

TESTS = Path(__file__).parents[1]
ROWS = list(csv.DictReader((TESTS / "edge_cases.csv").read_text(encoding="utf-8").splitlines()))


def named(row: dict[str, str]) -> list[str]:
    return [name for name in row["tests"].split("|") if name]


def missing(name: str) -> bool:
    """Whether there is no such test in that file."""
    path, _, test = name.partition("::")
    found = TESTS / path
    return not (found.is_file() and re.search(rf"^(async )?def {re.escape(test)}\(", found.read_text("utf-8"), re.M))


def test_there_are_fifty_in_order() -> None:
    assert [row["number"] for row in ROWS] == [str(number) for number in range(1, 51)]


def test_each_has_a_test_or_a_written_reason() -> None:
    assert [row["number"] for row in ROWS if not named(row) and len(row["reason"]) < 40] == []
    assert sum(bool(named(row)) for row in ROWS) > 40


def test_every_named_test_exists() -> None:
    assert {
        row["number"]: [name for name in named(row) if missing(name)] for row in ROWS if any(map(missing, named(row)))
    } == {}


def test_a_name_that_is_nowhere_is_noticed() -> None:
    assert missing("journeys/test_drafts.py::test_nothing_of_the_kind")
    assert missing("journeys/test_nowhere.py::test_nothing")
