"""The compiled table: every cell somebody may reach, one row each, and the one way to decide on a set of classes."""

import csv
import hashlib
import io
from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from functools import cached_property
from itertools import combinations, product
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple, TypeAlias

from policies.rule_files import Rule, RuleError
from policies.vocabulary import AccessLevel, Action, CaseClass, DataGroup, Effect, Function, Relation

FILE: Final = Path(__file__).with_name("table.csv")
HEADER: Final = ("function", "relation", "when", "access_level", "group", "action", "effect", "rule")
NOTHING_ALLOWS: Final = "no rule allows it"
TOLD_BY: Final = {
    CaseClass.CASE: DataGroup.CORE,
    CaseClass.ADULT: DataGroup.IDENTITY,
    CaseClass.CHILD: DataGroup.IDENTITY,
    CaseClass.COOPERATING: DataGroup.CRIMINAL_JUSTICE,
    CaseClass.SUPPORTED: DataGroup.SUPPORT_PLAN,
    CaseClass.REFERRED: DataGroup.CORE,
    CaseClass.DECIDED: DataGroup.DECISIONS,
}
"""Which group holds the fact behind each class: whoever reads it already knows the class."""

Place: TypeAlias = tuple[Function, Relation, AccessLevel]
Cell: TypeAlias = tuple[Function, Relation, AccessLevel, DataGroup, Action]


class GrantRow(NamedTuple):
    """One row of the table, in the file, in Casbin and in PostgreSQL alike."""

    function: Function
    relation: Relation
    case_class: CaseClass
    access_level: AccessLevel
    data_group: DataGroup
    action: Action
    effect: Effect
    rule: str

    @property
    def cell(self) -> Cell:
        """What the row speaks about, whatever is true of the record."""
        return (self.function, self.relation, self.access_level, self.data_group, self.action)


class Decision(NamedTuple):
    """Yes or no, with the rule that said so and its reason in words; no rule means that nothing allows it."""

    allowed: bool
    rule: str | None
    because: str


