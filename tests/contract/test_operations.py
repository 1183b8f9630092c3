"""The named operations: each is valid, together they reach everything, and none forgets a branch of a union."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    build_schema,
    is_abstract_type,
    parse,
    validate,
    visit,
)
from graphql.utilities import separate_operations

from api.budget import Budget, check
from api.contract import SCHEMA
from api.development.examples import OPERATIONS as FOLDER
from api.development.examples import Example
from tests.contract.storyteller import OPERATIONS

WHOLE_PAGES = ("ReadCase", "ReadDutyToNotifyRecord", "ReadViewer")
each_operation = pytest.mark.parametrize("operation", OPERATIONS.values(), ids=OPERATIONS)


@pytest.fixture(scope="module")
def schema() -> GraphQLSchema:
    """As a front end builds it: from the published file."""
    return build_schema(SCHEMA.read_text(encoding="utf-8"))


@each_operation
def test_it_is_valid_and_within_the_budget(operation: Example, schema: GraphQLSchema) -> None:
    document = parse(operation.query)

    assert validate(schema, document) == []
    check(document, Budget())


@each_operation
def test_a_file_holds_one_operation_of_its_own_name(operation: Example) -> None:
    (named,) = separate_operations(parse(operation.query))

    assert named == operation.name
    assert re.fullmatch(r"[a-z_]+", operation.topic)


def test_two_operations_never_have_one_name() -> None:
    assert len(list(FOLDER.rglob("*.graphql"))) == len(OPERATIONS)


@each_operation
def test_the_variables_to_start_from_are_those_that_it_takes(operation: Example) -> None:
    document = parse(operation.query)
    taken = {v.variable.name.value for node in _operations(document) for v in node.variable_definitions or ()}
    needed = {
        v.variable.name.value
        for node in _operations(document)
        for v in node.variable_definitions or ()
        if v.type.kind == "non_null_type" and v.default_value is None
    }
    offered = set(re.findall(r'^  "(\w+)":', operation.variables, re.MULTILINE))

    assert needed <= offered <= taken


def test_every_query_and_mutation_has_an_operation(schema: GraphQLSchema) -> None:
    roots = {kind.name: set(kind.fields) for kind in (schema.query_type, schema.mutation_type) if kind}
    reached = {
        name.value
        for operation in OPERATIONS.values()
        for node in _operations(parse(operation.query))
        for name in (field.name for field in node.selection_set.selections if isinstance(field, FieldNode))
    }

    assert reached == roots["Query"] | roots["Mutation"]


@each_operation
def test_every_branch_of_every_union_is_taken_and_named(operation: Example, schema: GraphQLSchema) -> None:
    forgotten = [
        f"{choice.kind.name} without {missing}"
        for choice in _choices(parse(operation.query), schema)
        if (missing := choice.possible - choice.taken or (set() if choice.has_name else {"__typename"}))
    ]

    assert forgotten == []


PAGES_OF_THEIR_OWN = {
    *("Case.access", "DutyToNotifyRecord.access"),  # why one sees it
    *("Case.wishes", "Case.leave", "Immigration.steps", "CriminalJustice.steps"),  # what happens next
    *("Case.health", "Case.accommodation", "Case.safeAddress"),  # nobody looks at an address in passing
}


@pytest.mark.parametrize("name", WHOLE_PAGES)
def test_a_whole_page_asks_for_every_field(name: str, schema: GraphQLSchema) -> None:
    asked = _asked(parse(OPERATIONS[name].query), schema)
    roots = {"Query", "Mutation"}

    left_out = {
        f"{kind}.{field}"
        for kind in asked.keys() - roots
        for field in _object(schema, kind).fields.keys() - asked[kind]
    }

    assert left_out - PAGES_OF_THEIR_OWN == set()


@dataclass(slots=True)
class Choice:
    """A place in a document where the type of what comes back is open."""

    kind: GraphQLNamedType
    possible: set[str]
    taken: set[str]
    has_name: bool


def _operations(document: DocumentNode) -> Iterator[OperationDefinitionNode]:
    yield from (node for node in document.definitions if isinstance(node, OperationDefinitionNode))


def _choices(document: DocumentNode, schema: GraphQLSchema) -> list[Choice]:
    found: list[Choice] = []
    info = TypeInfo(schema)
    conditions = {n.name.value: n.type_condition for n in document.definitions if isinstance(n, FragmentDefinitionNode)}

    class Look(Visitor):
        def enter_selection_set(self, node: SelectionSetNode, *_: object) -> None:
            kind = info.get_parent_type()
            if not is_abstract_type(kind):
                return
            spread = {conditions[part.name.value] for part in node.selections if isinstance(part, FragmentSpreadNode)}
            inline = {part.type_condition for part in node.selections if isinstance(part, InlineFragmentNode)}
            names = {part.name.value for part in node.selections if isinstance(part, FieldNode)}
            possible = {member.name for member in schema.get_possible_types(kind)}
            taken = {condition.name.value for condition in spread | inline if condition}
            found.append(Choice(kind, possible, taken, "__typename" in names))

    visit(document, TypeInfoVisitor(info, Look()))
    return found


def _asked(document: DocumentNode, schema: GraphQLSchema) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    info = TypeInfo(schema)

    class Look(Visitor):
        def enter_field(self, node: FieldNode, *_: object) -> None:
            kind = info.get_parent_type()
            if isinstance(kind, GraphQLObjectType):
                found.setdefault(kind.name, set()).add(node.name.value)

    visit(document, TypeInfoVisitor(info, Look()))
    return found


def _object(schema: GraphQLSchema, name: str) -> GraphQLObjectType:
    kind = schema.type_map[name]
    assert isinstance(kind, GraphQLObjectType)
    return kind
