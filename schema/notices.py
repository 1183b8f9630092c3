"""The inbox of one's agency and function."""

from datetime import datetime
from uuid import UUID

import strawberry

from schema.context import Info
from schema.groups import value
from schema.node import global_id
from schema.paging import PAGE, After, First, PageInfo, page
from schema.record_views import agency, record
from schema.records import AgencyName, Record
from schema.selection import asked
from services.notices import queries
from services.notices.queries import NoticeView
from services.outbox.kinds import NoticeKind

strawberry.enum(NoticeKind, description="Why you are told.")


@strawberry.type(directives=[value], description="Something your agency must know. It carries no content of a case.")
class Notice:
    id: strawberry.ID = strawberry.field(description="The notice's id.")
    kind: NoticeKind = strawberry.field(description="Why you are told, for programs.")
    title: str = strawberry.field(description="Why you are told, fit to show.")
    to_do: str = strawberry.field(description="What to do, fit to show.")
    is_task: bool = strawberry.field(description="Whether only a person can do it: somebody has to be found or told.")
    at: datetime = strawberry.field(description="Since when.")
    about: AgencyName | None = strawberry.field(description="The agency to be told. Null: not about another agency.")
    record: Record | None = strawberry.field(
        description="What you may know of the record. Null: nothing, or no longer."
    )


@strawberry.type(directives=[value], description="A notice in a page.")
class NoticeEdge:
    cursor: str = strawberry.field(description="Its place in the list.")
    node: Notice = strawberry.field(description="The notice.")


@strawberry.type(directives=[value], description="A page of the inbox, the newest first.")
class NoticeConnection:
    edges: list[NoticeEdge] = strawberry.field(description="The notices of this page. Empty: nothing to do.")
    page_info: PageInfo = strawberry.field(description="Whether there is more.")


async def notices(info: Info, first: First = PAGE, after: After = None) -> NoticeConnection:
    """A page of the inbox."""
    context = info.context
    actor = context.reading.actor
    wanted = page(context.seal, actor, "notices", first, after)
    start = (datetime.fromisoformat(wanted.after[0]), UUID(wanted.after[1])) if wanted.after else None
    on_the_way = ("edges", "node", "record")
    groups = {
        "case": asked(info, "Case", *on_the_way),
        "duty_to_notify": asked(info, "DutyToNotifyRecord", *on_the_way),
    }
    async with context.turn:
        found = await queries.inbox(context.reading, start, first + 1, groups)
    edges = [
        NoticeEdge(
            cursor=context.seal.close(actor, "notices", [view.created_at.isoformat(), str(view.id)]), node=_notice(view)
        )
        for view in found[:first]
    ]
    return NoticeConnection(
        edges=edges,
        page_info=PageInfo(has_next_page=len(found) > first, end_cursor=edges[-1].cursor if edges else None),
    )


def _notice(view: NoticeView) -> Notice:
    return Notice(
        id=global_id("Notice", view.id),
        kind=view.kind,
        title=view.title,
        to_do=view.to_do,
        is_task=view.is_task,
        at=view.created_at,
        about=agency(view.about) if view.about else None,
        record=record(view.record) if view.record else None,
    )
