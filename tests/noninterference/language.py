"""Documents made from the schema itself, every field of it: a new one is covered at once."""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from graphql import (
    FieldNode,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    OperationDefinitionNode,
    get_named_type,
    is_required_argument,
    parse,
)

from api.budget import Budget, check
from api.development.examples import read_examples
from api.document_cost import TooComplexError
from schema.root import build_schema
from tests.noninterference.values import NoValueError, Values

ALONE = frozenset({"id", "reference"})  # a look-up names its thing in one of these ways
DEEPEST = 6
MOST_FIELDS = 240
Slot = tuple[str, str, GraphQLInputType, str]  # variable, argument, its type, and the type of what is asked for


@cache
def language() -> GraphQLSchema:
    """The schema as it is served."""
    return build_schema()._schema


def roots() -> dict[str, GraphQLField]:
    """Every field of Query."""
    query = language().query_type
    assert query is not None
    return dict(query.fields)


def looks_up(root: GraphQLField) -> bool:
    """Whether the field finds one thing by name."""
    return any(get_named_type(a.type).name == "ID" or name == "reference" for name, a in root.args.items())


def pages(root: GraphQLField) -> bool:
    """Whether the field gives a list in pages."""
    return "after" in root.args


@dataclass(frozen=True)
class Document:
    """A text with its variables still to be filled."""

    text: str
    roots: tuple[str, ...]
    slots: tuple[Slot, ...] = field(repr=False)

    def filled(self, values: Values, **given: Any) -> bytes:
        """The body of one request; of several ways to name a thing one is kept."""
        variables = {v: values.drawn(of if name == "id" else name, kind) for v, name, kind, of in self.slots}
        variables |= {v: given[name] for v, name, *_ in self.slots if name in given}
        for prefix in {variable.partition("_")[0] for variable, name, *_ in self.slots if name in ALONE}:
            own = {v: of for v, name, _, of in self.slots if v.startswith(f"{prefix}_") and name in ALONE}
            if len(own) > 1:
                kept = values.dice.choice(list(own))
                alone = values.an_id(own[kept]) if kept.endswith("_id") else values.a_reference()
                variables |= dict.fromkeys(own) | {kept: alone}
        return json.dumps({"query": self.text, "variables": variables}).encode()


class Writer:
    """Writes one document; what it asks below a field is drawn, with all that is drawn the schema is covered."""

    def __init__(self, dice: random.Random) -> None:
        self._dice = dice
        self._slots: list[Slot] = []
        self._left = MOST_FIELDS
        self._aliases = 30

    def query(self, names: list[str]) -> Document:
        """A query for these root fields, as large as the door allows."""
        for most in (MOST_FIELDS, MOST_FIELDS // 2, MOST_FIELDS // 4):
            self._slots, self._aliases = [], 30
            document = self._query(names, most // len(names))
            try:
                check(parse(document.text), Budget())
            except TooComplexError:
                continue
            return document
        raise AssertionError(f"{names} ask for more than the door allows")

    def _query(self, names: list[str], share: int) -> Document:
        lines = []
        for number, name in enumerate(names):
            self._left = share
            lines.append(self._root(f"r{number}", name, roots()[name]))
        declared = ", ".join(f"${variable}: {kind}" for variable, _, kind, _ in self._slots)
        text = f"query{f' ({declared})' if declared else ''} {{ {' '.join(lines)} }}"
        return Document(text, tuple(names), tuple(self._slots))

    def _root(self, alias: str, name: str, root: GraphQLField) -> str:
        self._aliases -= 1
        return f"{alias}: {name}{self._arguments(alias, root)}{self._below(get_named_type(root.type), 1)}"

    def _arguments(self, path: str, place: GraphQLField, *, all_of_them: bool = True) -> str:
        given = []
        for name, argument in place.args.items():
            if all_of_them or is_required_argument(argument):
                variable = f"{path}_{name}"
                self._slots.append((variable, name, argument.type, get_named_type(place.type).name))
                given.append(f"{name}: ${variable}")
        return f"({', '.join(given)})" if given else ""

    def _below(self, kind: GraphQLNamedType, depth: int) -> str:
        if isinstance(kind, GraphQLUnionType):
            members = list(kind.types)
        elif isinstance(kind, GraphQLInterfaceType):
            members = list(language().get_implementations(kind).objects)
        elif isinstance(kind, GraphQLObjectType):
            return f" {{ __typename {' '.join(self._fields(kind, depth, {}))} }}"
        else:
            return ""
        types: dict[str, str] = {}
        inner = [f"... on {one.name} {{ __typename {' '.join(self._fields(one, depth, types))} }}" for one in members]
        return f" {{ __typename {' '.join(inner)} }}"

    def _fields(self, kind: GraphQLObjectType, depth: int, types: dict[str, str]) -> Iterator[str]:
        order = list(kind.fields.items())
        self._dice.shuffle(order)
        for name, place in sorted(order, key=lambda item: bool(self._is_composite(item[1]))):
            inner = self._is_composite(place)
            is_over = self._left < 8 or depth >= DEEPEST
            if self._left <= 0 and not inner:
                continue
            self._left -= 1
            written = self._name(kind, name, str(place.type), types)
            if written is not None:
                given = self._arguments(f"n{len(self._slots)}", place, all_of_them=False)
                # When there is no room for more, which kind of answer it is.
                below = self._below(get_named_type(place.type), depth + 1) if not is_over else " { __typename }"
                yield f"{written}{given}{below if inner else ''}"

    def _name(self, kind: GraphQLObjectType, name: str, type_of: str, types: dict[str, str]) -> str | None:
        """Two members of a union may call different things by one name."""
        if types.setdefault(name, type_of) == type_of:
            return name
        self._aliases -= 1
        return f"{name}Of{kind.name}: {name}" if self._aliases >= 0 else None

    @staticmethod
    def _is_composite(place: GraphQLField) -> bool:
        return isinstance(get_named_type(place.type), GraphQLObjectType | GraphQLUnionType | GraphQLInterfaceType)


@dataclass(frozen=True)
class Mutation:
    """A published operation that writes, with the example of its input."""

    name: str
    text: str
    example: dict[str, Any] | None
    input: GraphQLInputObjectType | None

    def filled(self, values: Values) -> bytes:
        """The body of one request."""
        variables = (
            {} if self.example is None or self.input is None else {"input": values.varied(self.example, self.input)}
        )
        return json.dumps({"query": self.text, "variables": variables}).encode()


def mutations() -> dict[str, Mutation]:
    """Every field of Mutation, by the operation that the contract publishes for it."""
    kind = language().mutation_type
    assert kind is not None
    published = {_root_of(example.query): example for example in read_examples()}
    found = {}
    for name, place in kind.fields.items():
        if name not in published:
            raise NoValueError(f"No pair would ever try `{name}`: publish an operation for it in frontend-contract/.")
        example = json.loads(published[name].variables).get("input")
        wanted = get_named_type(place.args["input"].type) if "input" in place.args else None
        assert wanted is None or isinstance(wanted, GraphQLInputObjectType)
        found[name] = Mutation(name, published[name].query, example, wanted)
    return found


def _root_of(text: str) -> str:
    (operation,) = (node for node in parse(text).definitions if isinstance(node, OperationDefinitionNode))
    root = operation.selection_set.selections[0]
    assert isinstance(root, FieldNode)
    return root.name.value
