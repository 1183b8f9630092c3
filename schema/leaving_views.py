"""What somebody leaves as types: counts and names of colleagues."""

from datetime import date, datetime

import strawberry

from schema.groups import value
from schema.node import global_id
from schema.viewer import Choice
from schema.words import Function
from services.leaving.views import (
    Counts,
    EndedMembershipView,
    LeavingFunctionView,
    LeavingView,
    PlannedEndView,
    SuccessorView,
)


@strawberry.type(directives=[value], description="How much there is. Which it is, an administrator does not see.")
class HandoverCounts:
    cases: int = strawberry.field(description="Open cases.")
    notifications: int = strawberry.field(description="Open Duty to Notify records.")
    tasks: int = strawberry.field(description="Tasks taken in hand and not done.")
    requests: int = strawberry.field(description="Information requests that wait for their answer.")
    actions: int = strawberry.field(description="Actions of strategy meetings taken in hand and not done.")


@strawberry.type(directives=[value], description="What somebody would leave in one function.")
class LeavingFunction:
    function: Function = strawberry.field(description="The function.")
    counts: HandoverCounts = strawberry.field(description="How much they have.")
    people: list[Choice] = strawberry.field(description="Colleagues who can take over.")
    teams: list[Choice] = strawberry.field(description="Teams that can take over.")
    intake: Choice | None = strawberry.field(
        description="The intake team, which gets it when you name nobody. Null: you have to name somebody."
    )


@strawberry.type(directives=[value], description="A person of your agency before they leave.")
class Leaving:
    member_id: strawberry.ID = strawberry.field(description="The person.")
    name: str = strawberry.field(description="Their name.")
    version: int = strawberry.field(description="Give this when you end their membership.")
    functions: list[LeavingFunction] = strawberry.field(description="Every function they have or have something in.")


@strawberry.type(directives=[value], description="What went to whom in one function.")
class HandedOver:
    function: Function = strawberry.field(description="The function.")
    to: str = strawberry.field(description="The colleague or the team.")
    counts: HandoverCounts = strawberry.field(description="How much.")


@strawberry.type(directives=[value], description="A membership that ended.")
class EndedMembership:
    member_id: strawberry.ID = strawberry.field(description="The person.")
    name: str = strawberry.field(description="Their name, which stays on everything they did.")
    handed_over: list[HandedOver] = strawberry.field(description="What went to whom. Empty: there was nothing.")


@strawberry.type(
    directives=[value], description="Something of a person that ends with a last day, and is handed over then."
)
class PlannedEnd:
    member_id: strawberry.ID = strawberry.field(description="The person.")
    name: str = strawberry.field(description="Their name.")
    function: Function | None = strawberry.field(description="What ends. Null: the whole membership.")
    last_day: date = strawberry.field(description="The last day; access ends at the midnight that follows, in London.")
    reason: str = strawberry.field(description="Why.")
    planned_by: str = strawberry.field(description="Who planned it.")
    planned_at: datetime = strawberry.field(description="When.")
    nobody_for: list[Function] = strawberry.field(
        description="The day has come, and nobody could take over in these: end it now with a successor."
    )


def planned_end(view: PlannedEndView) -> PlannedEnd:
    """A planned end as a type."""
    return PlannedEnd(
        member_id=global_id("Member", view.member_id),
        name=view.name,
        function=view.function,
        last_day=view.last_day,
        reason=view.reason,
        planned_by=view.planned_by,
        planned_at=view.planned_at,
        nobody_for=list(view.nobody_for),
    )


def counts(view: Counts) -> HandoverCounts:
    """Counts as a type."""
    return HandoverCounts(
        cases=view.cases,
        notifications=view.notifications,
        tasks=view.tasks,
        requests=view.requests,
        actions=view.actions,
    )


def leaving(view: LeavingView) -> Leaving:
    return Leaving(
        member_id=global_id("Member", view.id),
        name=view.name,
        version=view.version,
        functions=[_function(one) for one in view.functions],
    )


def _function(view: LeavingFunctionView) -> LeavingFunction:
    return LeavingFunction(
        function=view.function,
        counts=counts(view.counts),
        people=[_choice(one, "Member") for one in view.people],
        teams=[_choice(one, "Team") for one in view.teams],
        intake=_choice(view.intake, "Team") if view.intake else None,
    )


def ended(view: EndedMembershipView) -> EndedMembership:
    return EndedMembership(
        member_id=global_id("Member", view.id),
        name=view.name,
        handed_over=[
            HandedOver(function=one.function, to=one.successor, counts=counts(one.counts)) for one in view.handed_over
        ],
    )


def _choice(view: SuccessorView, kind: str) -> Choice:
    return Choice(id=global_id(kind, view.id), name=view.name)
