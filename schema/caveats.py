"""Entries under a caveat: legal advice, therapeutic notes and intelligence, for their author's agency alone."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import strawberry

from policies.vocabulary import DataGroup
from schema.context import Info
from schema.groups import entry, group, value
from schema.inputs import INPUT, KEY, content_of
from schema.node import global_id, lookup
from schema.paging import PAGE, After, First, PageInfo, page
from schema.results import Problem, problem
from services.caveats import commands, queries
from services.caveats.commands import Entry
from services.caveats.views import Caveat, EntryView

strawberry.enum(Caveat, description="Why an entry stays with its author's agency.")

OfCase = Annotated[strawberry.ID, strawberry.argument(description="The case.")]


@strawberry.type(
    directives=[entry(DataGroup.CAVEATED)],
    description="What your agency wrote for itself, in the function you act in. For everybody else it is not there.",
)
class CaveatedEntry:
    id: strawberry.ID = strawberry.field(description="Its id.")
    caveat: Caveat = strawberry.field(description="Why it stays with your agency.")
    content: str = strawberry.field(description="What was written.")
    writer: str = strawberry.field(description="Who of your agency wrote it.")
    written_at: datetime = strawberry.field(description="When.")


@strawberry.type(directives=[value], description="An entry in the list.")
class CaveatedEntryEdge:
    cursor: str = strawberry.field(description="Its place in the list.")
    node: CaveatedEntry = strawberry.field(description="The entry.")


@strawberry.type(
    directives=[group(DataGroup.CAVEATED)],
    description="Your agency's entries about one case, the newest first. Empty: it wrote none, or there is no such "
    "case for you; the two are one answer.",
)
class CaveatedEntryConnection:
    edges: list[CaveatedEntryEdge] = strawberry.field(description="The entries of this page.")
    page_info: PageInfo = strawberry.field(description="Whether there is more.")


@strawberry.input(description="An entry that stays with your agency: no share, no release and no emergency opens it.")
class RecordCaveatedEntryInput:
    idempotency_key: str = strawberry.field(description=KEY)
    case_id: strawberry.ID = strawberry.field(description="The case that it is about.")
    caveat: Caveat = strawberry.field(description="Why it stays with your agency.")
    content: str = strawberry.field(description="What is to be kept; at most 10,000 characters. It is never changed.")


@strawberry.type(directives=[value], description="The entry, or why nothing was written.")
class RecordCaveatedEntryPayload:
    entry: CaveatedEntry | None = strawberry.field(
        description="The entry. Null: see `problem`; where that is null too, it was written and the case is no longer "
        "for you."
    )
    problem: Problem | None = strawberry.field(description="Why nothing was written. Null: it was.")


async def caveated_entries(
    info: Info, case_id: OfCase, first: First = PAGE, after: After = None
) -> CaveatedEntryConnection:
    """A page of one's own agency's entries."""
    context, name = info.context, f"caveated/{case_id}"
    actor = context.reading.actor
    start = page(context.seal, actor, name, first, after).after
    before = (datetime.fromisoformat(start[0]), UUID(start[1])) if start else None
    async with context.turn:
        found = await queries.entries(context.reading, lookup(case_id, "Case"), first, before)
    edges = [
        CaveatedEntryEdge(
            cursor=context.seal.close(actor, name, [one.written_at.isoformat(), str(one.id)]), node=_entry(one)
        )
        for one in found.entries
    ]
    end = edges[-1].cursor if edges else None
    return CaveatedEntryConnection(edges=edges, page_info=PageInfo(has_next_page=found.has_more, end_cursor=end))


async def record_caveated_entry(
    info: Info, sent: Annotated[RecordCaveatedEntryInput, INPUT]
) -> RecordCaveatedEntryPayload:
    """Write one, and read it back as its author."""
    about = lookup(sent.case_id, "Case")
    reading = info.context.reading
    said = Entry(case=about, caveat=sent.caveat, content=sent.content)
    outcome = await commands.record(reading, sent.idempotency_key, said, content_of(sent))
    if not isinstance(outcome, UUID):
        return RecordCaveatedEntryPayload(entry=None, problem=problem(outcome))
    found = await queries.one(reading, about, outcome)
    return RecordCaveatedEntryPayload(entry=_entry(found) if found else None, problem=None)


def _entry(view: EntryView) -> CaveatedEntry:
    return CaveatedEntry(
        id=global_id("CaveatedEntry", view.id),
        caveat=view.caveat,
        content=view.content,
        writer=view.writer,
        written_at=view.written_at,
    )


@strawberry.type
class CaveatQueries:
    caveated_entries: CaveatedEntryConnection = strawberry.field(
        resolver=caveated_entries,
        description="What your agency wrote about a case under a caveat, in the function you act in.",
    )


@strawberry.type
class CaveatMutations:
    record_caveated_entry: RecordCaveatedEntryPayload = strawberry.mutation(
        resolver=record_caveated_entry,
        description="Keep legal advice, a therapeutic note or intelligence with a case, for your agency alone.",
    )
