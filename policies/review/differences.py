"""Where two tables answer differently, for every cell and every set of classes; empty only where all answers agree."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import chain, combinations

from policies.table import Cell, Table
from policies.vocabulary import AccessLevel, CaseClass, DataGroup, Function, Relation

Classes = frozenset[CaseClass]


class Verdict(StrEnum):
    """The answers of a table; a no is either said by a rule, or only by nothing allowing it."""

    YES = "yes"
    NO = "no"
    FORBIDDEN = "forbidden"


@dataclass(frozen=True, slots=True)
class Difference:
    """One cell that two tables answer differently, and for which sets of classes."""

    cell: Cell
    before: Verdict
    after: Verdict
    when: frozenset[Classes]
    rules_before: frozenset[str]
    rules_after: frozenset[str]

    @property
    def inverse(self) -> "Difference":
        """The same, seen from the other side."""
        return Difference(self.cell, self.after, self.before, self.when, self.rules_after, self.rules_before)


@dataclass(frozen=True, slots=True, order=True)
class Telling:
    """Somebody who is told *withheld* in one table, and shown nothing at all in the other."""

    function: Function
    relation: Relation
    access_level: AccessLevel
    group: DataGroup
    told_after: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that differs. Notes (other numbers, other reasons) change nobody's access."""

    differences: tuple[Difference, ...]
    tellings: tuple[Telling, ...]
    renumbered: frozenset[tuple[str, str]]

    @property
    def is_empty(self) -> bool:
        """Whether everybody gets the same answers."""
        return not self.differences and not self.tellings


def compare(old: Table, new: Table, *, with_walls: bool = True) -> Comparison:
    """Everything that differs; without walls, which a bare table does not have, one no is like the other."""
    differences, renumbered = [], set()
    for cell in sorted(changed_cells(old, new)):
        found, numbers = _differences(old, new, cell, with_walls=with_walls)
        differences += found
        renumbered |= numbers
    return Comparison(tuple(differences), tuple(_tellings(old, new) if with_walls else ()), frozenset(renumbered))


@cache
def class_sets() -> tuple[Classes, ...]:
    """Every set of classes in which exactly one of adult and child holds."""
    ages = {CaseClass.ADULT, CaseClass.CHILD}
    others = sorted(set(CaseClass) - ages - {CaseClass.ALWAYS})
    subsets = chain.from_iterable(combinations(others, size) for size in range(len(others) + 1))
    return tuple(frozenset({CaseClass.ALWAYS, age, *subset}) for subset in subsets for age in sorted(ages))


def changed_cells(old: Table, new: Table) -> set[Cell]:
    """The cells of which the tables do not say the same; about all others they answer alike."""
    return {cell for cell in _cells(old) | _cells(new) if not old.says_the_same(new, cell)}


def _cells(table: Table) -> set[Cell]:
    return {row.cell for row in table.rows} | table.walled


def _differences(
    old: Table, new: Table, cell: Cell, *, with_walls: bool
) -> tuple[list[Difference], set[tuple[str, str]]]:
    found: dict[tuple[Verdict, Verdict], list[tuple[Classes, str | None, str | None]]] = {}
    numbers = set()
    for classes in class_sets():
        (before, one), (after, other) = (_answer(table, cell, classes, with_walls) for table in (old, new))
        if before is not after:
            found.setdefault((before, after), []).append((classes, one, other))
        elif one and other and one != other:
            numbers.add((one, other))
    return [_difference(cell, *verdicts, cases) for verdicts, cases in sorted(found.items())], numbers


def _difference(
    cell: Cell, before: Verdict, after: Verdict, cases: Iterable[tuple[Classes, str | None, str | None]]
) -> Difference:
    classes, olds, news = zip(*cases, strict=True)
    return Difference(
        cell, before, after, frozenset(classes), frozenset(filter(None, olds)), frozenset(filter(None, news))
    )


def _answer(table: Table, cell: Cell, classes: Classes, with_walls: bool) -> tuple[Verdict, str | None]:
    function, relation, level, group, action = cell
    answer = table.decide(function, relation, classes, level, group, action)
    if answer.allowed:
        return Verdict.YES, answer.rule
    return (Verdict.FORBIDDEN, answer.rule) if answer.rule and with_walls else (Verdict.NO, None)


def _tellings(old: Table, new: Table) -> Iterator[Telling]:
    for place in sorted({(f, r, level, group) for f, r, level, group, _ in _cells(old) | _cells(new)}):
        before, after = (table.tests_hidden_facts(*place) for table in (old, new))
        if before is not after:
            yield Telling(*place, told_after=not after)
