"""Looking at what somebody would leave, and ending their membership."""

from datetime import date
from typing import Annotated
from uuid import UUID

import strawberry
from strawberry import UNSET

from schema import leaving_views
from schema.administering import REASON
from schema.context import Info
from schema.groups import value
from schema.inputs import INPUT, KEY, content_of
from schema.leaving_views import EndedMembership, Leaving, PlannedEnd
from schema.node import uuid_of
from schema.results import Problem, problem
from schema.words import Function
from services.leaving import commands, queries
from services.tools import Reading

WhoLeaves = Annotated[strawberry.ID, strawberry.argument(description="A person of your agency, not yourself.")]


@strawberry.input(description="Who takes over in one function: a person or a team of your agency that works in it.")
class SuccessorInput:
    function: Function = strawberry.field(description="The function.")
    member_id: strawberry.ID | None = strawberry.field(default=UNSET, description="A colleague.")
    team_id: strawberry.ID | None = strawberry.field(default=UNSET, description="Or a team.")


@strawberry.input(description="Ending the membership of somebody of your agency, now or with a last day.")
class EndMembershipInput:
    idempotency_key: str = strawberry.field(description=KEY)
    member_id: strawberry.ID = strawberry.field(description="Who leaves.")
    expected_version: int = strawberry.field(description="Their `version` as you read it.")
    reason: str = strawberry.field(description=REASON)
    last_day: date | None = strawberry.field(
        default=UNSET, description="Their last day; access ends at the midnight that follows, in London. Left out: now."
    )
    successors: list[SuccessorInput] = strawberry.field(
        default_factory=list, description="One for each function; without one, its intake team takes over."
    )


@strawberry.type(directives=[value], description="What became of everything that was theirs, or why nothing was done.")
class EndMembershipPayload:
    membership: EndedMembership | None = strawberry.field(
        description="The ended membership. Null: it ends later, or see `problem`."
    )
    planned: PlannedEnd | None = strawberry.field(description="What will end. Null: it ended, or see `problem`.")
    problem: Problem | None = strawberry.field(description="Why nothing was done. Null: it was.")


async def leaving(info: Info, member_id: WhoLeaves) -> Leaving | None:
    """What somebody would leave."""
    async with info.context.turn:
        found = await queries.leaving(info.context.reading, uuid_of(member_id, "Member") or UUID(int=0))
    return leaving_views.leaving(found) if found else None


async def end_membership(info: Info, sent: Annotated[EndMembershipInput, INPUT]) -> EndMembershipPayload:
    """End it."""
    ending = commands.Ending(
        member=uuid_of(sent.member_id, "Member") or UUID(int=0),
        expected_version=sent.expected_version,
        successors=tuple(_successor(one) for one in sent.successors),
        reason=sent.reason,
        last_day=sent.last_day or None,
    )
    reading = info.context.reading
    outcome = await commands.end_membership(reading, sent.idempotency_key, ending, content_of(sent))
    if not isinstance(outcome, UUID):
        return EndMembershipPayload(membership=None, planned=None, problem=problem(outcome))
    planned = next(
        (one for one in await _planned(reading) if one.member_id == sent.member_id and not one.function), None
    )
    found = None if planned else await queries.ended(reading, outcome)
    return EndMembershipPayload(membership=leaving_views.ended(found) if found else None, planned=planned, problem=None)


async def planned_ends(info: Info) -> list[PlannedEnd]:
    """Every end that is not carried out yet."""
    async with info.context.turn:
        return await _planned(info.context.reading)


async def _planned(reading: Reading) -> list[PlannedEnd]:
    return [leaving_views.planned_end(view) for view in await queries.planned(reading)]


def _successor(sent: SuccessorInput) -> commands.Successor:
    return commands.Successor(
        sent.function, uuid_of(sent.member_id or None, "Member"), uuid_of(sent.team_id or None, "Team")
    )
