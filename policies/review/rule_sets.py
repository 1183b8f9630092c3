"""Rules to compare: from the rule files with their reasons and walls, or from a bare table, which has neither."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from policies.past import grant_row, table_of
from policies.rule_files import RuleError, read_folder
from policies.table import HEADER, GrantRow, Table


@dataclass(frozen=True, slots=True)
class RuleSet:
    """A compiled table, and what its rules say about themselves."""

    table: Table
    reasons: Mapping[str, str]
    has_walls: bool


def of_folder(folder: Path) -> RuleSet:
    """The rules of a folder of rule files."""
    rules = read_folder(folder)
    reasons = {rule.number: rule.because for rule in rules}
    return RuleSet(Table(rules), MappingProxyType(reasons), has_walls=True)


def of_table(text: str, name: str) -> RuleSet:
    """The rows of a compiled table, as it is committed or as a database keeps it: one rule for each row."""
    header, *lines = csv.reader(text.splitlines()) if text else [[]]
    if tuple(header) != HEADER:
        raise RuleError(f"{name}: a compiled table starts with the line `{','.join(HEADER)}`")
    rows = [_row(fields, f"{name} line {place}") for place, fields in enumerate(lines, start=2)]
    return RuleSet(table_of(rows), MappingProxyType({}), has_walls=False)


def _row(fields: list[str], place: str) -> GrantRow:
    try:
        return grant_row(fields)
    except ValueError as problem:
        raise RuleError(f"{place}: this is no row of a table: {problem}") from None
