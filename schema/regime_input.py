"""What administrators of the platform send to enter a rule of a day to come."""

from datetime import date

import strawberry
from strawberry import UNSET

from schema.regime_words import RegimeTable, Status
from services.errors import Invalid
from services.people.changes import Change
from services.people.regime_rows import enter_regime_row
from services.regimes.entering import NewRow


@strawberry.input(description="One column of a row.")
class RegimeColumnInput:
    name: str = strawberry.field(description="Its name. One that is wrong is refused with the names of all.")
    value: str = strawberry.field(description="What the row says there: a word of the table, a number, or a wording.")


@strawberry.input(
    description="A rule that counts from a day to come on, and ends the one of its kind before it. What was decided by"
    " that one stays as it is. For the platform's administrators, signed in within the last five minutes."
)
class EnterRegimeRowInput:
    table: RegimeTable = strawberry.field(description="Which table.")
    since: date = strawberry.field(description="The first day, in London: after the day on which the second approves.")
    columns: list[RegimeColumnInput] = strawberry.field(description="What the row says. A column left out is empty.")
    source: str = strawberry.field(description="The public document that says so. At most 500 characters.")
    status: Status = strawberry.field(description="How sure that is: found or unverified.")
    note: str | None = strawberry.field(default=UNSET, description="What its reader should know.")

    def change(self) -> Change | Invalid:
        """As the service takes it."""
        columns = [(column.name, column.value) for column in self.columns]
        return enter_regime_row(
            NewRow(
                table=self.table,
                since=self.since,
                columns=columns,
                source=self.source,
                status=self.status,
                note=self.note or None,
            )
        )
