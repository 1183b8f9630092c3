"""What a case waits for in the eyes of one agency, as it is shown."""

from datetime import date, datetime

import strawberry

from schema.groups import value
from services.cases.views import WaitingView


@strawberry.type(directives=[value], description="What the case waits for in the eyes of your own agency and function.")
class Waiting:
    waits_for: str = strawberry.field(description="What has to happen. Empty: nothing any more.")
    whom: str = strawberry.field(description="Who has to do it, in your agency's words. Empty: nobody any more.")
    wakes_on: date | None = strawberry.field(description="The London date on which it wakes. Null: it is awake.")
    is_asleep: bool = strawberry.field(description="Whether that day is still to come. Clocks run on meanwhile.")
    noted_by: str = strawberry.field(description="Who of your agency noted it.")
    noted_at: datetime = strawberry.field(description="When.")


def waiting_note(view: WaitingView) -> Waiting:
    """The agency's newest note."""
    return Waiting(
        waits_for=view.what,
        whom=view.whom,
        wakes_on=view.wakes_on,
        is_asleep=view.is_asleep,
        noted_by=view.noted_by,
        noted_at=view.noted_at,
    )
