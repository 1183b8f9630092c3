"""How an agency can be reached, as types: contact points and who is on duty."""

from datetime import date, datetime

import strawberry

from schema.choices import Nation
from schema.groups import value
from schema.node import global_id
from schema.words import Function
from services.contacts.views import ContactHours, ContactKind, ContactPointView, DutyView

strawberry.enum(ContactKind, description="How a contact point is reached.")
strawberry.enum(
    ContactHours,
    description="When somebody is there. Office hours are 09:00 to 17:00 in London on the nation's working days.",
)


@strawberry.type(directives=[value], description="One way to reach a function of an agency.")
class ContactPoint:
    id: strawberry.ID = strawberry.field(description="Give this to end it.")
    function: Function = strawberry.field(description="What the agency does there.")
    kind: ContactKind = strawberry.field(description="How it is reached.")
    hours: ContactHours = strawberry.field(description="When somebody is there.")
    reaches_now: bool = strawberry.field(description="Whether somebody is there at this moment.")
    nation: Nation | None = strawberry.field(description="For which nation it answers. Null: for all.")
    name: str = strawberry.field(description="Who answers, such as `Emergency duty team`.")
    address: str = strawberry.field(description="The number, the secure e-mail or the postal address.")
    until: date | None = strawberry.field(
        description="The first day on which it no longer answers. Null: no end known."
    )


@strawberry.type(directives=[value], description="Somebody on duty for a function of an agency, now or later.")
class Duty:
    id: strawberry.ID = strawberry.field(description="Give this to end it.")
    function: Function = strawberry.field(description="For which function.")
    name: str = strawberry.field(description="Who it is.")
    telephone: str = strawberry.field(description="Where they are reached.")
    since: datetime = strawberry.field(description="From when.")
    until: datetime = strawberry.field(description="Until when.")
    is_now: bool = strawberry.field(description="Whether they are on duty at this moment.")


def contact_point(view: ContactPointView) -> ContactPoint:
    """A contact point as everybody sees it."""
    return ContactPoint(
        id=global_id("ContactPoint", view.id),
        function=view.function,
        kind=view.kind,
        hours=view.hours,
        reaches_now=view.reaches_now,
        nation=Nation(view.nation.value) if view.nation else None,
        name=view.name,
        address=view.address,
        until=view.valid_until,
    )


def duty(view: DutyView) -> Duty:
    """Somebody on duty as everybody sees them."""
    return Duty(
        id=global_id("Duty", view.id),
        function=view.function,
        name=view.name,
        telephone=view.telephone,
        since=view.from_at,
        until=view.until_at,
        is_now=view.is_now,
    )
