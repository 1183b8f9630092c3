"""The generator itself: nothing of the schema is left out, and what it cannot ask about it says."""

import random
import re

import pytest
from graphql import (
    FieldNode,
    GraphQLInt,
    GraphQLInterfaceType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLString,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    parse,
    visit,
)

from api.budget import Budget, check
from tests.noninterference.language import Writer, language, mutations, roots
from tests.noninterference.library import Library
from tests.noninterference.values import NoValueError, Things, Values

DRAWN = 12


class _Seen(Visitor):
    """Every field that a document asks for."""

    def __init__(self, types: TypeInfo) -> None:
        super().__init__()
        self._types = types
        self.fields: set[str] = set()

    def enter_field(self, node: FieldNode, *_: object) -> None:
        parent = self._types.get_parent_type()
        if parent is not None and not node.name.value.startswith("__"):
            self.fields.add(f"{parent.name}.{node.name.value}")


def fields_of(text: str) -> set[str]:
    types = TypeInfo(language())
    seen = _Seen(types)
    visit(parse(text), TypeInfoVisitor(types, seen))
    return seen.fields


def reachable() -> set[str]:
    """Every field of every type below Query."""
    found: set[str] = set()
    waiting = [name for root in roots().values() for name in _names(str(root.type))]
    done: set[str] = set()
    while waiting:
        name = waiting.pop()
        kind = language().type_map[name]
        if name in done:
            continue
        done.add(name)
        waiting += [one.name for one in getattr(kind, "types", ())]
        if isinstance(kind, GraphQLInterfaceType):
            waiting += [one.name for one in language().get_implementations(kind).objects]
        if isinstance(kind, GraphQLObjectType):
            found |= {f"{name}.{field}" for field in kind.fields}
            waiting += [n for place in kind.fields.values() for n in _names(str(place.type))]
    return found


def _names(kind: str) -> list[str]:
    return re.findall(r"\w+", kind)


def test_in_some_of_the_documents_stands_every_field_that_can_be_read() -> None:
    dice = random.Random(1)  # noqa: S311 - the same documents at every run
    asked: set[str] = set()
    for name in [*roots()] * DRAWN:
        asked |= fields_of(Writer(dice).query([name]).text)

    assert len(reachable()) > 200
    assert reachable() - asked == set()


def test_the_documents_that_pairs_ask_stay_within_the_budget_of_the_door() -> None:
    library = Library(random.Random(20260522))  # noqa: S311 - the pairs' own
    for document in (*library.broad, *library.looking_up, *library.paging, *library.alone):
        check(parse(document.text), Budget())

    assert {name for document in library.broad + library.looking_up for name in document.roots} == set(roots())
    assert set(library.writing) == set(mutations())


@pytest.mark.parametrize(("name", "kind"), [("colour", GraphQLString), ("weight", GraphQLInt)])
def test_an_argument_that_nobody_knows_how_to_fill_fails_with_a_sentence(name: str, kind: GraphQLScalarType) -> None:
    values = Values(random.Random(1), Things())  # noqa: S311 - the same at every run

    with pytest.raises(NoValueError, match=rf"`{name}: (String|Int)`: say in tests/noninterference/values.py"):
        values.drawn(name, GraphQLNonNull(kind))
