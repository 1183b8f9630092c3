"""The ledger as governance officers read it: who looked at what, as lines and counted."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

import strawberry

from policies.vocabulary import DataGroup
from schema.context import Info
from schema.groups import value
from schema.ledger_views import LedgerLine, LedgerTotal, line, total
from schema.node import uuid_of
from schema.paging import PAGE, After, First, PageInfo, page
from services.ledger_reading import queries
from services.ledger_reading.views import LedgerFilter, LedgerVerdict


@strawberry.input(description="Which lines. Whatever is left out does not narrow; everything given has to hold.")
class LedgerFilterInput:
    reference: str | None = strawberry.field(
        default=None, description="A record, as people write it down. One that is not your agency's has no lines."
    )
    same_person: bool = strawberry.field(
        default=False, description="With `reference`: every record of the same person that your agency may know of."
    )
    agency_id: strawberry.ID | None = strawberry.field(default=None, description="The agency that looked.")
    member_id: strawberry.ID | None = strawberry.field(
        default=None, description="The person of your own agency who looked."
    )
    group: DataGroup | None = strawberry.field(default=None, description="A group that was seen, written or withheld.")
    purpose: str | None = strawberry.field(default=None, description="The purpose of the involvement, word for word.")
    verdicts: list[LedgerVerdict] | None = strawberry.field(default=None, description="What became of the look.")
    from_: date | None = strawberry.field(default=None, name="from", description="The first day, in London.")
    to: date | None = strawberry.field(default=None, description="The last day, in London; it counts.")


Filter = Annotated[
    LedgerFilterInput | None, strawberry.argument(name="filter", description="Which lines. Null: all that are for you.")
]


@strawberry.type(directives=[value], description="A line in a page.")
class LedgerLineEdge:
    cursor: str = strawberry.field(description="Its place in the list.")
    node: LedgerLine = strawberry.field(description="The line.")


@strawberry.type(directives=[value], description="A page of the ledger, the newest first.")
class LedgerLineConnection:
    edges: list[LedgerLineEdge] = strawberry.field(description="The lines of this page. Empty: none, or not for you.")
    page_info: PageInfo = strawberry.field(description="Whether there is more.")


@strawberry.type(directives=[value], description="A total in a page.")
class LedgerTotalEdge:
    cursor: str = strawberry.field(description="Its place in the list.")
    node: LedgerTotal = strawberry.field(description="The total.")


@strawberry.type(directives=[value], description="A page of totals, by agency, group, purpose and verdict.")
class LedgerTotalConnection:
    edges: list[LedgerTotalEdge] = strawberry.field(description="The totals of this page. Empty: none, or not for you.")
    page_info: PageInfo = strawberry.field(description="Whether there is more.")


async def ledger(info: Info, wanted: Filter = None, first: First = PAGE, after: After = None) -> LedgerLineConnection:
    """A page of lines."""
    context, actor = info.context, info.context.reading.actor
    start = page(context.seal, actor, "ledger", first, after).after
    before = (datetime.fromisoformat(start[0]), UUID(start[1])) if start else None
    async with context.turn:
        found = await queries.lines(context.reading, _filter(wanted), before, first + 1)
    edges = [
        LedgerLineEdge(cursor=context.seal.close(actor, "ledger", [v.at.isoformat(), str(v.id)]), node=line(v))
        for v in found[:first]
    ]
    return LedgerLineConnection(
        edges=edges,
        page_info=PageInfo(has_next_page=len(found) > first, end_cursor=edges[-1].cursor if edges else None),
    )


async def ledger_totals(
    info: Info, wanted: Filter = None, first: First = PAGE, after: After = None
) -> LedgerTotalConnection:
    """A page of totals."""
    context, actor = info.context, info.context.reading.actor
    start = page(context.seal, actor, "ledger_totals", first, after).after
    async with context.turn:
        found = await queries.totals(context.reading, _filter(wanted), tuple(start or ()), first + 1)
    edges = [
        LedgerTotalEdge(cursor=context.seal.close(actor, "ledger_totals", list(v.place)), node=total(v))
        for v in found[:first]
    ]
    return LedgerTotalConnection(
        edges=edges,
        page_info=PageInfo(has_next_page=len(found) > first, end_cursor=edges[-1].cursor if edges else None),
    )


def _filter(sent: LedgerFilterInput | None) -> LedgerFilter:
    if sent is None:
        return LedgerFilter()
    return LedgerFilter(
        reference=sent.reference,
        same_person=sent.same_person,
        agency=uuid_of(sent.agency_id, "Agency"),
        member=uuid_of(sent.member_id, "Member"),
        group=sent.group,
        purpose=sent.purpose,
        verdicts=tuple(sent.verdicts) if sent.verdicts is not None else None,
        first_day=sent.from_,
        last_day=sent.to,
    )
