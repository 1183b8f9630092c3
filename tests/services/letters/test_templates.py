"""Wordings are checked whole at every start: what is wrong with one is said before any letter is written."""

import csv
from pathlib import Path

import pytest

from services.letters.templates import ROWS, TemplatesAreWrongError, read, templates

SAID = {
    "a place that nothing fills": ({"body": "On {date}."}, "only authority, day, reference, until may be filled in"),
    "a place that never ends": ({"body": "On {day."}, "expected '}'"),
    "a place that is filled in no such way": ({"heading": "On {day:%Q}"}, "Invalid format specifier"),
    "a paragraph without words": ({"body": "One. ¶  ¶ Two."}, "empty"),
    "no such addressee": ({"addressee": "child"}, "'child' is not a valid Addressee"),
    "no such day": ({"valid_from": "2009-04-31"}, "day is out of range"),
    "an end after which nothing begins": ({"valid_until": "2026-01-01"}, "ends on 2026-01-01 and none begins there"),
}


def changed(folder: Path, change: dict[str, str]) -> Path:
    """The rows with the newest English wording of a suspension, for the person, changed like this."""
    with ROWS.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    (wrong,) = [row for row in rows if row["row"] == "letter-english-suspended-2009-04-01"]
    wrong |= change
    file = folder / "templates.csv"
    with file.open("w", encoding="utf-8", newline="") as lines:
        out = csv.DictWriter(lines, rows[0])
        out.writeheader()
        out.writerows(rows)
    return file


@pytest.mark.parametrize("name", SAID)
def test_a_wrong_wording_is_said_with_its_row(tmp_path: Path, name: str) -> None:
    change, sentence = SAID[name]
    with pytest.raises(TemplatesAreWrongError, match="letter-english-suspended-2009-04-01") as raised:
        read(changed(tmp_path, change))
    assert sentence in str(raised.value)


def test_a_gap_between_two_wordings_is_said(tmp_path: Path) -> None:
    text = ROWS.read_text(encoding="utf-8").replace(
        ",english,2009-04-01,2015-07-31,", ",english,2009-04-01,2015-07-30,", 1
    )
    file = tmp_path / "templates.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(TemplatesAreWrongError, match="ends on 2015-07-30 and none begins there"):
        read(file)


def test_the_rows_that_are_here_are_right() -> None:
    assert read(ROWS) == templates()
