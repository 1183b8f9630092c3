"""An agency by name, wherever one is named."""

import strawberry

from schema.groups import value


@strawberry.type(directives=[value], description="An agency by name.")
class AgencyName:
    id: strawberry.ID = strawberry.field(description="The agency's global id.")
    name: str = strawberry.field(description="Its public name.")
