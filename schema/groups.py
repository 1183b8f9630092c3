"""The three kinds of object types, printed in the schema: group, entry and value; and what stands for a hidden one."""

from enum import Enum

import strawberry
from strawberry.schema_directive import Location

from policies.vocabulary import DataGroup

strawberry.enum(DataGroup, description="A set of facts that is disclosed as a whole or not at all.")


@strawberry.schema_directive(
    locations=[Location.OBJECT],
    name="group",
    description="One per record and disclosed whole: reading any field of it is one line of the ledger for this group.",
)
class GroupKind:
    name: DataGroup


@strawberry.schema_directive(
    locations=[Location.OBJECT],
    name="entry",
    description="A node inside a group, decided by its own relations; a hidden entry is absent.",
)
class EntryKind:
    of: DataGroup


@strawberry.schema_directive(
    locations=[Location.OBJECT], name="value", description="Has no identity of its own; belongs to where it stands."
)
class ValueKind: ...


def group(word: DataGroup) -> GroupKind:
    """Marks a type as the group `word`."""
    return GroupKind(name=word)


def entry(word: DataGroup) -> EntryKind:
    """Marks a type as an entry inside the group `word`."""
    return EntryKind(of=word)


value = ValueKind()


@strawberry.enum(description="Why a group is withheld. Never depends on a fact that you may not read.")
class WithheldReason(Enum):
    NOT_FOR_YOUR_FUNCTION = "not_for_your_function"
    NOT_ASSIGNED_TO_YOU = "not_assigned_to_you"


@strawberry.type(
    directives=[value],
    description="This group is not for you. Null means: nothing recorded that you may know of.",
)
class Withheld:
    group: DataGroup = strawberry.field(description="What is withheld.")
    reason: WithheldReason = strawberry.field(description="Why, in terms of your function and relation only.")
    requestable: bool = strawberry.field(description="Whether an information request for it could be answered.")
