"""Fetching one thing: a case, a notification, or anything by its global id."""

from typing import Annotated

import strawberry
from graphql import GraphQLError

from schema.agencies import one_agency
from schema.context import Info
from schema.meetings import one_meeting
from schema.node import Node, lookup, parse_id
from schema.record_views import case, duty_to_notify_record
from schema.records import Case, DutyToNotifyRecord
from schema.selection import asked
from services.cases import queries

Id = Annotated[
    strawberry.ID | None, strawberry.argument(name="id", description="The global id; or give the reference.")
]
Reference = Annotated[str | None, strawberry.argument(description="What people write down; or give the id.")]
AnyId = Annotated[strawberry.ID, strawberry.argument(name="id", description="The global id.")]


async def one_case(info: Info, public: Id = None, reference: Reference = None) -> Case | None:
    """The case that was looked up, as its reader may see it."""
    wanted = _looked_up("Case", public, reference)
    async with info.context.turn:
        found = await queries.one(info.context.reading, wanted, asked(info, "Case"))
    return case(found) if found else None


async def one_notification(info: Info, public: Id = None, reference: Reference = None) -> DutyToNotifyRecord | None:
    """The notification that was looked up, as its reader may see it."""
    wanted = _looked_up("DutyToNotifyRecord", public, reference)
    groups = asked(info, "DutyToNotifyRecord")
    async with info.context.turn:
        found = await queries.one(info.context.reading, wanted, groups, "duty_to_notify")
    return duty_to_notify_record(found) if found else None


async def node(info: Info, public: AnyId) -> Node | None:
    """Anything with a global id; an id of nothing takes the way of an id that is not there."""
    parsed = parse_id(public)
    if parsed and parsed[0] == "Agency":
        async with info.context.turn:
            return await one_agency(info.context.reading, parsed[1])
    if parsed and parsed[0] == "Meeting":
        return await one_meeting(info, public)
    if parsed and parsed[0] == "DutyToNotifyRecord":
        return await one_notification(info, public)
    return await one_case(info, public)


def _looked_up(kind: str, public: str | None, reference: str | None) -> str:
    if (public is None) == (reference is None):
        raise GraphQLError("bad input", extensions={"code": "BAD_USER_INPUT"})
    return lookup(public, kind) if public is not None else str(reference)
