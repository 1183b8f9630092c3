"""The table of another day, from rows that were kept: it answers like the rules it came from, without their walls."""

from collections.abc import Iterable
from typing import Final

from policies.rule_files import Rule
from policies.table import GrantRow, Table
from policies.vocabulary import AccessLevel, Action, CaseClass, DataGroup, Effect, Function, Relation

WORDS: Final = (Function, Relation, CaseClass, AccessLevel, DataGroup, Action, Effect)
UNKNOWN: Final = "its reason was not kept with the table of that day"


def table_of(rows: Iterable[GrantRow]) -> Table:
    """One rule for each row; `shown` gives back the number that people know."""
    return Table(_rule(row, place) for place, row in enumerate(rows))


def grant_row(words: Iterable[str]) -> GrantRow:
    """A row from its words; ValueError where one of them means nothing today."""
    *named, number = words
    function, relation, when, level, group, action, effect = (
        kind(word) for kind, word in zip(WORDS, named, strict=True)
    )
    return GrantRow(
        Function(function),
        Relation(relation),
        CaseClass(when),
        AccessLevel(level),
        DataGroup(group),
        Action(action),
        Effect(effect),
        number,
    )


def shown(rule: str) -> str:
    """The number of a rule as people wrote it."""
    return rule.partition(" ")[0]


def _rule(row: GrantRow, place: int) -> Rule:
    return Rule(
        number=f"{row.rule} {place}",
        functions=frozenset({row.function}),
        relations=frozenset({row.relation}),
        when=frozenset({row.case_class}),
        levels=frozenset({row.access_level}),
        groups=frozenset({row.data_group}),
        actions=frozenset({row.action}),
        effect=row.effect,
        because=UNKNOWN,
        is_wall=False,
    )
