"""Who must not know of a record: reading it, barring, agreeing to end a bar, restricting, lifting."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import strawberry

from schema.context import Info
from schema.groups import value
from schema.inputs import INPUT, KEY, content_of
from schema.node import global_id, uuid_of
from schema.results import Problem, problem
from services.access_limits import commands, queries
from services.access_limits.views import AccessBarView, AccessLimitsView, BarState
from services.errors import WorkProblem

REFERENCE = "The record, as people write it down."
Reference = Annotated[str, strawberry.argument(description=REFERENCE)]

strawberry.enum(
    BarState, description="HOLDS; END_PROPOSED: one person asked for its end, a second has to agree; ENDED."
)


@strawberry.type(directives=[value], description="A no for a person or an agency, which beats every yes.")
class AccessBar:
    id: strawberry.ID = strawberry.field(description="Give this when you end it.")
    person: str | None = strawberry.field(description="The person of your agency it keeps out. Null: an agency.")
    agency: str | None = strawberry.field(description="The agency it keeps out. Null: a person.")
    reason: str = strawberry.field(description="Why.")
    set_by: str | None = strawberry.field(description="Who set it. Null: somebody of another agency.")
    since: datetime = strawberry.field(description="Since when.")
    until: datetime | None = strawberry.field(description="When it ended. Null: it holds.")
    state: BarState = strawberry.field(description="How far it is.")
    end_proposed_by: str | None = strawberry.field(description="Who asked for its end. Null: nobody of your agency.")
    end_reason: str | None = strawberry.field(description="Why it should end. Null: nobody asked.")
    ended_by: str | None = strawberry.field(description="Who agreed. Null: nobody of your agency yet.")


@strawberry.type(directives=[value], description="Who must not know of a record.")
class AccessLimits:
    record_reference: str = strawberry.field(description="The record.")
    is_restricted: bool = strawberry.field(description="Whether only its named readers know of it.")
    bars: list[AccessBar] = strawberry.field(description="The bars in your agency's hands, the oldest first.")


@strawberry.type(directives=[value], description="What limits the record now, or why nothing was done.")
class AccessLimitsPayload:
    limits: AccessLimits | None = strawberry.field(description="What limits the record now. Null: see `problem`.")
    problem: Problem | None = strawberry.field(description="Why nothing was done. Null: it was.")


@strawberry.input(description="Somebody who must not know of a record: a person of your agency, or another agency.")
class SetAccessBarInput:
    idempotency_key: str = strawberry.field(description=KEY)
    reference: str = strawberry.field(description=REFERENCE)
    member_id: strawberry.ID | None = strawberry.field(default=None, description="The person of your own agency.")
    agency_id: strawberry.ID | None = strawberry.field(default=None, description="The other agency; for the lead only.")
    reason: str = strawberry.field(description="Why, in a sentence; only those who keep the record read it.")


@strawberry.input(description="A bar that should end: the first asks, a second agrees with the same mutation.")
class EndAccessBarInput:
    idempotency_key: str = strawberry.field(description=KEY)
    reference: str = strawberry.field(description=REFERENCE)
    bar_id: strawberry.ID = strawberry.field(description="The bar.")
    reason: str = strawberry.field(description="Why, in a sentence.")


@strawberry.input(description="A record that only its named readers may know of.")
class RestrictRecordInput:
    idempotency_key: str = strawberry.field(description=KEY)
    reference: str = strawberry.field(description=REFERENCE)
    reason: str = strawberry.field(description="Why, in a sentence.")


@strawberry.input(description="A record that everybody may know of again who stands in it.")
class LiftRestrictionInput:
    idempotency_key: str = strawberry.field(description=KEY)
    reference: str = strawberry.field(description=REFERENCE)
    reason: str = strawberry.field(description="Why, in a sentence.")


async def access_limits(info: Info, reference: Reference) -> AccessLimits | None:
    """What limits a record."""
    async with info.context.turn:
        found = await queries.limits(info.context.reading, reference)
    return _limits(found) if found else None


async def set_access_bar(info: Info, sent: Annotated[SetAccessBarInput, INPUT]) -> AccessLimitsPayload:
    """Keep somebody out."""
    barring = commands.Barring(
        reference=sent.reference,
        member=uuid_of(sent.member_id, "Member"),
        agency=uuid_of(sent.agency_id, "Agency"),
        reason=sent.reason,
    )
    outcome = await commands.set_bar(info.context.reading, sent.idempotency_key, barring, content_of(sent))
    return await _payload(info, sent.reference, outcome)


async def end_access_bar(info: Info, sent: Annotated[EndAccessBarInput, INPUT]) -> AccessLimitsPayload:
    """Ask for its end, or agree."""
    bar = uuid_of(sent.bar_id, "AccessBar") or UUID(int=0)
    reading, key = info.context.reading, sent.idempotency_key
    outcome = await commands.end_bar(reading, key, sent.reference, bar, sent.reason, content_of(sent))
    return await _payload(info, sent.reference, outcome)


async def restrict_record(info: Info, sent: Annotated[RestrictRecordInput, INPUT]) -> AccessLimitsPayload:
    """Named readers only."""
    reading, key = info.context.reading, sent.idempotency_key
    outcome = await commands.restrict(reading, key, sent.reference, sent.reason, content_of(sent), restricted=True)
    return await _payload(info, sent.reference, outcome)


async def lift_restriction(info: Info, sent: Annotated[LiftRestrictionInput, INPUT]) -> AccessLimitsPayload:
    """Known again."""
    reading, key = info.context.reading, sent.idempotency_key
    outcome = await commands.restrict(reading, key, sent.reference, sent.reason, content_of(sent), restricted=False)
    return await _payload(info, sent.reference, outcome)


async def _payload(info: Info, reference: str, outcome: UUID | WorkProblem) -> AccessLimitsPayload:
    if not isinstance(outcome, UUID):
        return AccessLimitsPayload(limits=None, problem=problem(outcome))
    found = await queries.limits(info.context.reading, reference)
    return AccessLimitsPayload(limits=_limits(found) if found else None, problem=None)


def _limits(view: AccessLimitsView) -> AccessLimits:
    return AccessLimits(
        record_reference=view.reference, is_restricted=view.is_restricted, bars=[_bar(bar) for bar in view.bars]
    )


def _bar(view: AccessBarView) -> AccessBar:
    return AccessBar(
        id=global_id("AccessBar", view.id),
        person=view.person,
        agency=view.agency,
        reason=view.reason,
        set_by=view.set_by,
        since=view.since,
        until=view.until,
        state=view.state,
        end_proposed_by=view.end_proposed_by,
        end_reason=view.end_reason,
        ended_by=view.ended_by,
    )
