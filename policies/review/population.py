"""An invented population, always the same: who of it gets another answer about which group of which record."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from random import Random
from typing import Final
from uuid import UUID

from policies.actor import Actor
from policies.permit import RecordFacts
from policies.review.differences import Classes, changed_cells
from policies.sight import Sight
from policies.table import Table
from policies.vocabulary import ACT_GROUP, AccessLevel, Action, CaseClass, DataGroup, Function, Relation

RECORDS: Final = 240
SEED: Final = 1926
LIKELIHOOD: Final = {True: 0.75, False: 0.35}  # how often what may follow from another class holds, and what need not
NEEDS: Final = {
    CaseClass.SUPPORTED: CaseClass.ADULT,
    CaseClass.DECIDED: CaseClass.REFERRED,
}
EXAMPLES: Final = 3
Standing = tuple[Function, Relation, AccessLevel]


class Answer(StrEnum):
    """What a reader finds in a group's place."""

    WHOLE = "whole"
    SUMMARY = "in summary"
    WITHHELD = "withheld"
    EMPTY = "empty"
    NO_RECORD = "no record"


@dataclass(frozen=True, slots=True)
class Change:
    """From one answer to another: how many cells, and a few of them in words."""

    before: Answer
    after: Answer
    count: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Effect:
    """What becomes of the whole population."""

    people: int
    records: int
    cells: int
    changes: tuple[Change, ...]

    @property
    def changed(self) -> int:
        """How many cells are answered differently."""
        return sum(change.count for change in self.changes)


def effect(old: Table, new: Table, *, with_walls: bool = True) -> Effect:
    """Ask both tables about everybody whom they may answer differently; a bare one can't tell withheld from empty."""
    people = _people(old, new)
    counts: Counter[tuple[Answer, Answer]] = Counter()
    examples: dict[tuple[Answer, Answer], list[str]] = {}

    affected = {(function, relation, level) for function, relation, level, *_ in changed_cells(old, new)}

    @cache  # many records are alike
    def answered(person: Standing, classes: Classes) -> tuple[dict[DataGroup, Answer], ...]:
        return tuple(_answers(table, person, classes, with_walls) for table in (old, new))

    for number, classes in enumerate(_records(), start=1):
        for person in (one for one in people if one in affected):
            before, after = answered(person, classes)
            for group in (group for group in DataGroup if before[group] is not after[group]):
                turn = before[group], after[group]
                counts[turn] += 1
                if counts[turn] <= EXAMPLES:
                    examples.setdefault(turn, []).append(_words(person, number, classes, group))
    changes = tuple(Change(*turn, count, tuple(examples[turn])) for turn, count in counts.most_common())
    return Effect(len(people), RECORDS, len(people) * RECORDS * len(DataGroup), changes)


def _people(old: Table, new: Table) -> list[Standing]:
    """One person for each way to stand to a record in which either table lets somebody know of it."""
    return sorted(
        {
            (row.function, row.relation, row.access_level)
            for row in (*old.rows, *new.rows)
            if row.data_group is ACT_GROUP and row.action is Action.SEE
        }
    )


def _records() -> Iterator[Classes]:
    dice = Random(SEED)  # noqa: S311 - an invented population, no secret
    for _ in range(RECORDS):
        classes = {CaseClass.ALWAYS, dice.choice([CaseClass.ADULT, CaseClass.CHILD])}
        for word in CaseClass:
            if word not in classes | {CaseClass.ADULT, CaseClass.CHILD}:
                is_possible = NEEDS.get(word, CaseClass.ALWAYS) in classes
                if is_possible and dice.random() < LIKELIHOOD[word in NEEDS]:
                    classes.add(word)
        yield frozenset(classes)


def _answers(table: Table, person: Standing, classes: Classes, with_walls: bool) -> dict[DataGroup, Answer]:
    function, relation, level = person
    nobody = UUID(int=0)
    sight = Sight(
        table, Actor(nobody, nobody, nobody, function, level), [RecordFacts(nobody, nobody, relation, classes)]
    )
    everything = frozenset(DataGroup)
    whole = sight.groups(everything, Action.SEE)
    if ACT_GROUP not in whole:
        return dict.fromkeys(DataGroup, Answer.NO_RECORD)
    summary = sight.groups(everything - whole, Action.SUMMARY)
    silent = sight.silent(everything - whole - summary) if with_walls else frozenset[DataGroup]()
    found = dict.fromkeys(DataGroup, Answer.WITHHELD)
    for groups, answer in ((whole, Answer.WHOLE), (summary, Answer.SUMMARY), (silent, Answer.EMPTY)):
        found |= dict.fromkeys(groups, answer)
    return found


def _words(person: Standing, number: int, classes: Classes, group: DataGroup) -> str:
    function, relation, level = (word.replace("_", " ") for word in person)
    true = ", ".join(sorted(classes - {CaseClass.ALWAYS}))
    return f"{group.replace('_', ' ')} of record {number} ({true}), for {function} ({level}) as {relation}"
