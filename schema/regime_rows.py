"""The rules of days to come that were entered, or wait for the second administrator, as the platform's administrators
read them."""

from collections.abc import Mapping
from datetime import date, datetime

import strawberry

from schema.context import Info
from schema.groups import value
from schema.node import global_id
from schema.regime_words import RegimeTable, Status
from services.people import regime_rows_seen
from services.people.regime_rows_seen import RegimeRowState, RegimeRowView

STATES: Mapping[RegimeRowState, str] = {
    RegimeRowState.WAITS_FOR_SECOND: "Proposed by one; nothing counts before another administrator approves it.",
    RegimeRowState.TO_COME: "Entered; it counts from its first day on.",
    RegimeRowState.IN_FORCE: "It counts today.",
    RegimeRowState.ENDED: "It counted, until another took its place.",
    RegimeRowState.NEVER_BEGAN: "Entered anew for the same day before it began; the later one counts.",
}
strawberry.enum(RegimeRowState, description="What a rule that was entered amounts to today, in London.")
for each in vars(RegimeRowState)["__strawberry_definition__"].values:
    each.description = STATES[RegimeRowState(each.value)]


@strawberry.type(directives=[value], description="One column of a row.")
class RegimeColumn:
    name: str = strawberry.field(description="Its name.")
    value: str = strawberry.field(description="What the row says there.")


@strawberry.type(
    directives=[value], description="A rule of the mechanism that two administrators entered, or that one proposed."
)
class EnteredRegimeRow:
    row: str = strawberry.field(description="Its id: what is decided by it keeps it.")
    table: RegimeTable = strawberry.field(description="Which table.")
    columns: list[RegimeColumn] = strawberry.field(description="What it says, by name. Empty columns are left out.")
    since: date = strawberry.field(description="The first day on which it counts, in London.")
    until: date | None = strawberry.field(description="From this day on another counts. Null: none that was entered.")
    source: str = strawberry.field(description="The public document that says so.")
    status: Status = strawberry.field(description="How sure that is.")
    note: str | None = strawberry.field(description="What its reader should know. Null: nothing.")
    state: RegimeRowState = strawberry.field(description="What it amounts to today.")
    reason: str = strawberry.field(description="Why it was proposed.")
    proposed_by: str = strawberry.field(description="Who proposed it.")
    proposed_at: datetime = strawberry.field(description="When.")
    confirmed_by: str | None = strawberry.field(description="Who approved it, and so entered it. Null: nobody yet.")
    confirmed_at: datetime | None = strawberry.field(description="When. Null: not yet.")
    expires_at: datetime = strawberry.field(description="From then on nobody can approve what nobody approved.")
    proposal_id: strawberry.ID = strawberry.field(description="The proposal; give this when you decide.")


async def entered_regime_rows(info: Info) -> list[EnteredRegimeRow]:
    """Every row that was entered, whatever became of it, and every one that may yet be."""
    async with info.context.turn:
        return [_row(view) for view in await regime_rows_seen.regime_rows(info.context.reading)]


@strawberry.type
class RegimeQueries:
    entered_regime_rows: list[EnteredRegimeRow] = strawberry.field(
        resolver=entered_regime_rows,
        description="The rules of days to come that were entered or wait for the second administrator, by their first"
        " day. For the platform's administrators; empty for everybody else.",
    )


def _row(view: RegimeRowView) -> EnteredRegimeRow:
    return EnteredRegimeRow(
        row=view.row,
        table=view.table,
        columns=[RegimeColumn(name=name, value=text) for name, text in view.columns],
        since=view.since,
        until=view.until,
        source=view.source,
        status=view.status,
        note=view.note,
        state=view.state,
        reason=view.reason,
        proposed_by=view.proposed_by,
        proposed_at=view.proposed_at,
        confirmed_by=view.confirmed_by,
        confirmed_at=view.confirmed_at,
        expires_at=view.expires_at,
        proposal_id=global_id("Proposal", view.proposal_id),
    )
