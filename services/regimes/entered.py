"""Rows that two people entered for days to come, read together with the committed tables."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, TypeVar

from services.regimes.reading import parsed, read_rows
from services.regimes.row_types import RegimeRow

Row = TypeVar("Row", bound=RegimeRow)
ENTERED: Final = "entered-"
"""How the ids of such rows begin; no committed one does."""


@dataclass(frozen=True, slots=True)
class EnteredRow:
    """A line of a table, by the table's name and its columns as texts."""

    table: str
    columns: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RowSource:
    """The committed files of a folder, and what was entered since, the earliest first."""

    folder: Path
    entered: tuple[EnteredRow, ...] = ()

    def rows(self, table: str, row_type: type[Row]) -> tuple[Row, ...]:
        """Every row of the table; each entered one ends the one before it on its first day."""
        found = read_rows(self.folder / f"{table}.csv", row_type)
        for each in self.entered:
            if each.table == table:
                found = _followed(found, parsed(f"the entered row {each.columns['row']}", row_type, each.columns))
        return found


def entered_rows(text: str | None) -> tuple[EnteredRow, ...]:
    """What the database keeps of them, as lines of the tables."""
    return tuple(entered_row(content) for content in json.loads(text or "[]"))


def entered_row(content: Mapping[str, object]) -> EnteredRow:
    """One of them, by what was proposed and approved."""
    columns = content["columns"]
    if not isinstance(columns, Mapping):
        raise TypeError("the columns of an entered row are no mapping")
    texts = {name: str(content.get(name) or "") for name in ("row", "valid_from", "source", "status", "note")}
    return EnteredRow(str(content["table"]), {**columns, **texts, "valid_until": ""})


def _followed(rows: tuple[Row, ...], new: Row) -> tuple[Row, ...]:
    """One of the same kind that was entered for the same day never began: the later of the two counts."""
    return (
        *(
            replace(row, valid_until=new.valid_from) if row.key == new.key and row.valid_until is None else row
            for row in rows
            if not (row.row.startswith(ENTERED) and (row.key, row.valid_from) == (new.key, new.valid_from))
        ),
        new,
    )
