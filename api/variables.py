"""Where the variables of an operation do not fit the schema: the path of each, never the value."""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from graphql import (
    GraphQLInputType,
    GraphQLSchema,
    OperationDefinitionNode,
    Undefined,
    get_variable_values,
    is_input_object_type,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
    is_required_input_field,
    type_from_ast,
)

from api.problems import Code, Problem

_MAX_ERRORS = 10


def check_variables(schema: GraphQLSchema, operation: OperationDefinitionNode, values: Mapping[str, Any]) -> None:
    """Refuse values that the operation's variables cannot hold, before anything is looked up."""
    coerced = get_variable_values(
        schema, operation.variable_definitions or (), dict(values), max_errors=_MAX_ERRORS, hide_suggestions=True
    )
    if isinstance(coerced, list):
        sentences = list(islice(_wrong_variables(schema, operation, values), _MAX_ERRORS))
        raise Problem(Code.BAD_USER_INPUT, *sentences)


def _wrong_variables(
    schema: GraphQLSchema, operation: OperationDefinitionNode, values: Mapping[str, Any]
) -> Iterator[str]:
    for definition in operation.variable_definitions or ():
        name = definition.variable.name.value
        type_ = type_from_ast(schema, definition.type)
        if name in values or definition.default_value is None:
            yield from _wrong(values.get(name, Undefined), type_, f"${name}")  # type: ignore[arg-type] # validated


def _wrong(value: Any, type_: GraphQLInputType, path: str) -> Iterator[str]:
    if is_non_null_type(type_):
        if value is None or value is Undefined:
            yield f"{path}: a value is required."
            return
        type_ = type_.of_type
    if value is None or value is Undefined:
        return
    if is_list_type(type_):
        items = enumerate(value) if isinstance(value, list) else [(0, value)]
        for index, item in items:
            yield from _wrong(item, type_.of_type, f"{path}[{index}]" if isinstance(value, list) else path)
    elif is_input_object_type(type_):
        yield from _wrong_object(value, type_, path)
    elif is_leaf_type(type_) and not _is_readable(value, type_):
        yield f"{path}: not a {type_.name}."


def _wrong_object(value: Any, type_: Any, path: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{path}: an object of type {type_.name} is expected."
        return
    for name, field in type_.fields.items():
        if name in value:
            yield from _wrong(value[name], field.type, f"{path}.{name}")
        elif is_required_input_field(field):
            yield f"{path}.{name}: a value is required."
    if value.keys() - type_.fields.keys():
        yield f"{path}: holds a field that {type_.name} does not have."
    if type_.is_one_of and (len(value) != 1 or None in value.values()):
        yield f"{path}: exactly one field of {type_.name} is expected."


def _is_readable(value: Any, type_: Any) -> bool:
    try:
        return type_.coerce_input_value(value) is not Undefined
    except Exception:  # noqa: BLE001 - whatever a scalar raises, its words may hold the value
        return False
