"""What is decided here and not found in a source is told to the reader of the docs."""

import re
from pathlib import Path

from services.regimes.queries import regimes
from services.regimes.words import Status

PAGE = Path(__file__).parents[3] / "docs" / "regimes.md"
LISTED = (
    r"`((?:authority|route|clock|test|quorum|meeting-name|sign-off|statement|asker|duty|disqualification|leave|"
    r"return|eea|british|remit|area|panel)-[^`]+)`"
)


def test_every_unverified_row_is_listed_in_the_docs() -> None:
    loaded = regimes()
    rows = loaded.rows
    unverified = {row.row for row in rows if row.status is Status.UNVERIFIED}
    listed = set(re.findall(LISTED, PAGE.read_text(encoding="utf-8")))
    assert listed == unverified


def test_every_row_names_a_source_without_an_address() -> None:
    loaded = regimes()
    for row in loaded.rows:
        assert not any(mark in row.source for mark in ("http", "www.", "@", "/"))
