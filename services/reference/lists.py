"""The shipped lists, read from their files once per process and never changed after."""

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

FOLDER = Path(__file__).parent / "lists"
NAMES = (
    "countries",
    "local_authorities",
    "nationalities",
    "organisations",
    "police_forces",
    "regions",
    "towns",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One name of a list, with the dates between which a form may use it; None is open."""

    code: str
    name: str
    valid_from: date | None
    valid_until: date | None
    note: str | None = None

    def is_valid(self, at: date | None) -> bool:
        """Whether a form of that date may use the name; without a date every name counts."""
        return at is None or within(at, self.valid_from, self.valid_until)


@dataclass(frozen=True, slots=True)
class ReferenceList:
    """A list in its shipped order, and by code and by name."""

    entries: tuple[Entry, ...]
    by_key: MappingProxyType[str, Entry]


def within(at: date, first: date | None, last: date | None) -> bool:
    """Whether the day lies between the two, both included; None is open."""
    return (first is None or first <= at) and (last is None or at <= last)


@cache
def load(name: str) -> ReferenceList:
    """The list of that name, one of NAMES."""
    entries = tuple(_entry(row) for row in rows(name))
    by_key = {entry.code: entry for entry in entries} | {entry.name: entry for entry in entries}
    return ReferenceList(entries, MappingProxyType(by_key))


def rows(name: str) -> Any:
    """The content of a data file."""
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def day(text: str | None) -> date | None:
    """A day of a data file; None is open."""
    return date.fromisoformat(text) if text else None


def _entry(row: dict[str, Any]) -> Entry:
    return Entry(row["code"], row["name"], day(row["valid_from"]), day(row["valid_until"]), row.get("note"))
