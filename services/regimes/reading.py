"""Reads a table strictly: a wrong header, word or date, or an empty field, stops the start and names file and line."""

import csv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from pathlib import Path
from types import NoneType
from typing import Any, TypeVar, get_args, get_type_hints

from services.regimes.row_types import RegimeRow

Row = TypeVar("Row", bound=RegimeRow)


class RowsAreWrongError(Exception):
    """The rows contradict each other or the promise made for them; nothing may run on them."""


def read_rows(file: Path, row_type: type[Row]) -> tuple[Row, ...]:
    """Every row of the file, typed, in the file's order."""
    with file.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines, strict=True)
        _check_header(file, reader.fieldnames or [], row_type)
        return tuple(parsed(f"{file.name} line {reader.line_num}", row_type, record) for record in reader)


def _check_header(file: Path, columns: Sequence[str], row_type: type[RegimeRow]) -> None:
    expected = [field.name for field in fields(row_type)]
    if sorted(columns) != sorted(expected):
        raise RowsAreWrongError(f"{file.name}: the columns are {list(columns)}, not {expected}")


def parsed(place: str, row_type: type[Row], record: Mapping[str, str]) -> Row:
    """One line of such a table, typed; `place` is named where it is wrong."""
    hints = get_type_hints(row_type)
    try:
        values: dict[str, Any] = {column: read_value(hints[column], text) for column, text in record.items()}
        return row_type(**values)
    except (ValueError, KeyError, AttributeError) as error:
        raise RowsAreWrongError(f"{place}: {error}") from error


def read_value(hint: object, text: str) -> object:
    """One column of a line; ValueError when it is no such thing."""
    kinds = get_args(hint) or (hint,)
    if text == "" and NoneType in kinds:
        return None
    if text == "" or text != text.strip():
        raise ValueError("a field is empty or has space around it")
    kind = next(kind for kind in kinds if kind is not NoneType)
    read: Callable[[str], object] = date.fromisoformat if kind is date else kind
    return read(text)
