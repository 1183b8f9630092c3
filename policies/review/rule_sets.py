"""Rules to compare: from the rule files with their reasons and walls, or from a bare table, which has neither."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from policies.rule_files import Rule, RuleError, read_folder
from policies.table import HEADER, Table
from policies.vocabulary import AccessLevel, Action, CaseClass, DataGroup, Effect, Function, Relation

WORDS: Final = (Function, Relation, CaseClass, AccessLevel, DataGroup, Action, Effect)
UNKNOWN: Final = "its reason does not stand in a table"


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
    header, *rows = csv.reader(text.splitlines())
    if tuple(header) != HEADER:
        raise RuleError(f"{name}: a compiled table starts with the line `{','.join(HEADER)}`")
    rules = [_rule(fields, place, name) for place, fields in enumerate(rows, start=2)]
    return RuleSet(Table(rules), MappingProxyType({}), has_walls=False)


def shown(rule: str) -> str:
    """The number of a rule as people wrote it."""
    return rule.partition(" ")[0]


def _rule(fields: list[str], place: int, name: str) -> Rule:
    try:
        *words, number = fields
        function, relation, when, level, group, action, effect = (
            kind(word) for kind, word in zip(WORDS, words, strict=True)
        )
    except ValueError as problem:
        raise RuleError(f"{name} line {place}: this is no row of a table: {problem}") from None
    return Rule(
        number=f"{number} {place}",
        functions=frozenset({Function(function)}),
        relations=frozenset({Relation(relation)}),
        when=frozenset({CaseClass(when)}),
        levels=frozenset({AccessLevel(level)}),
        groups=frozenset({DataGroup(group)}),
        actions=frozenset({Action(action)}),
        effect=Effect(effect),
        because=UNKNOWN,
        is_wall=False,
    )
