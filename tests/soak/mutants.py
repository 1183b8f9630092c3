"""Python with one thing wrong: every small mistake that somebody could make in a file, one at a time."""

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

COMPARISONS: Final[dict[type[ast.cmpop], type[ast.cmpop]]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
}
OPERATIONS: Final[dict[type[ast.operator], type[ast.operator]]] = {
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
    ast.BitXor: ast.BitOr,
    ast.Sub: ast.BitOr,
    ast.Add: ast.Sub,
    ast.Div: ast.Mult,
    ast.Mult: ast.Add,
}
NAMES: Final = {"any": "all", "all": "any", "min": "max", "max": "min"}
STATEMENTS: Final = (ast.Expr, ast.Assign, ast.AugAssign, ast.Raise, ast.Continue)
NEVER_AT_RUN_TIME: Final = {"annotation", "returns", "type_params"}
TARGETS: Final[dict[type[ast.AST], str]] = {ast.Assign: "targets", ast.AnnAssign: "target"}


@dataclass(frozen=True)
class Mutant:
    """A file with one mistake: the line as it was, and what was done to it."""

    line: int
    source: str
    mistake: str
    tree: ast.Module


def mutants_of(text: str) -> Iterator[Mutant]:
    """Every mutant of a file; the text itself is not changed."""
    tree, lines = ast.parse(text), text.splitlines()
    for path, mistake, wrong in _mistakes(tree, ()):
        line = _line(tree, path)
        yield Mutant(line, lines[line - 1].strip(), mistake, _with(tree, path, wrong))


Path = tuple[tuple[str, int | None], ...]  # from the root: a field, and the place in it where it is a list


def _mistakes(node: ast.AST, path: Path) -> Iterator[tuple[Path, str, ast.AST]]:
    """Where, what in words, and what stands there instead."""
    for mistake, wrong in _wrong(node):
        yield path, mistake, ast.copy_location(wrong, node)
    for field, value in ast.iter_fields(node):
        if field in NEVER_AT_RUN_TIME or _is_silent(node, field):
            continue
        children = value if isinstance(value, list) else [value]
        for place, child in enumerate(children):
            if isinstance(child, ast.AST) and not _is_docstring(child):
                yield from _mistakes(child, (*path, (field, place if isinstance(value, list) else None)))


def _wrong(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    if isinstance(node, ast.Compare):
        for place, operator in enumerate(node.ops):
            other = COMPARISONS[type(operator)]
            yield f"{type(operator).__name__} → {other.__name__}", _changed(node, "ops", other(), place)
    elif isinstance(node, ast.BoolOp):
        other_way = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        yield f"{type(node.op).__name__} → {type(other_way).__name__}", _changed(node, "op", other_way)
    elif isinstance(node, (ast.BinOp, ast.AugAssign)) and type(node.op) in OPERATIONS:
        swapped = OPERATIONS[type(node.op)]
        yield f"{type(node.op).__name__} → {swapped.__name__}", _changed(node, "op", swapped())
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield "not → nothing", node.operand
    elif isinstance(node, ast.Constant):
        yield from _wrong_constant(node)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in NAMES:
        yield (
            f"{node.func.id} → {NAMES[node.func.id]}",
            _changed(node, "func", ast.Name(NAMES[node.func.id], ast.Load())),
        )
    yield from _wrong_statement(node)
    yield from _wrong_condition(node)


def _wrong_constant(node: ast.Constant) -> Iterator[tuple[str, ast.AST]]:
    if isinstance(node.value, bool):
        yield f"{node.value} → {not node.value}", ast.Constant(not node.value)
    elif isinstance(node.value, int):
        yield f"{node.value} → {node.value + 1}", ast.Constant(node.value + 1)
    elif isinstance(node.value, str):
        yield f"{node.value!r} → another word", ast.Constant(f"{node.value}x")


def _wrong_statement(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    if isinstance(node, STATEMENTS):
        yield f"{type(node).__name__} left out", ast.Pass()
    if isinstance(node, ast.Return) and node.value and not _is_none(node.value):
        yield "returns None", ast.Return(ast.Constant(None))


def _wrong_condition(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    if isinstance(node, (ast.If, ast.IfExp, ast.While)):
        yield "condition the other way round", _changed(node, "test", ast.UnaryOp(ast.Not(), node.test))
    if isinstance(node, ast.comprehension):
        for place, _ in enumerate(node.ifs):
            yield f"filter {place} left out", _changed(node, "ifs", None, place)


def _changed(node: ast.AST, field: str, value: ast.AST | None, place: int | None = None) -> ast.AST:
    found = copy.copy(node)
    if place is None:
        setattr(found, field, value)
    else:
        kept = list(getattr(node, field))
        kept[place : place + 1] = [value] if value else []
        setattr(found, field, kept)
    return found


def _line(tree: ast.AST, path: Path) -> int:
    """The line on which the innermost node that has one begins."""
    line = 1
    for field, place in path:
        found = getattr(tree, field)
        tree = found if place is None else found[place]
        line = getattr(tree, "lineno", line)
    return line


def _with(tree: ast.Module, path: Path, wrong: ast.AST) -> ast.Module:
    """The tree with something else at one place; only what leads there is copied."""
    if not path:
        raise ValueError("a file as a whole has no mutant")
    root = copy.copy(tree)
    node: ast.AST = root
    for number, (field, place) in enumerate(path):
        value = getattr(node, field)
        old = value if place is None else value[place]
        new = wrong if number == len(path) - 1 else copy.copy(old)
        if place is None:
            setattr(node, field, new)
        else:
            setattr(node, field, [*value[:place], new, *value[place + 1 :]])
        node = new
    return ast.fix_missing_locations(root)


def _is_silent(node: ast.AST, field: str) -> bool:
    """Messages for people, the words of an enumeration, and what only a type checker or the memory notices."""
    if isinstance(node, (ast.Raise, ast.JoinedStr)):
        return True
    if isinstance(node, ast.keyword):
        return node.arg == "slots"
    if isinstance(node, ast.ClassDef):
        return any(isinstance(base, ast.Name) and base.id == "StrEnum" for base in node.bases)
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name) and node.func.id == "TypeVar"
    if isinstance(node, ast.AnnAssign) and field == "value":
        return isinstance(node.annotation, ast.Name) and node.annotation.id == "TypeAlias"
    return TARGETS.get(type(node)) == field


def _is_docstring(node: ast.AST) -> bool:
    """A sentence that stands alone."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None
