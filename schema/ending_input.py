"""What administrators send to end a function, of a person or of an agency, and to keep what was to end."""

from datetime import date

import strawberry
from strawberry import UNSET

from schema.node import given_uuid, uuid_of
from schema.words import Function
from services.people import changes
from services.people.acts import Single
from services.people.changes import Change, SingleAct


@strawberry.input(description="Who takes over in the function that ends: one of these.")
class TakesOverInput:
    member_id: strawberry.ID | None = strawberry.field(default=UNSET, description="A colleague who acts in it.")
    team_id: strawberry.ID | None = strawberry.field(default=UNSET, description="Or a team that works in it.")

    def named(self) -> dict[str, object]:
        """As the service takes it."""
        return {"member": uuid_of(self.member_id or None, "Member"), "team": uuid_of(self.team_id or None, "Team")}


@strawberry.input(description="An end on a day to come that will not be. Two administrators agree on it.")
class CancelEndInput:
    member_id: strawberry.ID = strawberry.field(description="The person.")
    function: Function | None = strawberry.field(
        default=UNSET, description="The function that was to end. Left out: the whole membership."
    )

    def change(self) -> Change:
        """As the service takes it."""
        return changes.cancel_end(given_uuid(self.member_id, "Member"), self.function or None)


@strawberry.input(
    description="Ending a function, at once or on a day; what is theirs in it goes to somebody who stays."
)
class EndFunctionInput:
    member_id: strawberry.ID = strawberry.field(description="The person.")
    function: Function = strawberry.field(description="The function.")
    on: date | None = strawberry.field(
        default=UNSET, description="The first day without it; it ends at midnight in London. Left out: now."
    )
    successor: TakesOverInput | None = strawberry.field(
        default=UNSET, description="Who gets what is theirs in it. Left out: the function's intake team."
    )

    def act(self) -> SingleAct:
        """As the service takes it."""
        content = {"member": given_uuid(self.member_id, "Member"), "function": self.function, "on": self.on or None}
        content |= {"successor": self.successor.named() if self.successor else None}
        return SingleAct(Single.FUNCTION_END, content)


@strawberry.input(
    description="Ending what an agency does; never at once while something is open in it. For the platform's"
    " administrators."
)
class EndAgencyFunctionInput:
    agency_id: strawberry.ID = strawberry.field(description="The agency.")
    function: Function = strawberry.field(description="The function.")
    on: date | None = strawberry.field(
        default=UNSET, description="The first day without it; it ends at midnight in London. Left out: now."
    )

    def act(self) -> SingleAct:
        """As the service takes it."""
        content = {"function": self.function, "on": self.on or None}
        return SingleAct(Single.AGENCY_FUNCTION_END, content, given_uuid(self.agency_id, "Agency"))
