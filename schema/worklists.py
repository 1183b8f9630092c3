"""Worklists: cases and notifications in one's own charge, or known to one's agency."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

import strawberry

from schema.context import Info
from schema.groups import value
from schema.paging import PAGE, After, First, PageInfo, page
from schema.record_views import case, duty_to_notify_record
from schema.records import Case, DutyToNotifyRecord
from schema.selection import asked
from services.cases import queries
from services.cases.queries import WorklistItem, WorklistPage, WorklistPlace, WorklistScope
from services.cases.views import AskedPart

strawberry.enum(
    WorklistScope,
    description="ASSIGNED: yours, your teams' and those you manage, the next due first. AGENCY: everything your agency "
    "is involved in under this function, the newest first; of what is not assigned to you, you see who has it.",
)

Scope = Annotated[WorklistScope, strawberry.argument(description="Whose.")]


@strawberry.type(directives=[value], description="A case in a worklist.")
class CaseEdge:
    cursor: str = strawberry.field(description="Its place in the list.")
    node: Case = strawberry.field(description="The case, as you may see it.")


@strawberry.type(directives=[value], description="A page of a worklist.")
class CaseConnection:
    edges: list[CaseEdge] = strawberry.field(description="The cases of this page. Empty: nothing is waiting for you.")
    page_info: PageInfo = strawberry.field(description="Whether there is more.")


@strawberry.type(directives=[value], description="A notification in a list.")
class DutyToNotifyEdge:
    cursor: str = strawberry.field(description="Its place in the list.")
    node: DutyToNotifyRecord = strawberry.field(description="The notification, as you may see it.")


@strawberry.type(directives=[value], description="A page of notifications.")
class DutyToNotifyConnection:
    edges: list[DutyToNotifyEdge] = strawberry.field(description="The notifications of this page.")
    page_info: PageInfo = strawberry.field(description="Whether there is more.")


async def worklist(
    info: Info, scope: Scope = WorklistScope.ASSIGNED, first: First = PAGE, after: After = None
) -> CaseConnection:
    """A page of cases."""
    groups = asked(info, "Case", "edges", "node")
    edges, info_of_page = await _page(
        info,
        WorklistPage(scope, None, first),
        after,
        groups,
        lambda c, item: CaseEdge(cursor=c, node=case(item.record)),
    )
    return CaseConnection(edges=edges, page_info=info_of_page)


async def notifications(
    info: Info, scope: Scope = WorklistScope.ASSIGNED, first: First = PAGE, after: After = None
) -> DutyToNotifyConnection:
    """A page of notifications."""
    groups = asked(info, "DutyToNotifyRecord", "edges", "node")
    wanted = WorklistPage(scope, None, first, "duty_to_notify")
    edges, info_of_page = await _page(
        info, wanted, after, groups, lambda c, item: DutyToNotifyEdge(cursor=c, node=duty_to_notify_record(item.record))
    )
    return DutyToNotifyConnection(edges=edges, page_info=info_of_page)


async def _page(
    info: Info,
    wanted: WorklistPage,
    after: str | None,
    groups: frozenset[AskedPart],
    edge: Callable[[str, WorklistItem], Any],
) -> tuple[list[Any], PageInfo]:
    context, name = info.context, f"{wanted.kind}/{wanted.scope}"
    actor = context.reading.actor
    start = page(context.seal, actor, name, wanted.first, after).after
    async with context.turn:
        found = await queries.worklist(context.reading, replace(wanted, after=_place(start)), groups)
    edges = [edge(context.seal.close(actor, name, _sealed(item.place)), item) for item in found.items]
    return edges, PageInfo(has_next_page=found.has_more, end_cursor=edges[-1].cursor if edges else None)


def _sealed(place: WorklistPlace) -> list[str | None]:
    return [
        place.day.isoformat() if place.day else None,
        place.moment.isoformat(),
        str(place.record_id),
    ]


def _place(sealed: list[Any] | None) -> WorklistPlace | None:
    if sealed is None:
        return None
    day, moment, record_id = sealed
    return WorklistPlace(date.fromisoformat(day) if day else None, datetime.fromisoformat(moment), UUID(record_id))
