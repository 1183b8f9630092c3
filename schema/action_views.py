"""Actions of strategy meetings as clients read them while they are followed."""

from datetime import date, datetime

import strawberry

from policies.vocabulary import DataGroup
from schema.groups import entry, value
from schema.meeting_content import MeetingBody, body
from schema.meeting_words import ActionState
from schema.node import global_id
from schema.paging import PageInfo
from services.meetings.action_views import ActionView, FollowUpView, HolderView, ReportView


@strawberry.type(directives=[value], description="What was said last of an action.")
class ActionReport:
    note: str = strawberry.field(description="What was done, or what blocks it.")
    agency: str = strawberry.field(description="Which agency said so.")
    at: datetime = strawberry.field(description="When.")
    for_them: bool = strawberry.field(description="Whether the children's services wrote it down for the owner.")


@strawberry.type(directives=[value], description="Who has an action in hand in your own agency.")
class ActionHolder:
    name: str = strawberry.field(description="The colleague or the team.")
    is_team: bool = strawberry.field(description="Whether it is a team.")
    since: datetime = strawberry.field(description="Since when.")


@strawberry.type(
    directives=[entry(DataGroup.STRATEGY_MINUTES)],
    description="An action of a strategy meeting, and what became of it.",
)
class FollowedAction:
    id: strawberry.ID = strawberry.field(description="The entry of the meeting that it is.")
    meeting_id: strawberry.ID = strawberry.field(description="The meeting that agreed on it.")
    case_reference: str = strawberry.field(description="The case that it is about.")
    what: str = strawberry.field(description="What has to be done.")
    owner: MeetingBody = strawberry.field(description="Who has to.")
    owner_person: str | None = strawberry.field(description="Who there. Null: not named.")
    due_on: date = strawberry.field(description="Until when; the day itself still counts.")
    is_overdue: bool = strawberry.field(description="Whether the day has passed and it is not done.")
    state: ActionState = strawberry.field(description="What became of it.")
    version: int = strawberry.field(description="Give it back as `expectedVersion` when you report.")
    is_yours: bool = strawberry.field(
        description="Whether you follow it: the owner does, or whoever holds the meeting if the owner cannot."
    )
    report: ActionReport | None = strawberry.field(description="The newest report. Null: none yet.")
    holder: ActionHolder | None = strawberry.field(
        description="Who has it in hand with you. Null: nobody, or not for your agency to see."
    )


@strawberry.type(
    directives=[entry(DataGroup.STRATEGY_MINUTES)], description="What a meeting has to follow, as far as you may see."
)
class MeetingFollowUp:
    actions: list[FollowedAction] = strawberry.field(description="Of this meeting, the next due first.")
    earlier: list[FollowedAction] = strawberry.field(
        description="Of earlier meetings about this child: still open, or done since the meeting before this one."
    )


@strawberry.type(directives=[value], description="An action in a list.")
class FollowedActionEdge:
    cursor: str = strawberry.field(description="Its place in the list.")
    node: FollowedAction = strawberry.field(description="The action.")


@strawberry.type(directives=[value], description="A page of actions.")
class FollowedActionConnection:
    edges: list[FollowedActionEdge] = strawberry.field(description="The actions of this page.")
    page_info: PageInfo = strawberry.field(description="Whether there is more.")


def action(view: ActionView) -> FollowedAction:
    """An action as its reader may see it."""
    return FollowedAction(
        id=global_id("MeetingEntry", view.id),
        meeting_id=global_id("Meeting", view.meeting),
        case_reference=view.case_reference,
        what=view.what,
        owner=body(view.owner),
        owner_person=view.owner_person,
        due_on=view.due_on,
        is_overdue=view.is_overdue,
        state=view.state,
        version=view.version,
        is_yours=view.is_yours,
        report=_report(view.report),
        holder=_holder(view.holder),
    )


def follow_up(view: FollowUpView) -> MeetingFollowUp:
    """Both lists."""
    return MeetingFollowUp(actions=[action(one) for one in view.actions], earlier=[action(one) for one in view.earlier])


def _report(view: ReportView | None) -> ActionReport | None:
    return ActionReport(note=view.note, agency=view.agency, at=view.at, for_them=view.for_them) if view else None


def _holder(view: HolderView | None) -> ActionHolder | None:
    return ActionHolder(name=view.name, is_team=view.is_team, since=view.since) if view else None
