"""Values the language brings of its own; SCALARS goes into the configuration of the schema."""

from typing import Any, Final, NewType

import strawberry
from graphql import GraphQLError
from strawberry.types.scalar import ScalarDefinition

from services.referrals.partial_dates import possible_days

PartialDate = NewType("PartialDate", str)
_REMEDY = 'Send the year "2011", the month "2011-03" or the day "2011-03-09" as text.'


def parse_partial_date(value: Any) -> PartialDate:
    """The date as sent; a refusal says what to send and never repeats the value, which may be a birthday."""
    if not isinstance(value, str) or possible_days(value) is None:
        raise GraphQLError(
            'This is no date. Send the year "2011", the month "2011-03" or the day "2011-03-09" as text.'
        )
    return PartialDate(value)


SCALARS: Final[dict[object, ScalarDefinition]] = {
    PartialDate: strawberry.scalar(
        name="PartialDate",
        description="A date of which only the year, or the year and month, may be known: "
        '"2011", "2011-03" or "2011-03-09". Show what is there; never fill in the rest.',
        serialize=str,
        parse_value=parse_partial_date,
    ),
}
