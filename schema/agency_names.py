"""An agency by its public name, as it stands beside what it did."""

import strawberry

from schema.groups import value
from schema.node import global_id
from services.cases import views


@strawberry.type(directives=[value], description="An agency by name.")
class AgencyName:
    id: strawberry.ID = strawberry.field(description="The agency's global id.")
    name: str = strawberry.field(description="Its public name.")


def named(view: views.AgencyName) -> AgencyName:
    """The agency of a view."""
    return AgencyName(id=global_id("Agency", view.id), name=view.name)
