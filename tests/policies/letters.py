"""The hand-typed matrix as cells: what each letter and each qualifier of it means, and where we depart from it."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from functools import cache
from itertools import product
from pathlib import Path
from typing import Final, NamedTuple, TypeVar

from policies.vocabulary import AccessLevel, Action, CaseClass, DataGroup, Function, Relation

Word = TypeVar("Word", bound=StrEnum)
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
    "own": frozenset({Action.SEE, Action.RECORD}),
    "meta": frozenset(),  # that something was done and when, which the ledger tells and no group of a record
    "N": frozenset(),
}
CLASSES: Final[Mapping[str, frozenset[CaseClass]]] = {
    "always": frozenset({CaseClass.ALWAYS}),
    "child": frozenset({CaseClass.CHILD}),
    "case": frozenset({CaseClass.CASE}),
    "case or cooperation": frozenset({CaseClass.CASE, CaseClass.COOPERATING}),
    "if case": frozenset({CaseClass.CASE}),
    "if decided": frozenset({CaseClass.DECIDED}),
    "supported": frozenset({CaseClass.SUPPORTED}),
    "adult + consent": frozenset({CaseClass.SUPPORTED}),
    "if cooperation": frozenset({CaseClass.COOPERATING}),
    "if cooperation or child": frozenset({CaseClass.COOPERATING, CaseClass.CHILD}),
    "if child or referral": frozenset({CaseClass.CHILD, CaseClass.REFERRED}),
    "if child or referral or cooperation": frozenset({CaseClass.CHILD, CaseClass.REFERRED, CaseClass.COOPERATING}),
}
SHADES: Final = {
    "own",
    "own entry",
    "own client",
    "client",
    "relevant",
    "risk",
    "region",
    "letter",
    "with PV",
    "if involved",
}
"""They narrow what is inside the group, or say what the relation already says; never when the group opens."""
ELSEWHERE: Final[Mapping[str, Relation]] = {
    "if attended": Relation.ATTENDEE,
    "on request": Relation.RELEASED_TO,
    "own house": Relation.OWN_HOUSE,
    "own placement": Relation.OWN_HOUSE,
    "emergency": Relation.EMERGENCY,
    "as submitter": Relation.SUBMITTER,
}
"""Letters that another relation of the same function keeps: this relation alone has nothing."""
WALL: Final = "wall"
BY_APPROVERS: Final = frozenset(
    {
        Action.RECORD_RESTRICT,
        Action.RESTRICTION_LIFT,
        Action.BAR_SET,
        Action.BAR_END,
        Action.DECISION_REVOKE,
        Action.RECOVERY_DECIDE_FURTHER,
    }
)
"""Who may know of a record at all, whether a decision is taken back and whether there is a further recovery period, the
second pair of eyes alone decides."""


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
    """The matrix as it was typed, read as letters."""
    for row in read("matrix.csv"):
        for function, relation, group in product(functions(row), relations(row), DataGroup):
            yield (function, relation, group), letter_of(row[group], row["when"])


def texts() -> Iterator[tuple[Function, Relation, DataGroup, str]]:
    """The matrix as it was typed, cell by cell."""
    for row in read("matrix.csv"):
        for function, relation, group in product(functions(row), relations(row), DataGroup):
            yield function, relation, group, row[group]


def letter_of(text: str, row_when: str) -> Letter:
    """`R`, `R child`, `N wall`, `S; A until referral`: letters, and what narrows each."""
    grants: dict[Action, Grant] = {}
    for letter, qualifier in parts_of(text):
        if qualifier in ELSEWHERE:
            continue
        if qualifier == WALL:
            return Letter(grants, is_wall=True)
        grant = ENDING.get(qualifier) or Grant(CLASSES[row_when if qualifier in SHADES | {""} else qualifier])
        grants |= dict.fromkeys(LETTERS[letter], grant)
    return Letter(grants)


def parts_of(text: str) -> Iterator[tuple[str, str]]:
    """The letters of a cell, each with what narrows it; E is read in an emergency."""
    for part in text.split("; "):
        letter, _, qualifier = ("R emergency" if part == "E" else part).partition(" ")
        yield letter, qualifier


def functions(row: Mapping[str, str]) -> list[Function]:
    """The functions a row names."""
    return words(row["function"], Function, list(Function))


def relations(row: Mapping[str, str]) -> list[Relation]:
    """The relations a row names."""
    return words(row["relation"], Relation, STANDING)


def words(text: str, kind: type[Word], whole: list[Word]) -> list[Word]:
    """`a|b`, `any`, `any except a|b`."""
    if text == "any":
        return whole
    if text.startswith("any except "):
        return [word for word in whole if word not in text.removeprefix("any except ").split("|")]
    return [kind(word) for word in text.split("|")]


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
    cases = [{CaseClass.CASE}.union(*parts) for parts in product(ages, cooperation, stages)]
    notifications = [{age}.union(will) for age, will in product((CaseClass.ADULT, CaseClass.CHILD), cooperation)]
    return tuple(frozenset({CaseClass.ALWAYS} | known) for known in cases + notifications)
