"""What a client asked for below a field: the only thing that services learn of a query."""

from collections.abc import Iterator, Mapping
from typing import Any

from graphql import FieldNode, FragmentSpreadNode, GraphQLResolveInfo, InlineFragmentNode, SelectionSetNode
from graphql.execution.values import VariableValues, get_directive_values
from graphql.type import GraphQLIncludeDirective, GraphQLSkipDirective

from policies.vocabulary import DataGroup
from schema.context import Info
from services.cases.views import AskedPart, Part

FIELDS: Mapping[str, AskedPart] = {
    "access": Part.ACCESS,
    "identity": DataGroup.IDENTITY,
    "contact": DataGroup.CONTACT,
    "account": DataGroup.ACCOUNT,
    "exploiters": DataGroup.EXPLOITERS,
    "evidence": DataGroup.EVIDENCE,
    "referrer": DataGroup.REFERRER,
    "immigration": DataGroup.IMMIGRATION,
    "criminalJustice": DataGroup.CRIMINAL_JUSTICE,
    "supportPlan": DataGroup.SUPPORT_PLAN,
    "health": DataGroup.HEALTH,
    "accommodation": DataGroup.ACCOMMODATION,
    "safeAddress": DataGroup.SAFE_ADDRESS,
    "childProtection": DataGroup.CHILD_PROTECTION,
    "credibility": DataGroup.CREDIBILITY,
    "clocks": DataGroup.CLOCKS,
    "decisions": DataGroup.DECISIONS,
    "strategyMinutes": DataGroup.STRATEGY_MINUTES,
    "informationRequests": DataGroup.INFORMATION_REQUESTS,
    "decisionReasons": DataGroup.DECISION_REASONS,
    "disqualification": DataGroup.DISQUALIFICATION,
    "protection": DataGroup.PROTECTION,
    "wishes": DataGroup.WISHES,
    "leave": DataGroup.LEAVE,
    "particulars": DataGroup.DUTY_TO_NOTIFY,
}
"""What each field of a record's type asks for."""


def asked(info: Info, type_name: str, *path: str) -> frozenset[AskedPart]:
    """The groups and other parts asked for on `type_name`, found below this field at `path`."""
    raw: GraphQLResolveInfo[Any] = info._raw_info
    nodes = [node for field in raw.field_nodes for node in _below(field.selection_set, type_name, raw)]
    for step in path:
        nodes = [
            inner for node in nodes if node.name.value == step for inner in _below(node.selection_set, type_name, raw)
        ]
    return frozenset(FIELDS[node.name.value] for node in nodes if node.name.value in FIELDS)


def _below(selections: SelectionSetNode | None, type_name: str, raw: GraphQLResolveInfo[Any]) -> Iterator[FieldNode]:
    for node in selections.selections if selections else ():
        if not _included(node, raw.variable_values):
            continue
        if isinstance(node, FieldNode):
            yield node
        elif isinstance(node, FragmentSpreadNode):
            fragment = raw.fragments[node.name.value]
            if _may_be(fragment.type_condition.name.value, type_name):
                yield from _below(fragment.selection_set, type_name, raw)
        elif isinstance(node, InlineFragmentNode):
            condition = node.type_condition
            if condition is None or _may_be(condition.name.value, type_name):
                yield from _below(node.selection_set, type_name, raw)


def _may_be(condition: str, type_name: str) -> bool:
    """A fragment on another record's type asks nothing of this one; on payloads and pages on the way it does."""
    records = {"Case", "DutyToNotifyRecord"}
    return condition == type_name or condition not in records


def _included(node: Any, variables: VariableValues) -> bool:
    skip = get_directive_values(GraphQLSkipDirective, node, variables)
    include = get_directive_values(GraphQLIncludeDirective, node, variables)
    return not (skip and skip["if"]) and not (include and not include["if"])
