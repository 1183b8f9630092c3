"""What a selection costs with its fragments written out: one pass, each fragment measured once, counts saturating."""

from collections.abc import Mapping, Sized
from typing import Any, NamedTuple

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    IntValueNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    ValueNode,
    VariableNode,
)

# Counts stop here: a document of a few hundred bytes can ask for more fields than there are atoms.
SATURATION = 1_000_000
# No honest document nests this many selection sets; it bounds our own recursion, whatever the text looks like.
_DEEPEST_NESTING = 64
_PAGE_ARGUMENTS = frozenset({"first", "last"})
# Introspection is about the schema, not the data: its depth is bounded by graphql-core's own rule, its size by ours.
_INTROSPECTION = frozenset({"__schema", "__type"})


class Cost(NamedTuple):
    """What a selection asks for once its fragments are written out."""

    depth: int = 0
    fields: int = 0
    fragments: int = 0
    aliases: int = 0
    directives: int = 0
    width: int = 0
    rows: int = 0

    def beside(self, other: "Cost") -> "Cost":
        """Both selections together."""
        sums = (min(mine + theirs, SATURATION) for mine, theirs in zip(self[1:], other[1:], strict=True))
        return Cost(max(self.depth, other.depth), *sums)


class TooComplexError(Exception):
    """The document asks for more than the budget; the message names the limit."""


class Measure:
    """Costs of one document's definitions; `visits` counts the selections looked at."""

    def __init__(self, document: DocumentNode, variables: Mapping[str, Any] | None = None) -> None:
        self._fragments = {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}
        self._variables = variables or {}
        self._known: dict[str, Cost] = {}
        self.visits = 0
        self.pages_by_variable = False

    def definition(self, node: OperationDefinitionNode | FragmentDefinitionNode) -> Cost:
        """What one operation or fragment asks for."""
        if isinstance(node, FragmentDefinitionNode):
            return self._fragment(node.name.value, 0)
        directives = _count(node.directives) + sum(
            _count(variable.directives) for variable in node.variable_definitions or ()
        )
        return self._selections(node.selection_set, 0).beside(Cost(directives=directives))

    def _selections(self, selection_set: SelectionSetNode | None, nesting: int) -> Cost:
        if nesting > _DEEPEST_NESTING:
            raise TooComplexError(f"The document nests more than {_DEEPEST_NESTING} selection sets.")
        cost = Cost()
        for selection in selection_set.selections if selection_set else ():
            self.visits += 1
            cost = cost.beside(self._selection(selection, nesting + 1))
        return cost

    def _selection(self, node: SelectionNode, nesting: int) -> Cost:
        directives = Cost(directives=_count(node.directives))
        if isinstance(node, FieldNode):
            return self._field(node, nesting).beside(directives)
        uses = directives.beside(Cost(fragments=1))
        if isinstance(node, FragmentSpreadNode):
            return self._fragment(node.name.value, nesting).beside(uses)
        if isinstance(node, InlineFragmentNode):
            return self._selections(node.selection_set, nesting).beside(uses)
        raise TypeError(type(node).__name__)

    def _field(self, node: FieldNode, nesting: int) -> Cost:
        inner = self._selections(node.selection_set, nesting)
        page = max((self._page(a.value) for a in node.arguments or () if a.name.value in _PAGE_ARGUMENTS), default=None)
        return Cost(
            depth=1 if node.name.value in _INTROSPECTION else inner.depth + 1,
            fields=min(inner.fields + 1, SATURATION),
            fragments=inner.fragments,
            aliases=min(inner.aliases + (node.alias is not None), SATURATION),
            directives=inner.directives,
            width=1,
            rows=inner.rows if page is None else min(page * max(inner.rows, 1), SATURATION),
        )

    def _fragment(self, name: str, nesting: int) -> Cost:
        if name not in self._known:
            fragment = self._fragments.get(name)
            # While it is being measured a fragment costs nothing: a cycle ends here and validation reports it.
            self._known[name] = Cost()
            if fragment is not None:
                inner = self._selections(fragment.selection_set, nesting)
                self._known[name] = inner.beside(Cost(directives=_count(fragment.directives)))
        return self._known[name]

    def _page(self, value: ValueNode) -> int:
        number: object = None
        if isinstance(value, IntValueNode):
            number = int_of(value)
        elif isinstance(value, VariableNode):
            self.pages_by_variable = True
            number = self._variables.get(value.name.value)
        return min(max(int(number), 1), SATURATION) if isinstance(number, int | float) else 1


def int_of(literal: IntValueNode) -> int:
    """The number, as far as it matters."""
    # Longer numbers are no 32-bit Int anyway, and slow to read.
    return int(literal.value) if len(literal.value) <= 11 else SATURATION


def _count(nodes: Sized | None) -> int:
    return len(nodes or ())
