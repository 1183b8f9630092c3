"""Why somebody could see what at a moment: what was enforced when they looked, and what they could have seen."""

from datetime import datetime
from typing import Annotated

import strawberry

from policies.vocabulary import DataGroup
from schema.access import Access, access
from schema.context import Info
from schema.groups import value
from schema.node import uuid_of
from schema.results import Problem, problem
from schema.words import AccessLevel, Function
from services.access import queries
from services.access.views import AbilityView, AccessThenView, LookView
from services.cases.access_views import Verdict

Person = Annotated[strawberry.ID, strawberry.argument(description="Somebody of your agency.")]
Reference = Annotated[str, strawberry.argument(description="The record's reference.")]
At = Annotated[
    str | None,
    strawberry.argument(
        description="When, such as `2026-05-22T23:59`: London's time unless a zone follows. Null: now. Never to come."
    ),
]


@strawberry.type(directives=[value], description="A rule that opened something, as far as its reason is still known.")
class OpeningRule:
    number: str = strawberry.field(description="Its number, as the ledger kept it.")
    because: str = strawberry.field(description="Why it exists, in its author's words.")


@strawberry.type(directives=[value], description="A group that was given in one look.")
class GroupLookedAt:
    group: DataGroup = strawberry.field(description="The group.")
    verdict: Verdict = strawberry.field(description="Whether it was given whole or in summary.")
    rules: list[OpeningRule] = strawberry.field(description="The rules that the ledger names for it.")


@strawberry.type(
    directives=[value], description="What was enforced: one look, explained by what the ledger kept of it."
)
class EnforcedLook:
    at: datetime = strawberry.field(description="When.")
    act: str = strawberry.field(description="`see`, or the act for which they looked.")
    was_refused: bool = strawberry.field(description="Whether nothing was given.")
    function: Function = strawberry.field(description="What they acted as.")
    access_level: AccessLevel = strawberry.field(description="At which level.")
    policy_version: str = strawberry.field(description="The rules that were in force.")
    groups: list[GroupLookedAt] = strawberry.field(description="What was given. Groups that were not are not named.")


@strawberry.type(
    directives=[value],
    description="What would have been: worked out now from dated rows as they stood then. Nobody looked by this.",
)
class PossibleAccess:
    function: Function = strawberry.field(description="What they might have acted as.")
    access_level: AccessLevel = strawberry.field(description="At which level.")
    policy_version: str | None = strawberry.field(description="The rules that were in force. Null: none were yet.")
    access: Access | None = strawberry.field(
        description="As they would have been told it themselves. Null: the record was not there for them."
    )


@strawberry.type(directives=[value], description="One person and one record at one moment.")
class AccessThen:
    reference: str = strawberry.field(description="The record's reference.")
    person: str = strawberry.field(description="The person's name.")
    at: datetime = strawberry.field(description="The moment.")
    enforced: list[EnforcedLook] = strawberry.field(
        description="What was enforced on that London day until the moment, the newest first; at most 50. "
        "Empty: they did not look."
    )
    possible: list[PossibleAccess] = strawberry.field(
        description="What would have been, for each function they held. Empty: none."
    )


@strawberry.type(directives=[value], description="What became of asking.")
class AccessOfPayload:
    access: AccessThen | None = strawberry.field(description="The explanation. Null: see `problem`.")
    problem: Problem | None = strawberry.field(description="Why there is none. Null: there is one.")


async def access_of(info: Info, member: Person, reference: Reference, at: At = None) -> AccessOfPayload:
    """For governance officers; asking is in the ledger, whatever the answer."""
    asked = queries.Question(person=uuid_of(member, "Member") or queries.NOBODY, lookup=reference, at=at)
    async with info.context.turn:
        found = await queries.access_of(info.context.reading, asked)
    if isinstance(found, AccessThenView):
        return AccessOfPayload(access=_then(found), problem=None)
    return AccessOfPayload(access=None, problem=problem(found))


def _then(view: AccessThenView) -> AccessThen:
    return AccessThen(
        reference=view.reference,
        person=view.person,
        at=view.at,
        enforced=[_look(look) for look in view.enforced],
        possible=[_possible(ability) for ability in view.possible],
    )


def _look(view: LookView) -> EnforcedLook:
    groups = [
        GroupLookedAt(
            group=one.group,
            verdict=one.verdict,
            rules=[OpeningRule(number=number, because=because) for number, because in one.rules.items()],
        )
        for one in view.groups
    ]
    return EnforcedLook(
        at=view.at,
        act=view.act,
        was_refused=view.was_refused,
        function=view.function,
        access_level=view.access_level,
        policy_version=view.policy_version,
        groups=groups,
    )


def _possible(view: AbilityView) -> PossibleAccess:
    return PossibleAccess(
        function=view.function,
        access_level=view.access_level,
        policy_version=view.policy_version,
        access=access(view.access),
    )
