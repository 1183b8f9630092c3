"""The schema is the shape of the policy: every object type has one kind, and everything is described."""

from graphql import (
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    parse,
    print_ast,
)
from graphql.language import ObjectTypeDefinitionNode

from policies.vocabulary import DataGroup
from schema.root import build_schema

KINDS = {"group", "entry", "value"}
SCHEMA = build_schema()
SDL = parse(SCHEMA.as_str())
OBJECTS = [node for node in SDL.definitions if isinstance(node, ObjectTypeDefinitionNode)]
OURS: list[GraphQLNamedType] = [t for name, t in SCHEMA._schema.type_map.items() if not name.startswith("__")]
BUILT_IN = {"String", "Boolean", "Int", "ID", "Float"}


def kinds_of(node: ObjectTypeDefinitionNode) -> list[str]:
    return [directive.name.value for directive in node.directives or () if directive.name.value in KINDS]


def test_every_object_type_has_exactly_one_kind() -> None:
    assert len(OBJECTS) > 50
    assert {node.name.value: kinds_of(node) for node in OBJECTS if len(kinds_of(node)) != 1} == {}


def test_every_data_group_that_a_record_holds_has_a_type() -> None:
    named = {
        print_ast(argument.value)
        for node in OBJECTS
        for directive in node.directives or ()
        if directive.name.value == "group"
        for argument in directive.arguments or ()
    }

    assert named == {group.name for group in DataGroup}


def test_everything_in_the_schema_is_described() -> None:
    assert [place for kind in OURS if kind.name not in BUILT_IN for place in undescribed(kind)] == []


def undescribed(kind: GraphQLNamedType) -> list[str]:
    """The places of a type that say nothing about themselves."""
    found = [] if kind.description else [kind.name]
    if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
        for name, field in kind.fields.items():
            found += [] if field.description else [f"{kind.name}.{name}"]
            found += [f"{kind.name}.{name}({a})" for a, arg in field.args.items() if not arg.description]
    if isinstance(kind, GraphQLInputObjectType):
        found += [f"{kind.name}.{name}" for name, field in kind.fields.items() if not field.description]
    return found
