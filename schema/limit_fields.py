"""The part of the table of contents that is about who must not know of a record."""

import strawberry

from schema import access_limits
from schema.access_limits import AccessLimitsPayload


@strawberry.type
class LimitMutations:
    restrict_record: AccessLimitsPayload = strawberry.mutation(
        resolver=access_limits.restrict_record,
        description="Make a record known to its named readers only, at once; for the lead agency's approver.",
    )
    lift_restriction: AccessLimitsPayload = strawberry.mutation(
        resolver=access_limits.lift_restriction,
        description="Make a restricted record known again to everybody who stands in it.",
    )
    set_access_bar: AccessLimitsPayload = strawberry.mutation(
        resolver=access_limits.set_access_bar,
        description="Keep a person or an agency from a record, at once. For them it no longer exists.",
    )
    end_access_bar: AccessLimitsPayload = strawberry.mutation(
        resolver=access_limits.end_access_bar,
        description="Ask for the end of a bar, or agree to what somebody else asked: two people are needed.",
    )
