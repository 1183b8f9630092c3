"""Proposals and the administrative ledger, as administrators read them."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import strawberry

from schema.context import Info
from schema.groups import value
from schema.node import global_id
from schema.paging import PAGE, After, First, PageInfo, page
from schema.people_words import ProposalState, Verdict, Widening
from services.people import queries
from services.people.views import LineView, ProposalView

OnlyOpen = Annotated[bool, strawberry.argument(description="Only those that wait for a decision.")]


@strawberry.type(directives=[value], description="A change that one administrator proposed and another has to approve.")
class Proposal:
    id: strawberry.ID = strawberry.field(description="Give this when you decide.")
    kind: Widening = strawberry.field(description="What it would give.")
    change: list[str] = strawberry.field(description="What exactly, one line for each thing, fit to show.")
    agency: str | None = strawberry.field(description="Whose. Null: an agency that is not here yet.")
    subject: str | None = strawberry.field(description="Whom it is about. Null: somebody new, or an agency.")
    reason: str = strawberry.field(description="Why, in the words of who proposed it.")
    proposed_by: str = strawberry.field(description="Who proposed it.")
    proposed_at: datetime = strawberry.field(description="When.")
    expires_at: datetime = strawberry.field(description="From then on nobody can approve it.")
    state: ProposalState = strawberry.field(description="What became of it.")
    decided_by: str | None = strawberry.field(description="Who decided. Null: nobody yet.")
    decided_at: datetime | None = strawberry.field(description="When. Null: not yet.")
    decision_reason: str | None = strawberry.field(description="Why, if they said so.")
    yours_to_decide: bool = strawberry.field(description="Whether you may approve or decline it now.")


@strawberry.type(directives=[value], description="A proposal in a page.")
class ProposalEdge:
    cursor: str = strawberry.field(description="Its place in the list.")
    node: Proposal = strawberry.field(description="The proposal.")


@strawberry.type(directives=[value], description="A page of proposals, the newest first.")
class ProposalConnection:
    edges: list[ProposalEdge] = strawberry.field(description="The proposals of this page.")
    page_info: PageInfo = strawberry.field(description="Whether there is more.")


@strawberry.type(directives=[value], description="A line of the administrative ledger. None is ever changed.")
class AdministrativeLine:
    id: strawberry.ID = strawberry.field(description="The line's id.")
    at: datetime = strawberry.field(description="When.")
    act: str = strawberry.field(description="What, as noun and verb, such as `function.end`; new ones may come.")
    verdict: Verdict = strawberry.field(description="Whether it was done, refused or only read.")
    actor: str = strawberry.field(description="Who did it.")
    actor_agency: str = strawberry.field(description="The agency of who did it.")
    agency: str | None = strawberry.field(description="The agency it is about. Null: none yet.")
    subject: str | None = strawberry.field(description="The person it is about. Null: none.")
    state_before: list[str] | None = strawberry.field(description="What was so before, one line for each thing.")
    state_after: list[str] | None = strawberry.field(description="What is so after, one line for each thing.")
    reason: str | None = strawberry.field(description="Why; of what was refused, the one thing that stood against it.")


@strawberry.type(directives=[value], description="A line in a page.")
class AdministrativeLineEdge:
    cursor: str = strawberry.field(description="Its place in the list.")
    node: AdministrativeLine = strawberry.field(description="The line.")


@strawberry.type(directives=[value], description="A page of the administrative ledger, the newest first.")
class AdministrativeLineConnection:
    edges: list[AdministrativeLineEdge] = strawberry.field(description="The lines of this page.")
    page_info: PageInfo = strawberry.field(description="Whether there is more.")


async def proposals(
    info: Info, first: First = PAGE, after: After = None, only_open: OnlyOpen = True
) -> ProposalConnection:
    """A page of proposals."""
    context, name = info.context, f"proposals/{only_open}"
    actor = context.reading.actor
    wanted = page(context.seal, actor, name, first, after)
    start = (datetime.fromisoformat(wanted.after[0]), UUID(wanted.after[1])) if wanted.after else None
    async with context.turn:
        found = await queries.proposals(context.reading, start, first + 1, only_open=only_open)
    edges = [
        ProposalEdge(
            cursor=context.seal.close(actor, name, [view.proposed_at.isoformat(), str(view.id)]), node=proposal(view)
        )
        for view in found[:first]
    ]
    return ProposalConnection(
        edges=edges,
        page_info=PageInfo(has_next_page=len(found) > first, end_cursor=edges[-1].cursor if edges else None),
    )


async def administrative_ledger(info: Info, first: First = PAGE, after: After = None) -> AdministrativeLineConnection:
    """A page of the administrative ledger."""
    context, name = info.context, "administrative_ledger"
    actor = context.reading.actor
    wanted = page(context.seal, actor, name, first, after)
    async with context.turn:
        found = await queries.ledger(context.reading, UUID(wanted.after[0]) if wanted.after else None, first + 1)
    edges = [
        AdministrativeLineEdge(cursor=context.seal.close(actor, name, [str(view.id)]), node=_line(view))
        for view in found[:first]
    ]
    return AdministrativeLineConnection(
        edges=edges,
        page_info=PageInfo(has_next_page=len(found) > first, end_cursor=edges[-1].cursor if edges else None),
    )


def proposal(view: ProposalView) -> Proposal:
    """A proposal as an administrator sees it."""
    return Proposal(
        id=global_id("Proposal", view.id),
        kind=view.kind,
        change=list(view.change),
        agency=view.agency,
        subject=view.subject,
        reason=view.reason,
        proposed_by=view.proposed_by,
        proposed_at=view.proposed_at,
        expires_at=view.expires_at,
        state=view.state,
        decided_by=view.decided_by,
        decided_at=view.decided_at,
        decision_reason=view.decision_reason,
        yours_to_decide=view.mine_to_decide,
    )


def _line(view: LineView) -> AdministrativeLine:
    return AdministrativeLine(
        id=global_id("AdministrativeLine", view.id),
        at=view.at,
        act=view.act,
        verdict=view.verdict,
        actor=view.actor,
        actor_agency=view.actor_agency,
        agency=view.agency,
        subject=view.subject,
        state_before=None if view.before is None else list(view.before),
        state_after=None if view.after is None else list(view.after),
        reason=view.reason,
    )
