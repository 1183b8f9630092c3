"""A line of the ledger and a total of lines as types."""

from datetime import datetime

import strawberry

from policies.vocabulary import DataGroup
from schema.agency_names import AgencyName, named
from schema.groups import value
from schema.node import global_id
from schema.words import AccessLevel, Function, Relation
from services.ledger_reading.views import LedgerLineView, LedgerTotalView, LedgerVerdict

strawberry.enum(
    LedgerVerdict,
    description="What became of a look. VIEWED: by the lead agency of that moment. DISCLOSED: by another agency. "
    "REFUSED: nothing was shown, or an act was not done. HANDED_OVER: an administrator handed the record over and saw "
    "none of it.",
)


@strawberry.type(directives=[value], description="One look. No line is ever changed, and none holds what was seen.")
class LedgerLine:
    id: strawberry.ID = strawberry.field(description="The line's id.")
    at: datetime = strawberry.field(description="When.")
    agency: AgencyName = strawberry.field(description="The agency that looked.")
    person: str | None = strawberry.field(description="Who looked. Null: somebody of another agency, which knows who.")
    function: Function = strawberry.field(description="What they acted as.")
    access_level: AccessLevel = strawberry.field(description="At which level.")
    act: str = strawberry.field(
        description="`see` for a look, `list` for looking through a list, else the act, such as `case.assign`; new "
        "ones may come."
    )
    verdict: LedgerVerdict = strawberry.field(description="What became of it.")
    record_reference: str | None = strawberry.field(
        description="The record. Null: none, or none that your agency may know of; the two are the same answer."
    )
    relations: list[Relation] = strawberry.field(description="How they stood to the record.")
    purposes: list[str] = strawberry.field(description="What their agency is involved for.")
    groups: list[DataGroup] = strawberry.field(
        description="What was seen whole, in one version or in all, or in single entries."
    )
    summaries: list[DataGroup] = strawberry.field(description="What was seen as a summary.")
    written: list[DataGroup] = strawberry.field(description="What was written.")
    withheld: list[DataGroup] = strawberry.field(description="What was asked for and not shown.")
    rules: list[str] = strawberry.field(description="The rules by which it was shown or done.")


@strawberry.type(
    directives=[value], description="How often an agency looked at a group for a purpose, and with what end."
)
class LedgerTotal:
    agency: AgencyName = strawberry.field(description="The agency that looked.")
    group: DataGroup | None = strawberry.field(description="The group. Null: lists, and acts that showed none.")
    purpose: str | None = strawberry.field(description="What the agency is involved for. Null: it stood in no record.")
    verdict: LedgerVerdict = strawberry.field(
        description="What became of it; a group that was asked for and withheld counts as REFUSED."
    )
    looks: int = strawberry.field(description="How many lines.")
    people: int = strawberry.field(description="Of how many people.")
    first_at: datetime = strawberry.field(description="The first of them.")
    last_at: datetime = strawberry.field(description="The last of them.")


def line(view: LedgerLineView) -> LedgerLine:
    """A line as an officer sees it."""
    return LedgerLine(
        id=global_id("LedgerLine", view.id),
        at=view.at,
        agency=named(view.agency),
        person=view.person,
        function=view.function,
        access_level=view.access_level,
        act=view.act,
        verdict=view.verdict,
        record_reference=view.reference,
        relations=list(view.relations),
        purposes=list(view.purposes),
        groups=list(view.groups),
        summaries=list(view.summaries),
        written=list(view.written),
        withheld=list(view.withheld),
        rules=list(view.rules),
    )


def total(view: LedgerTotalView) -> LedgerTotal:
    """A total as an officer sees it."""
    return LedgerTotal(
        agency=named(view.agency),
        group=view.group,
        purpose=view.purpose,
        verdict=view.verdict,
        looks=view.looks,
        people=view.people,
        first_at=view.first_at,
        last_at=view.last_at,
    )
