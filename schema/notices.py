"""The inbox of one's agency and function, and what one wants by e-mail."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated
from uuid import UUID

import strawberry

from schema.context import Info
from schema.groups import value
from schema.notice_views import Notice, NoticePreference, notice, preference
from schema.paging import PAGE, After, First, PageInfo, page
from schema.selection import asked
from services.cases.views import AskedPart
from services.notices import queries

Reference = Annotated[str, strawberry.argument(description="The notice's own reference, as it stands in an e-mail.")]


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
    async with context.turn:
        found = await queries.inbox(context.reading, start, first, groups_of_record(info, "edges", "node", "record"))
    edges = [
        NoticeEdge(
            cursor=context.seal.close(actor, "notices", [view.created_at.isoformat(), str(view.id)]), node=notice(view)
        )
        for view in found.notices
    ]
    return NoticeConnection(
        edges=edges,
        page_info=PageInfo(has_next_page=found.has_more, end_cursor=edges[-1].cursor if edges else None),
    )


async def one_notice(info: Info, reference: Reference) -> Notice | None:
    """The notice that an e-mail named."""
    async with info.context.turn:
        found = await queries.one(info.context.reading, None, groups_of_record(info, "record"), reference=reference)
    return notice(found) if found else None


async def notice_preferences(info: Info) -> list[NoticePreference]:
    """Every kind of notice."""
    async with info.context.turn:
        return [preference(view) for view in await queries.preferences(info.context.reading)]


def groups_of_record(info: Info, *path: str) -> Mapping[str, frozenset[AskedPart]]:
    """The groups asked for on the record at `path`, by its kind."""
    return {"case": asked(info, "Case", *path), "duty_to_notify": asked(info, "DutyToNotifyRecord", *path)}
