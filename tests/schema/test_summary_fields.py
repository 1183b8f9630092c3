"""What a summary holds is said in the vocabulary of the rules; what is stored and what clients are given is that."""

from collections.abc import Mapping
from dataclasses import fields

from graphql import GraphQLObjectType

from policies import engine
from policies.vocabulary import SUMMARY_FIELDS, Action, DataGroup, Effect
from schema.groups import GroupKind
from schema.root import build_schema
from services.cases.living import AccommodationSummary, HealthSummary
from services.referrals.summaries import SUMMARIES

COUNTED = "version"  # beside which version of the group it stands


def given() -> Mapping[DataGroup, frozenset[str]]:
    """What clients can ask of the summary of each group, as Python writes it."""
    found: dict[DataGroup, frozenset[str]] = {}
    for name, kind in build_schema()._schema.type_map.items():
        if name.endswith("Summary") and isinstance(kind, GraphQLObjectType):
            definition = kind.extensions["strawberry-definition"]
            (group,) = (mark.name for mark in definition.directives if isinstance(mark, GroupKind))
            assert group not in found, name
            found[group] = frozenset(field.python_name for field in definition.fields) - {COUNTED}
    return found


def test_clients_are_given_what_the_vocabulary_names() -> None:
    assert given() == SUMMARY_FIELDS


def test_what_is_stored_is_what_the_vocabulary_names() -> None:
    stored = {DataGroup(group): kind for group, kind in SUMMARIES.items()}
    kinds = stored | {DataGroup.HEALTH: HealthSummary, DataGroup.ACCOMMODATION: AccommodationSummary}
    for group, kind in kinds.items():
        assert frozenset(field.name for field in fields(kind)) == SUMMARY_FIELDS[group], group
    computed = {DataGroup.DECISIONS, DataGroup.DISQUALIFICATION, DataGroup.LEAVE}  # from steps, when they are read
    assert kinds.keys() | computed == SUMMARY_FIELDS.keys()


def test_every_group_that_a_rule_opens_in_summary_has_one() -> None:
    opened = {row.data_group for row in engine.rows() if row.action is Action.SUMMARY and row.effect is Effect.ALLOW}
    assert opened == SUMMARY_FIELDS.keys()
