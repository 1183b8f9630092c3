"""Who could refer on which days, as the published lists and statistics have it."""

from datetime import date
from typing import Annotated

import strawberry

from schema.groups import value
from schema.paging import PAGE, First, wrong_input
from services.reference import queries
from services.reference.designations import Designation, StatisticsType

MOST = 100

strawberry.enum(StatisticsType, description="Under which type the published statistics count a first responder.")

Organisation = Annotated[
    str | None, strawberry.argument(description="A body by its name or code, as the lists have it. Null: all of them.")
]
At = Annotated[date | None, strawberry.argument(description="Only who could refer on this day. Null: any day.")]


@strawberry.type(directives=[value], description="One time in which a body may refer, or might.")
class DesignatedPeriod:
    code: str = strawberry.field(description="The body's code; our own.")
    organisation: str = strawberry.field(description="The body's name; a former body keeps it on old cases.")
    parent: str | None = strawberry.field(description="The code of the body that this is a unit of. Null: of none.")
    statistics_type: StatisticsType = strawberry.field(description="Under which type the statistics count it.")
    since: date | None = strawberry.field(description="The first day. Null: from the beginning.")
    until: date | None = strawberry.field(description="The last day on which it might refer. Null: it still may.")
    verified: bool = strawberry.field(description="Whether the dates are known. False: assumed.")
    source: str = strawberry.field(description="Where the dates come from.")


@strawberry.type(directives=[value], description="The designations that were found.")
class Designations:
    total: int = strawberry.field(description="How many match; `periods` has at most `first` of them.")
    periods: list[DesignatedPeriod] = strawberry.field(description="In the list's order. Empty: none refers then.")


def designations(organisation: Organisation = None, at: At = None, first: First = PAGE) -> Designations:
    """Designations in the order of the list."""
    if not 1 <= first <= MOST:
        raise wrong_input()
    found = queries.designations(organisation, at)
    return Designations(total=len(found), periods=[_period(one) for one in found[:first]])


def _period(view: Designation) -> DesignatedPeriod:
    return DesignatedPeriod(
        code=view.organisation.code,
        organisation=view.organisation.name,
        parent=view.parent,
        statistics_type=view.statistics_type,
        since=view.designated_from,
        until=view.designated_until,
        verified=view.verified,
        source=view.source,
    )
