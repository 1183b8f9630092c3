"""Worklists: cases and notifications in one's own charge, or known to one's agency."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

import strawberry
from strawberry import UNSET

from schema.context import Info
from schema.groups import value
from schema.node import parse_id
from schema.paging import PAGE, After, First, PageInfo, page, wrong_input
from schema.record_views import case, duty_to_notify_record
from schema.records import Case, DutyToNotifyRecord
from schema.selection import asked
from services.cases import queries
from services.cases.queries import Wanted, WorklistItem, WorklistOrder, WorklistPage, WorklistPlace, WorklistScope
from services.cases.views import AskedPart, Stage

strawberry.enum(
    WorklistScope,
    description="ASSIGNED: yours, your teams' and those you manage, the next due first. AGENCY: everything your agency "
    "is involved in under this function, the newest first; of what is not assigned to you, you see who has it.",
)

strawberry.enum(
    WorklistOrder,
    description="NEXT_DUE: by the next date that you may read, those without one last. NEWEST: the latest first.",
)

Scope = Annotated[WorklistScope, strawberry.argument(description="Whose.")]

Order = Annotated[
    WorklistOrder | None,
    strawberry.argument(description="Which comes first. Null: ASSIGNED by NEXT_DUE, AGENCY by NEWEST."),
]


@strawberry.input(
    description="What a worklist is narrowed down to; everything that is said has to hold. What is said of dates "
    "selects only cases whose `clocks` you may read."
)
class WorklistFilter:
    stages: list[Stage] | None = strawberry.field(default=UNSET, description="At one of these stages.")
    held_by: strawberry.ID | None = strawberry.field(
        default=UNSET, description="Assigned to this colleague or team of your agency."
    )
    due_by: date | None = strawberry.field(default=UNSET, description="The next date is this one, or an earlier one.")
    overdue: bool | None = strawberry.field(default=UNSET, description="Whether the next date is over.")
    asleep: bool | None = strawberry.field(
        default=UNSET, description="Whether your agency noted that it sleeps; it wakes on its day by itself."
    )
    waits_for_us: bool | None = strawberry.field(
        default=UNSET, description="Whether one of its clocks waits for your agency."
    )

    def wanted(self) -> Wanted:
        """The same, as services know it."""
        holder = holder_of(self.held_by or None)
        return Wanted(
            stages=tuple(self.stages) if self.stages else None,
            held_by=holder.get("Member") or holder.get("Team"),
            due_by=self.due_by or None,
            overdue=_said(self.overdue),
            asleep=_said(self.asleep),
            waits_for_us=_said(self.waits_for_us),
        )


Filter = Annotated[
    WorklistFilter | None, strawberry.argument(name="filter", description="Only these. Null: every open case.")
]


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
    info: Info,
    scope: Scope = WorklistScope.ASSIGNED,
    order: Order = None,
    only: Filter = None,
    first: First = PAGE,
    after: After = None,
) -> CaseConnection:
    """A page of cases."""
    groups = asked(info, "Case", "edges", "node")
    edges, info_of_page = await _page(
        info,
        WorklistPage(scope, None, first, wanted=only.wanted() if only else Wanted(), order=order),
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
    context, name = info.context, _name(wanted)
    actor = context.reading.actor
    start = page(context.seal, actor, name, wanted.first, after).after
    async with context.turn:
        found = await queries.worklist(context.reading, replace(wanted, after=_place(start)), groups)
    edges = [edge(context.seal.close(actor, name, _sealed(item.place)), item) for item in found.items]
    return edges, PageInfo(has_next_page=found.has_more, end_cursor=edges[-1].cursor if edges else None)


def _name(wanted: WorklistPage) -> str:
    """A cursor goes on in the list that it was given for, and in no other."""
    list_name = f"{wanted.kind}/{wanted.scope}"
    return list_name if wanted.is_whole else f"{list_name}/{wanted.newest_first}/{wanted.wanted.words()}"


def _said(answer: bool | None) -> bool | None:
    return answer if isinstance(answer, bool) else None


def holder_of(held_by: str | None) -> dict[str, UUID]:
    """A colleague or a team by the kind of its id; an id of anything else is a wrong input."""
    if held_by is None:
        return {}
    parsed = parse_id(held_by)
    if parsed is None or parsed[0] not in ("Member", "Team"):
        raise wrong_input()
    return {parsed[0]: parsed[1]}


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
