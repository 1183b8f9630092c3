"""Agencies, as anybody who is signed in may see them."""

from datetime import date
from typing import Annotated
from uuid import UUID

import strawberry

from schema.contact_views import ContactPoint, Duty, contact_point, duty
from schema.context import Info
from schema.groups import value
from schema.node import Node, global_id
from schema.paging import PAGE, After, First, PageInfo, page
from schema.words import Function
from services.agencies import queries
from services.agencies.views import AgencyView
from services.contacts import queries as contacts
from services.contacts.views import Reach
from services.tools import Reading

OnPlatform = Annotated[bool, strawberry.argument(description="Only those whose people work here.")]


@strawberry.type(directives=[value], description="A body of the mechanism, on the platform or not.")
class Agency(Node):
    name: str = strawberry.field(description="Its public name.")
    on_platform: bool = strawberry.field(
        description="Whether its people work here. What must reach any other becomes a task for somebody who does."
    )
    functions: list[Function] = strawberry.field(description="What it does today.")
    since: date = strawberry.field(description="Since when it exists.")
    contact_points: list[ContactPoint] = strawberry.field(
        description="How it is reached; where somebody is there now stands first."
    )
    duty: list[Duty] = strawberry.field(description="Who is on duty there, now and later.")


@strawberry.type(directives=[value], description="An agency in a page.")
class AgencyEdge:
    cursor: str = strawberry.field(description="Its place in the list.")
    node: Agency = strawberry.field(description="The agency.")


@strawberry.type(directives=[value], description="A page of agencies, by name.")
class AgencyConnection:
    edges: list[AgencyEdge] = strawberry.field(description="The agencies of this page.")
    page_info: PageInfo = strawberry.field(description="Whether there is more.")


async def one_agency(reading: Reading, agency: UUID) -> Agency | None:
    """An agency by id, with how it is reached."""
    found = await queries.one(reading, agency)
    return _agency(found, (await contacts.reach(reading, [agency]))[agency]) if found else None


def _agency(view: AgencyView, reach: Reach) -> Agency:
    """An agency as everybody sees it."""
    return Agency(
        id=global_id("Agency", view.id),
        name=view.name,
        on_platform=view.on_platform,
        functions=list(view.functions),
        since=view.valid_from,
        contact_points=[contact_point(point) for point in reach.points],
        duty=[duty(shift) for shift in reach.duty],
    )


async def agencies(
    info: Info, first: First = PAGE, after: After = None, on_platform: OnPlatform = True
) -> AgencyConnection:
    """A page of agencies."""
    context = info.context
    actor = context.reading.actor
    wanted = page(context.seal, actor, "agencies", first, after)
    start = (wanted.after[0], wanted.after[1]) if wanted.after else ("", "")
    async with context.turn:
        found = await queries.page(context.reading, start, first + 1, on_platform=on_platform)
        reached = await contacts.reach(context.reading, (view.id for view in found[:first]))
    edges = [
        AgencyEdge(
            cursor=context.seal.close(actor, "agencies", [view.name, view.code]), node=_agency(view, reached[view.id])
        )
        for view in found[:first]
    ]
    return AgencyConnection(
        edges=edges,
        page_info=PageInfo(has_next_page=len(found) > first, end_cursor=edges[-1].cursor if edges else None),
    )
