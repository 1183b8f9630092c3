"""Documents that were parsed, measured and validated once; the same text is not worked through again."""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSchema,
    GraphQLSyntaxError,
    NoSchemaIntrospectionCustomRule,
    OperationDefinitionNode,
    OperationType,
    UniqueFragmentNamesRule,
    get_operation_ast,
    parse,
    specified_rules,
    validate,
)

from api.budget import Budget, check, check_pages
from api.document_cost import TooComplexError
from api.problems import Code, Detail, Problem

_MAX_TOKENS = 1_000
_MAX_COMMENTS = 200
_MAX_ERRORS = 10
_MAX_MESSAGE = 300
# What graphql-core's parser says at its limits on tokens, comments and nesting.
_PARSER_LIMITS = ("Document contains more than", "Document is nested too deeply")
# Measured: a syntax tree with its locations takes about 300 times the bytes of its text.
_TREE_FACTOR = 300


@dataclass(frozen=True, slots=True)
class Document:
    """A document that fits the budget and the schema."""

    tree: DocumentNode
    pages_by_variable: bool


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a text is no document for us; keeps words only, no tree."""

    code: Code
    details: tuple[Detail, ...]


class Documents:
    """The documents of one schema, the least recently used forgotten first."""

    def __init__(
        self,
        schema: GraphQLSchema,
        *,
        introspection: bool = False,
        budget: Budget | None = None,
        most_documents: int = 256,
        most_bytes: int = 32 * 1024 * 1024,
    ) -> None:
        self._schema = schema
        self._rules = [*specified_rules, *([] if introspection else [NoSchemaIntrospectionCustomRule])]
        self._budget = budget or Budget()
        self._known: OrderedDict[str, Document | Refusal] = OrderedDict()
        self._most_documents, self._most_bytes, self._bytes = most_documents, most_bytes, 0

    def document(self, source: str) -> Document:
        """The document in the text, or the problem with it."""
        known = self._known.get(source)
        if known is None:
            known = self._read(source)
            self._remember(source, known)
        else:
            self._known.move_to_end(source)
        if isinstance(known, Refusal):
            raise Problem(known.code, *known.details)
        return known

    def operation(self, document: Document, name: str | None, variables: Mapping[str, Any]) -> OperationDefinitionNode:
        """The operation to execute, with the page sizes of its variables within the budget."""
        operation = get_operation_ast(document.tree, name)
        if operation is None:
            raise Problem(Code.GRAPHQL_VALIDATION_FAILED, "operationName must name one operation of the document.")
        if operation.operation is OperationType.SUBSCRIPTION:
            raise Problem(Code.GRAPHQL_VALIDATION_FAILED, "Subscriptions are not served here.")
        if document.pages_by_variable:
            _within_budget(lambda: check_pages(document.tree, operation, variables, self._budget))
        return operation

    def _read(self, source: str) -> Document | Refusal:
        try:
            tree = parse(source, max_lexical_tokens=_MAX_TOKENS, max_comments=_MAX_COMMENTS)
        except GraphQLSyntaxError as error:
            too_much = any(limit in error.message for limit in _PARSER_LIMITS)
            return _refusal(Code.TOO_COMPLEX if too_much else Code.GRAPHQL_PARSE_FAILED, [error])
        # Two fragments of one name: the budget could measure one and validation walk the other.
        if errors := _twins(self._schema, tree):
            return _refusal(Code.GRAPHQL_VALIDATION_FAILED, errors)
        try:
            pages_by_variable = check(tree, self._budget)
        except TooComplexError as error:
            return Refusal(Code.TOO_COMPLEX, (Detail(str(error)),))
        if errors := validate(self._schema, tree, self._rules, max_errors=_MAX_ERRORS, hide_suggestions=True):
            return _refusal(Code.GRAPHQL_VALIDATION_FAILED, errors)
        return Document(tree, pages_by_variable)

    def _remember(self, source: str, known: Document | Refusal) -> None:
        self._known[source] = known
        self._bytes += _weight(source, known)
        while self._bytes > self._most_bytes or len(self._known) > self._most_documents:
            self._bytes -= _weight(*self._known.popitem(last=False))


def _twins(schema: GraphQLSchema, tree: DocumentNode) -> list[GraphQLError]:
    names = [node.name.value for node in tree.definitions if isinstance(node, FragmentDefinitionNode)]
    return validate(schema, tree, [UniqueFragmentNamesRule], max_errors=1) if len(set(names)) < len(names) else []


def _within_budget(check_it: Callable[[], None]) -> None:
    try:
        check_it()
    except TooComplexError as error:
        raise Problem(Code.TOO_COMPLEX, str(error)) from None


def _refusal(code: Code, errors: list[GraphQLError]) -> Refusal:
    return Refusal(code, tuple(_detail(error) for error in errors))


def _detail(error: GraphQLError) -> Detail:
    places = tuple((place.line, place.column) for place in error.locations or ())
    message = error.message if len(error.message) <= _MAX_MESSAGE else f"{error.message[:_MAX_MESSAGE]}…"
    return Detail(message, places)


def _weight(source: str, known: Document | Refusal) -> int:
    return len(source) * (_TREE_FACTOR if isinstance(known, Document) else 4) + 4096
