"""The most that one document may ask for, checked before it is validated; every refusal names its limit."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    IntValueNode,
    OperationDefinitionNode,
    OperationType,
)

from api.document_cost import Cost, Measure, TooComplexError, int_of


@dataclass(frozen=True, slots=True)
class Budget:
    """The most that one document may ask for."""

    depth: int = 12
    fields: int = 600
    fragments: int = 500
    aliases: int = 30
    directives: int = 20
    root_fields: int = 10
    rows: int = 5_000


def check(document: DocumentNode, budget: Budget) -> bool:
    """Refuse a document with any definition beyond the budget; True when page sizes come from variables."""
    measure = Measure(document)
    for node in document.definitions:
        # Fragments that nothing uses are walked by validation too, so they count on their own.
        if isinstance(node, FragmentDefinitionNode):
            _check_cost(measure.definition(node), budget)
        elif isinstance(node, OperationDefinitionNode):
            cost = measure.definition(node)
            _check_roots(node.operation, cost.width, budget)
            _check_cost(cost, budget)
    return measure.pages_by_variable


def check_pages(
    document: DocumentNode, operation: OperationDefinitionNode, values: Mapping[str, Any], budget: Budget
) -> None:
    """Refuse an operation whose page sizes, given as variables, multiply to too many rows."""
    defaults = {
        definition.variable.name.value: int_of(definition.default_value)
        for definition in operation.variable_definitions or ()
        if isinstance(definition.default_value, IntValueNode)
    }
    _check_cost(Measure(document, {**defaults, **values}).definition(operation), budget)


def _check_cost(cost: Cost, budget: Budget) -> None:
    for sentence in _excesses(cost, budget):
        raise TooComplexError(sentence)


def _excesses(cost: Cost, budget: Budget) -> Iterator[str]:
    if cost.depth > budget.depth:
        yield f"The document nests fields more than {budget.depth} deep."
    for name in ("fields", "aliases", "directives", "fragments"):
        if getattr(cost, name) > getattr(budget, name):
            yield f"The document asks for more than {getattr(budget, name)} {name}, fragments written out."
    if cost.rows > budget.rows:
        yield f"The page sizes of the document multiply to more than {budget.rows} rows."


def _check_roots(kind: OperationType, roots: int, budget: Budget) -> None:
    if kind is OperationType.MUTATION and roots != 1:
        raise TooComplexError("A mutation has exactly one root field.")
    if roots > budget.root_fields:
        raise TooComplexError(f"An operation has more than {budget.root_fields} root fields.")
