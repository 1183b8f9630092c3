"""The hand-typed matrix as cells: what each letter and each qualifier of it means, and where we depart from it."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import product
from pathlib import Path
from typing import Final, NamedTuple

from policies.vocabulary import AccessLevel, Action, CaseClass, DataGroup, Function, Relation

HERE: Final = Path(__file__).parent
WORKING: Final = frozenset({AccessLevel.PRACTITIONER, AccessLevel.APPROVER})
MACHINES: Final = frozenset({Function.REFERRAL_IMPORT, Function.PLATFORM_WORKER})
STANDING: Final[list[Relation]] = [relation for relation in Relation if relation is not Relation.UNRELATED]
LETTERS: Final[Mapping[str, frozenset[Action]]] = {
    "R": frozenset({Action.SEE}),
    "RW": frozenset({Action.SEE, Action.RECORD}),
    "W": frozenset({Action.SEE, Action.RECORD}),
    "S": frozenset({Action.SUMMARY}),
    "A": frozenset({Action.RECORD}),
    "N": frozenset(),
}
CLASSES: Final[Mapping[str, frozenset[CaseClass]]] = {
    "always": frozenset({CaseClass.ALWAYS}),
    "child": frozenset({CaseClass.CHILD}),
    "supported": frozenset({CaseClass.SUPPORTED}),
    "adult + consent": frozenset({CaseClass.SUPPORTED}),
    "if cooperation": frozenset({CaseClass.COOPERATING}),
    "if cooperation or child": frozenset({CaseClass.COOPERATING, CaseClass.CHILD}),
    "if child or referral": frozenset({CaseClass.CHILD, CaseClass.REFERRED}),
    "if child or referral or cooperation": frozenset({CaseClass.CHILD, CaseClass.REFERRED, CaseClass.COOPERATING}),
}
SHADES: Final = {"own", "own entry", "relevant", "risk"}  # they narrow what is inside the group, never when it opens
WALL: Final = "wall"
BY_APPROVERS: Final = frozenset({Action.RECORD_RESTRICT, Action.RESTRICTION_LIFT, Action.BAR_SET, Action.BAR_END})
"""Who may know of a record at all is decided on a record by the second pair of eyes only."""


class Grant(NamedTuple):
    """When an action is open: in one of these classes, and in none of those."""

    when: frozenset[CaseClass]
    unless: frozenset[CaseClass] = frozenset()


class Letter(NamedTuple):
    """One cell of the matrix for one function, relation and group."""

    grants: Mapping[Action, Grant]
    is_wall: bool = False

    def allows(self, action: Action, classes: frozenset[CaseClass]) -> bool:
        """What the people who typed the matrix expect."""
        grant = self.grants.get(action)
        return grant is not None and bool(grant.when & classes) and not grant.unless & classes

    def ends(self, action: Action, classes: frozenset[CaseClass]) -> bool:
        """Whether a rule must have taken away what another one gave."""
        return action in self.grants and bool(self.grants[action].unless & classes)


NOTHING: Final = Letter({})
ENDING: Final = {
    "until referral": Grant(frozenset({CaseClass.ALWAYS}), unless=frozenset({CaseClass.REFERRED})),
    "child until referral": Grant(frozenset({CaseClass.CHILD}), unless=frozenset({CaseClass.REFERRED})),
}


@cache
def cells() -> Mapping[tuple[Function, Relation, DataGroup], Letter]:
    """Every typed cell, departures applied; what is not typed is nothing."""
    found = dict(typed())
    for row in read("departures.csv"):
        letter = letter_of(row["instead"], "always")
        for place in product(functions(row), relations(row), map(DataGroup, row["groups"].split("|"))):
            assert found[place] != letter, f"{place} is no departure any more: take the line out"
            found[place] = letter
    return found


def typed() -> Iterator[tuple[tuple[Function, Relation, DataGroup], Letter]]:
    """The matrix as it was typed."""
    for row in read("matrix.csv"):
        for function, relation, group in product(functions(row), relations(row), DataGroup):
            yield (function, relation, group), letter_of(row[group], row["when"])


def letter_of(text: str, row_when: str) -> Letter:
    """`R`, `R child`, `N wall`, `S; A until referral`: letters, and what narrows each."""
    grants: dict[Action, Grant] = {}
    for part in text.split("; "):
        letter, _, qualifier = part.partition(" ")
        if qualifier == WALL:
            return Letter(grants, is_wall=True)
        grant = ENDING.get(qualifier) or Grant(CLASSES[row_when if qualifier in SHADES | {""} else qualifier])
        grants |= dict.fromkeys(LETTERS[letter], grant)
    return Letter(grants)


def functions(row: Mapping[str, str]) -> list[Function]:
    """The functions a row names."""
    if row["function"] == "any":
        return list(Function)
    return [Function(word) for word in row["function"].split("|")]


def relations(row: Mapping[str, str]) -> list[Relation]:
    """The relations a row names; `any except` as in the rules."""
    if row["relation"] == "any":
        return STANDING
    if row["relation"].startswith("any except "):
        return [relation for relation in STANDING if relation != row["relation"].removeprefix("any except ")]
    return [Relation(word) for word in row["relation"].split("|")]


def levels(function: Function) -> frozenset[AccessLevel]:
    """Who the matrix speaks of: people who work, or the machine."""
    return frozenset({AccessLevel.SERVICE}) if function in MACHINES else WORKING


def read(name: str) -> Iterable[dict[str, str]]:
    """A table beside the tests, read by its header."""
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, skipinitialspace=True)


@cache
def class_sets() -> tuple[frozenset[CaseClass], ...]:
    """Every set of classes that a record can have."""
    ages = [{CaseClass.ADULT}, {CaseClass.ADULT, CaseClass.SUPPORTED}, {CaseClass.CHILD}]
    cooperation: list[set[CaseClass]] = [set(), {CaseClass.COOPERATING}]
    stages: list[set[CaseClass]] = [set(), {CaseClass.REFERRED}, {CaseClass.REFERRED, CaseClass.DECIDED}]
    return tuple(frozenset({CaseClass.ALWAYS}.union(*parts)) for parts in product(ages, cooperation, stages))
