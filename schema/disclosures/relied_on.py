"""What a decision relies on: a group and the version of it that was read."""

import strawberry

from policies.vocabulary import DataGroup
from schema.groups import value


@strawberry.type(directives=[value], description="A group that a decision relies on, as it stood when it was proposed.")
class EvidenceReliedOn:
    group: DataGroup = strawberry.field(description="The group.")
    version: int = strawberry.field(
        description="Its version then; later versions change nothing here. 0: nothing was written there, it held files."
    )
