"""Who gives and who gets, on which basis and which groups: words that shares and requests have in common."""

import strawberry

from policies.vocabulary import DataGroup
from schema.agency_names import AgencyName
from schema.groups import value
from schema.node import global_id
from schema.words import Function
from services.sharing.views import Basis
from services.sharing.views import Party as PartyView


@strawberry.type(directives=[value], description="A function of an agency.")
class Party:
    agency: AgencyName = strawberry.field(description="The agency.")
    function: Function = strawberry.field(description="The function in which it gives or gets.")


@strawberry.type(directives=[value], description="What makes it lawful, in words of `lawfulWords`.")
class LawfulBasis:
    article6: str = strawberry.field(description="The basis of UK GDPR Article 6.")
    condition: str = strawberry.field(description="The condition for special category or law enforcement data.")
    power: str = strawberry.field(description="The Act that lets or makes the agency share.")


@strawberry.type(directives=[value], description="One group of a share.")
class GroupShared:
    group: DataGroup = strawberry.field(description="The group.")
    version: int | None = strawberry.field(description="The only version that is shared. Null: live, or not shared.")


def party(view: PartyView) -> Party:
    """A function of an agency."""
    name = AgencyName(id=global_id("Agency", view.agency_id), name=view.agency_name)
    return Party(agency=name, function=view.function)


def basis(view: Basis) -> LawfulBasis:
    """What makes it lawful."""
    return LawfulBasis(article6=view.article_6, condition=view.condition, power=view.power)
