"""Beside every wall: a worked no for each group that it closes, a worked yes for each exception that it names."""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from policies import engine
from policies.rule_files import FOLDER
from policies.table import Cell
from policies.vocabulary import Action, CaseClass, DataGroup, Function, Relation
from tests.policies.expectations import cell_of, examples
from tests.policies.letters import STANDING, class_sets, words


class Exempt(NamedTuple):
    """One word that a wall leaves open: whom, how they stand, and in which class alone."""

    wall: str
    word: str
    functions: frozenset[Function]
    relations: frozenset[Relation]
    groups: frozenset[DataGroup]
    only: frozenset[CaseClass]  # the exceptions in `when` beside this one; none of them may help

    def covers(self, cell: Cell, classes: frozenset[CaseClass]) -> bool:
        """Whether a yes in this cell is one by this exception."""
        function, relation, _, group, _ = cell
        here = function in self.functions and relation in self.relations and group in self.groups
        return here and not self.only & classes and (self.word in classes or not isinstance(self.word, CaseClass))


def walls() -> Iterator[list[str]]:
    """Each line of the walls, apart from the loader."""
    for line in (FOLDER / "walls.csv").read_text(encoding="utf-8").splitlines():
        if line.startswith("p,"):
            yield [field.strip() for field in line.split(",")][1:]


def exceptions() -> Iterator[Exempt]:
    """Every word behind an `any except`."""
    for function, relation, when, _, groups, _, _, _, number in walls():
        who, how = frozenset(words(function, Function, [*Function])), frozenset(words(relation, Relation, STANDING))
        closed = frozenset(map(DataGroup, groups.split("|")))
        for one in map(Function, excepted(function)):
            yield Exempt(number, one, frozenset({one}), how, closed, frozenset())
        for other in map(Relation, excepted(relation)):
            yield Exempt(number, other, who, frozenset({other}), closed, frozenset())
        classes = frozenset(map(CaseClass, excepted(when)))
        for case_class in classes:
            yield Exempt(number, case_class, who, how, closed, classes - {case_class})


def excepted(text: str) -> list[str]:
    """The words behind `any except`."""
    return text.removeprefix("any except ").split("|") if text.startswith("any except ") else []


@cache
def looks() -> frozenset[tuple[Cell, frozenset[CaseClass]]]:
    """What anybody reads of the groups that some wall closes, in which classes of a record."""
    closed = {DataGroup(group) for wall in walls() for group in wall[4].split("|")}
    cells = {row.cell for row in engine.rows() if row.data_group in closed and row.action is not Action.RECORD}
    return frozenset((cell, classes) for cell in cells for classes in class_sets() if decide(cell, classes))


def decide(cell: Cell, classes: frozenset[CaseClass]) -> bool:
    """The answer of today."""
    function, relation, level, group, action = cell
    return engine.table().decide(function, relation, classes, level, group, action).allowed


def worked(verdict: str) -> Iterator[tuple[Cell, frozenset[CaseClass], str]]:
    """The examples with this verdict."""
    for _, row in examples():
        if row["expect"] == verdict:
            yield cell_of(row), frozenset(map(CaseClass, row["classes"].split("|"))), row["rule"]


def test_every_exception_of_a_wall_that_a_rule_uses_has_a_worked_yes() -> None:
    """A look, since what somebody may write says nothing about what they read. An exception opens nothing by itself:
    where no rule uses it, there is nobody to show."""
    used = [one for one in exceptions() if any(one.covers(*place) for place in looks())]
    shown = [(cell, classes) for cell, classes, _ in worked("ALLOW") if cell[4] is not Action.RECORD]
    missing = [f"{one.wall}: {one.word}" for one in used if not any(one.covers(*place) for place in shown)]
    assert missing == []
    assert len(used) > 20


def test_every_group_that_a_wall_closes_has_a_worked_no() -> None:
    shown = {(rule, cell[3]) for cell, _, rule in worked("DENY")}
    closed = [(wall[-1], DataGroup(group)) for wall in walls() for group in wall[4].split("|")]
    assert [f"{number}: {group}" for number, group in closed if (number, group) not in shown] == []
