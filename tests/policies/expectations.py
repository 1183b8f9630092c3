"""What people typed, as yes or no for every cell: the matrix, the acts, the worked examples."""

from collections.abc import Container, Iterable, Iterator, Mapping
from functools import cache
from itertools import product

from policies.table import Cell, Table
from policies.vocabulary import (
    ACT_GROUP,
    CONTENT_ACTIONS,
    AccessLevel,
    Action,
    CaseClass,
    DataGroup,
    Function,
    Relation,
)
from tests.policies.letters import (
    BY_APPROVERS,
    HERE,
    NOTHING,
    cells,
    class_sets,
    functions,
    levels,
    read,
    relations,
)


def surprises(table: Table, asked: Iterable[Cell]) -> Iterator[str]:
    """Every one of these cells in which the table and the people differ; silence means that all agree."""
    for cell in asked:
        function, relation, level, group, action = cell
        for classes in class_sets():
            answer = table.decide(function, relation, classes, level, group, action)
            words = f"{'/'.join(cell)} when {'|'.join(sorted(classes))}"
            if answer.allowed != expected(cell, classes):
                yield f"{words}: {answer}"
            if (answer.rule is not None) != (answer.allowed or is_walled(cell, classes)):
                yield f"{words} is denied by {answer.rule or 'silence'}"


def every_cell(function: Function, among: Iterable[Relation] = Relation) -> Iterator[Cell]:
    """Every relation and access level of one function: content on every group, acts on the record as a whole."""
    content = [*product(DataGroup, sorted(CONTENT_ACTIONS))]
    whole = [(ACT_GROUP, action) for action in Action if action not in CONTENT_ACTIONS]
    for relation, level, (group, action) in product(among, AccessLevel, content + whole):
        yield function, relation, level, group, action


def spoken_of(function: Function, table: Table) -> set[Relation]:
    """The relations of a function about which the table or the people say anything at all."""
    typed = {place[1] for place in (*cells(), *acts()) if place[0] is function}
    return typed | {row.relation for row in table.rows if row.function is function}


def expected(cell: Cell, classes: frozenset[CaseClass]) -> bool:
    """Whether the typed tables allow it."""
    function, relation, level, group, action = cell
    if level not in levels(function):
        return False
    if action in CONTENT_ACTIONS:
        return cells().get((function, relation, group), NOTHING).allows(action, classes)
    if action in BY_APPROVERS and relation is not Relation.UNRELATED and level is not AccessLevel.APPROVER:
        return False
    return group is ACT_GROUP and bool(acts().get((function, relation, action), frozenset()) & classes)


def is_walled(cell: Cell, classes: frozenset[CaseClass]) -> bool:
    """Whether a rule, and not silence, must say no."""
    function, relation, level, group, action = cell
    if level not in levels(function) or action not in CONTENT_ACTIONS:
        return False
    if cells().get((function, relation, group), NOTHING).ends(action, classes):
        return True
    return any(not exceptions & classes for exceptions in walls().get((function, relation, group, action), ()))


@cache
def walls() -> Mapping[tuple[Function, Relation, DataGroup, Action], list[set[str]]]:
    """What nobody who stands in a record may open by another rule, as typed, with the only classes excepted."""
    found: dict[tuple[Function, Relation, DataGroup, Action], list[set[str]]] = {}
    for row in read("walls.csv"):
        actions = map(Action, row["actions"].split("|"))
        for place in product(functions(row), relations(row), map(DataGroup, row["groups"].split("|")), actions):
            if place[:2] in standing():
                found.setdefault(place, []).append(set(row["except"].split("|")))
    return found


@cache
def standing() -> frozenset[tuple[Function, Relation]]:
    """Who can stand in a record at all, as typed: whoever has its core."""
    return frozenset(place[:2] for place, letter in cells().items() if place[2] is ACT_GROUP and letter.grants)


def example_surprises(table: Table, among: Container[Cell] | None = None) -> Iterator[str]:
    """The worked examples, all or those of some cells: the verdict, and the very rule that gave it."""
    for topic, row in examples():
        function, relation, level, group, action = cell = cell_of(row)
        if among is not None and cell not in among:
            continue
        classes = frozenset(CaseClass(word) for word in row["classes"].split("|"))
        answer = table.decide(function, relation, classes, level, group, action)
        if (answer.allowed, answer.rule or "none") != (row["expect"] == "ALLOW", row["rule"]):
            yield f"{topic}: {row['name']}: expected {row['expect']} by {row['rule']}, found {answer}"


def cell_of(row: Mapping[str, str]) -> Cell:
    """The cell that a worked example is about."""
    who = Function(row["function"]), Relation(row["relation"]), AccessLevel(row["access_level"])
    return (*who, DataGroup(row["group"]), Action(row["action"]))


@cache
def acts() -> Mapping[tuple[Function, Relation, Action], frozenset[CaseClass]]:
    """Who may do what to a record, as typed; an act may be typed for more than one class."""
    found: dict[tuple[Function, Relation, Action], frozenset[CaseClass]] = {}
    for row in read("acts.csv"):
        for place in product(functions(row), relations(row), map(Action, row["actions"].split("|"))):
            found[place] = found.get(place, frozenset()) | {CaseClass(row["when"])}
    return found


@cache
def examples() -> tuple[tuple[str, dict[str, str]], ...]:
    """Every worked example with its topic, which is the name of a rule file."""
    files = sorted((HERE / "examples").glob("*.csv"))
    return tuple((path.stem, row) for path in files for row in read(f"examples/{path.name}"))
