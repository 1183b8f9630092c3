"""The strategy meetings of a case in brief; each is read whole by its own id."""

from datetime import datetime
from typing import Annotated

import strawberry

from policies.vocabulary import DataGroup
from schema.groups import Withheld, group, value
from schema.meeting_words import MeetingState, Mode
from schema.node import global_id
from services.cases.views import MeetingLineView


@strawberry.type(directives=[value], description="A strategy meeting of the case; read it with `meeting`.")
class MeetingLine:
    id: strawberry.ID = strawberry.field(description="The meeting's global id.")
    ordinal: int = strawberry.field(description="Its place among those you may see.")
    mode: Mode = strawberry.field(description="How it is held.")
    starts_at: datetime = strawberry.field(description="When it begins.")
    state: MeetingState = strawberry.field(description="How far it has come.")


@strawberry.type(
    directives=[group(DataGroup.STRATEGY_MINUTES)],
    description="The strategy meetings you may see, in order.",
)
class StrategyMinutes:
    meetings: list[MeetingLine] = strawberry.field(description="Empty: there is none that you may see.")


StrategyMinutesDisclosure = Annotated[
    StrategyMinutes | Withheld,
    strawberry.union("StrategyMinutesDisclosure", description="The strategy meetings, or withheld."),
]


def minutes(views: tuple[MeetingLineView, ...]) -> StrategyMinutes:
    """In the order in which they were convened."""
    return StrategyMinutes(
        meetings=[
            MeetingLine(
                id=global_id("Meeting", view.id),
                ordinal=ordinal,
                mode=Mode(view.mode),
                starts_at=view.starts_at,
                state=MeetingState(view.state),
            )
            for ordinal, view in enumerate(views, start=1)
        ]
    )
