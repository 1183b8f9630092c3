"""What a first responder adds to a group of answers after the referral was sent."""

from datetime import date

import strawberry

from schema.agency_names import AgencyName
from schema.groups import value


@strawberry.type(
    directives=[value],
    description="Something that the first responder added after the referral was sent; what was sent stays as it is.",
)
class Addition:
    added_on: date = strawberry.field(description="The London date.")
    agency: AgencyName = strawberry.field(description="Who added it.")
    words: str = strawberry.field(description="What became known.")
    concerns: list[str] = strawberry.field(description="Which answers of the form it is about, by their keys.")


@strawberry.type
class Extended:
    """A group of answers with what was added to it; never a type by itself."""

    additions: list[Addition] = strawberry.field(
        default_factory=list, description="What the first responder added later, the oldest first. Empty: nothing."
    )