class Table:
    """The cells of one set of rules; immutable, and quick enough to ask for every group of every record."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        """Compile the rules; contradictions and repetitions are refused."""
        self._rules = {rule.number: rule for rule in rules}
        reached = {place for rule in self._rules.values() if rule.effect is Effect.ALLOW for place in _places_of(rule)}
        plain = [rule for rule in self._rules.values() if not rule.is_wall]
        self.rows = tuple(sorted(row for rule in plain for row in _rows_of(rule) if row.cell[:3] in reached))
        self._cells: dict[Cell, list[GrantRow]] = defaultdict(list)
        for row in self.rows:
            self._cells[row.cell].append(row)
        self._walls: dict[Cell, Rule] = {}
        self._decided: dict[tuple[Cell, frozenset[CaseClass]], Decision] = {}
        self._telling: dict[tuple[Function, Relation, AccessLevel, DataGroup], bool] = {}
        for rule in self._rules.values():
            self._raise_wall(rule, reached)
        for rows in self._cells.values():
            self._refuse_repetition(rows)
            self._refuse_breach(rows)

    def decide(
        self,
        function: Function,
        relation: Relation,
        classes: frozenset[CaseClass],
        access_level: AccessLevel,
        group: DataGroup,
        action: Action,
    ) -> Decision:
        """Some allow and no deny among the rows whose class the record has; everything else is no."""
        if not isinstance(classes, frozenset):
            return Decision(False, None, NOTHING_ALLOWS)
        question = ((function, relation, access_level, group, action), classes)
        if question not in self._decided:
            self._decided[question] = self._decide(*question)
        return self._decided[question]

    def rows_of(self, cell: Cell) -> tuple[GrantRow, ...]:
        """The rows that speak about one cell."""
        return tuple(self._cells.get(cell, ()))

    def tests_hidden_facts(
        self, function: Function, relation: Relation, access_level: AccessLevel, group: DataGroup
    ) -> bool:
        """Whether a no on this group may depend on a fact that this reader can't always read.

        It depends on function, relation, level and group alone, so that the kind of no tells nothing about the record.
        """
        question = (function, relation, access_level, group)
        if question not in self._telling:
            self._telling[question] = self._tests_hidden_facts(*question)
        return self._telling[question]

    def says_the_same(self, other: "Table", cell: Cell) -> bool:
        """Whether both have the same rows and the same wall for the cell, and so the same answers for all classes."""
        return self.rows_of(cell) == other.rows_of(cell) and self._walls.get(cell) == other._walls.get(cell)

    @property
    def walled(self) -> frozenset[Cell]:
        """The cells before which a wall stands."""
        return frozenset(self._walls)

    def because(self, rule: str) -> str:
        """Why this rule exists, in its author's words."""
        return self._rules[rule].because

    @cached_property
    def reasons(self) -> Mapping[str, str]:
        """Every rule's reason, by its number."""
        return MappingProxyType({number: rule.because for number, rule in self._rules.items()})

    @cached_property
    def text(self) -> str:
        """The table as it is committed for review."""
        file = io.StringIO()
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows(self.rows)
        return file.getvalue()

    @cached_property
    def version(self) -> str:
        """Names exactly these rows, so that a past decision can be explained by the table of its day."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:16]

    def _tests_hidden_facts(
        self, function: Function, relation: Relation, access_level: AccessLevel, group: DataGroup
    ) -> bool:
        tested: set[CaseClass] = set()
        for action in (Action.SEE, Action.SUMMARY):
            cell = (function, relation, access_level, group, action)
            tested |= {row.case_class for row in self.rows_of(cell)}
            tested |= self._walls[cell].when if cell in self._walls else set()
        always = frozenset({CaseClass.ALWAYS})
        return any(
            not self.decide(function, relation, always, access_level, fact, Action.SEE).allowed
            for fact in {TOLD_BY[case_class] for case_class in tested if case_class is not CaseClass.ALWAYS}
        )

    def _decide(self, cell: Cell, classes: frozenset[CaseClass]) -> Decision:
        rows = [row for row in self.rows_of(cell) if row.case_class in classes]
        denied = [row.rule for row in rows if row.effect is Effect.DENY]
        if rows and not denied and CaseClass.ALWAYS in classes:
            return Decision(True, rows[0].rule, self.because(rows[0].rule))
        if denied:
            return Decision(False, denied[0], self.because(denied[0]))
        wall = self._walls.get(cell)
        if wall and not wall.when & classes:
            return Decision(False, wall.number, wall.because)
        return Decision(False, None, NOTHING_ALLOWS)

    def _raise_wall(self, wall: Rule, reached: Set[Place]) -> None:
        for cell in _cells_of(wall) if wall.is_wall else ():
            if cell[:3] not in reached:
                continue
            other = self._walls.setdefault(cell, wall)
            if other is not wall:
                raise RuleError(f"{other.number} and {wall.number} both wall {'/'.join(cell)}: leave it to one of them")

    def _refuse_repetition(self, rows: list[GrantRow]) -> None:
        """A cell is said once: two rules for the same cell hide the day one of them is dropped."""
        for one, other in combinations(rows, 2):
            classes = {one.case_class, other.case_class}
            if one.effect is other.effect and (CaseClass.ALWAYS in classes or len(classes) < 2):
                numbers = " and ".join(sorted((one.rule, other.rule)))
                raise RuleError(f"{numbers} say the same of {'/'.join(one.cell)}: leave it to one of them")

    def _refuse_breach(self, rows: list[GrantRow]) -> None:
        """An allow that a deny always beats, or that reaches through a wall, is a misunderstanding and not a rule."""
        wall = self._walls.get(rows[0].cell)
        shut = [row.rule for row in rows if row.effect is Effect.DENY and row.case_class is CaseClass.ALWAYS]
        if shut and wall:
            numbers = f"{shut[0]} and {wall.number}"
            raise RuleError(f"{numbers} both forbid {'/'.join(rows[0].cell)}: leave it to one of them")
        for row in rows:
            if shut and row.effect is Effect.ALLOW:
                raise RuleError(f"{row.rule} allows {'/'.join(row.cell)}, which {shut[0]} always denies: drop one")
            if wall and row.effect is Effect.ALLOW and row.case_class not in wall.when:
                raise RuleError(
                    f"{row.rule} allows {'/'.join(row.cell)} when {row.case_class}, which {wall.number} forbids except "
                    f"when {'|'.join(sorted(wall.when))}: narrow `when`, or leave the function out"
                )


def _places_of(rule: Rule) -> Iterable[Place]:
    """Where somebody can stand: a deny is written out there and nowhere else, so that the table stays short."""
    return product(rule.functions, rule.relations, rule.levels)


def _cells_of(rule: Rule) -> Iterable[Cell]:
    return product(rule.functions, rule.relations, rule.levels, rule.groups, rule.actions)


def _rows_of(rule: Rule) -> Iterable[GrantRow]:
    for (function, relation, level, group, action), case_class in product(_cells_of(rule), rule.when):
        yield GrantRow(function, relation, case_class, level, group, action, rule.effect, rule.number)
