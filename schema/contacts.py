"""Keeping contact points and duty lists: one input and one payload each."""

from datetime import date, datetime
from typing import Annotated, TypeVar
from uuid import UUID

import strawberry
from strawberry import UNSET

from schema.agencies import Agency, one_agency
from schema.choices import Nation
from schema.context import Info
from schema.groups import value
from schema.inputs import INPUT, KEY, content_of
from schema.node import uuid_of
from schema.results import Problem, problem
from schema.words import Function
from services.contacts import commands
from services.contacts.views import ContactHours, ContactKind
from services.errors import WorkProblem
from services.regimes import words

WHOSE = "Your own agency; for a body without an account, a platform administrator gives that one."


@strawberry.input(description="A new way to reach a function of an agency.")
class RecordContactPointInput:
    idempotency_key: str = strawberry.field(description=KEY)
    agency_id: strawberry.ID = strawberry.field(description=WHOSE)
    function: Function = strawberry.field(description="What the agency does there.")
    kind: ContactKind = strawberry.field(description="How it is reached.")
    hours: ContactHours = strawberry.field(description="When somebody is there.")
    nation: Nation | None = strawberry.field(default=UNSET, description="For which nation. Left out: for all.")
    name: str = strawberry.field(description="Who answers; at most 300 characters.")
    address: str = strawberry.field(description="The number or address; at most 300 characters.")
    since: date | None = strawberry.field(default=UNSET, description="From which day. Left out: today.")
    until: date | None = strawberry.field(
        default=UNSET, description="The first day on which it no longer answers. Left out: no end known."
    )


@strawberry.input(description="Ending a contact point. It stays on record as it was.")
class EndContactPointInput:
    idempotency_key: str = strawberry.field(description=KEY)
    contact_point_id: strawberry.ID = strawberry.field(description="The contact point.")


@strawberry.input(description="Putting somebody on duty.")
class RecordDutyInput:
    idempotency_key: str = strawberry.field(description=KEY)
    agency_id: strawberry.ID = strawberry.field(description=WHOSE)
    function: Function = strawberry.field(description="For which function.")
    name: str = strawberry.field(description="Who; at most 300 characters.")
    telephone: str = strawberry.field(description="Where they are reached; at most 300 characters.")
    since: datetime = strawberry.field(description="From when, with its time zone.")
    until: datetime = strawberry.field(description="Until when, with its time zone.")


@strawberry.input(description="Taking somebody off duty. What was stays on record.")
class EndDutyInput:
    idempotency_key: str = strawberry.field(description=KEY)
    duty_id: strawberry.ID = strawberry.field(description="The duty.")


@strawberry.type(directives=[value], description="The agency with how it is reached, or why nothing was done.")
class ContactsPayload:
    agency: Agency | None = strawberry.field(description="The agency as it is reached now. Null: see `problem`.")
    problem: Problem | None = strawberry.field(description="Why nothing was done. Null: it was done.")


@strawberry.type(directives=[value], description="The agency with its new contact point, or why it has none.")
class RecordContactPointPayload(ContactsPayload): ...


@strawberry.type(directives=[value], description="The agency without the contact point, or why it stays.")
class EndContactPointPayload(ContactsPayload): ...


@strawberry.type(directives=[value], description="The agency with who is on duty, or why they are not.")
class RecordDutyPayload(ContactsPayload): ...


@strawberry.type(directives=[value], description="The agency without this duty, or why it stays.")
class EndDutyPayload(ContactsPayload): ...


P = TypeVar("P", bound=ContactsPayload)


async def record_contact_point(
    info: Info, sent: Annotated[RecordContactPointInput, INPUT]
) -> RecordContactPointPayload:
    """Record a contact point."""
    new = commands.NewPoint(
        agency=_id(sent.agency_id, "Agency"),
        function=sent.function,
        kind=sent.kind,
        hours=sent.hours,
        nation=words.Nation(sent.nation.value) if sent.nation else None,
        name=sent.name,
        address=sent.address,
        valid_from=sent.since or None,
        valid_until=sent.until or None,
    )
    outcome = await commands.record_point(info.context.reading, sent.idempotency_key, new, content_of(sent))
    return await _payload(info, RecordContactPointPayload, outcome)


async def end_contact_point(info: Info, sent: Annotated[EndContactPointInput, INPUT]) -> EndContactPointPayload:
    """End a contact point."""
    point = _id(sent.contact_point_id, "ContactPoint")
    outcome = await commands.end_point(info.context.reading, sent.idempotency_key, point, content_of(sent))
    return await _payload(info, EndContactPointPayload, outcome)


async def record_duty(info: Info, sent: Annotated[RecordDutyInput, INPUT]) -> RecordDutyPayload:
    """Put somebody on duty."""
    new = commands.NewDuty(
        agency=_id(sent.agency_id, "Agency"),
        function=sent.function,
        name=sent.name,
        telephone=sent.telephone,
        from_at=sent.since,
        until_at=sent.until,
    )
    outcome = await commands.record_duty(info.context.reading, sent.idempotency_key, new, content_of(sent))
    return await _payload(info, RecordDutyPayload, outcome)


async def end_duty(info: Info, sent: Annotated[EndDutyInput, INPUT]) -> EndDutyPayload:
    """Take somebody off duty."""
    shift = _id(sent.duty_id, "Duty")
    outcome = await commands.end_duty(info.context.reading, sent.idempotency_key, shift, content_of(sent))
    return await _payload(info, EndDutyPayload, outcome)


async def _payload(info: Info, payload: type[P], outcome: UUID | WorkProblem) -> P:
    if not isinstance(outcome, UUID):
        return payload(agency=None, problem=problem(outcome))
    return payload(agency=await one_agency(info.context.reading, outcome), problem=None)


def _id(public: strawberry.ID, kind: str) -> UUID:
    return uuid_of(public, kind) or UUID(int=0)
