"""Following actions of strategy meetings: the agency's list, a report, and who has one in hand."""

from datetime import date
from typing import Annotated, TypeVar
from uuid import UUID

import strawberry
from strawberry import UNSET

from schema.action_views import FollowedAction, FollowedActionConnection, FollowedActionEdge, action
from schema.context import Info
from schema.groups import value
from schema.inputs import INPUT, KEY, content_of
from schema.meeting_words import ActionState
from schema.node import uuid_of
from schema.paging import PAGE, After, First, PageInfo, page
from schema.results import Problem, problem
from schema.worklists import Scope, holder_of
from services.cases.queries import WorklistScope
from services.errors import WorkProblem
from services.meetings import followed, following
from services.meetings.followed import ActionsPage

WHY_NOT = "Why nothing was done. Null: it was done."
HeldBy = Annotated[
    strawberry.ID | None, strawberry.argument(description="Only those that this colleague or team has in hand.")
]


@strawberry.input(description="Saying what became of an action.")
class ReportActionInput:
    idempotency_key: str = strawberry.field(description=KEY)
    meeting_id: strawberry.ID = strawberry.field(description="The meeting that agreed on it.")
    action_id: strawberry.ID = strawberry.field(description="The action.")
    expected_version: int = strawberry.field(description="Its `version` when you read it.")
    state: ActionState = strawberry.field(description="What became of it. OPEN: it has to be done again.")
    note: str = strawberry.field(description="What was done, or what blocks it.")


@strawberry.input(description="Giving an action to a colleague or a team of your agency and function.")
class GiveActionInput:
    idempotency_key: str = strawberry.field(description=KEY)
    meeting_id: strawberry.ID = strawberry.field(description="The meeting that agreed on it.")
    action_id: strawberry.ID = strawberry.field(description="The action.")
    member_id: strawberry.ID | None = strawberry.field(default=UNSET, description="The colleague.")
    team_id: strawberry.ID | None = strawberry.field(default=UNSET, description="Or the team.")


@strawberry.type(directives=[value], description="What came of saying what became of an action.")
class ReportActionPayload:
    action: FollowedAction | None = strawberry.field(description="The action. Null: nothing was done.")
    problem: Problem | None = strawberry.field(description=WHY_NOT)


@strawberry.type(directives=[value], description="What came of giving an action to somebody.")
class GiveActionPayload:
    action: FollowedAction | None = strawberry.field(description="The action. Null: nothing was done.")
    problem: Problem | None = strawberry.field(description=WHY_NOT)


P = TypeVar("P", ReportActionPayload, GiveActionPayload)


async def open_actions(
    info: Info,
    scope: Scope = WorklistScope.ASSIGNED,
    held_by: HeldBy = None,
    first: First = PAGE,
    after: After = None,
) -> FollowedActionConnection:
    """A page of the agency's open actions."""
    context, name = info.context, f"actions/{scope}/{held_by or ''}"
    actor = context.reading.actor
    start = page(context.seal, actor, name, first, after).after
    holder = holder_of(held_by)
    wanted = ActionsPage(
        in_charge=scope is WorklistScope.ASSIGNED,
        first=first,
        member=holder.get("Member"),
        team=holder.get("Team"),
        after=(date.fromisoformat(start[0]), UUID(start[1])) if start else None,
    )
    async with context.turn:
        found = await followed.open_actions(context.reading, wanted)
    edges = [
        FollowedActionEdge(
            cursor=context.seal.close(actor, name, [one.due_on.isoformat(), str(one.id)]), node=action(one)
        )
        for one in found.actions
    ]
    end = edges[-1].cursor if edges else None
    return FollowedActionConnection(edges=edges, page_info=PageInfo(has_next_page=found.has_more, end_cursor=end))


async def report_action(info: Info, sent: Annotated[ReportActionInput, INPUT]) -> ReportActionPayload:
    """Say what became of an action."""
    said = following.Report(
        meeting=_id(sent.meeting_id, "Meeting"),
        action=_id(sent.action_id, "MeetingEntry"),
        expected_version=sent.expected_version,
        state=sent.state,
        note=sent.note,
    )
    outcome = await following.report(info.context.reading, sent.idempotency_key, said, content_of(sent))
    return await _told(info, ReportActionPayload, said.meeting, outcome)


async def give_action(info: Info, sent: Annotated[GiveActionInput, INPUT]) -> GiveActionPayload:
    """Give it to somebody."""
    charge = following.Charge(
        meeting=_id(sent.meeting_id, "Meeting"),
        action=_id(sent.action_id, "MeetingEntry"),
        member=uuid_of(sent.member_id or None, "Member"),
        team=uuid_of(sent.team_id or None, "Team"),
    )
    outcome = await following.give(info.context.reading, sent.idempotency_key, charge, content_of(sent))
    return await _told(info, GiveActionPayload, charge.meeting, outcome)


async def _told(info: Info, payload: type[P], meeting: UUID, outcome: UUID | WorkProblem) -> P:
    if not isinstance(outcome, UUID):
        return payload(action=None, problem=problem(outcome))
    found = await followed.one(info.context.reading, meeting, outcome)
    return payload(action=action(found) if found else None, problem=None)


def _id(public: strawberry.ID, kind: str) -> UUID:
    return uuid_of(public, kind) or UUID(int=0)
