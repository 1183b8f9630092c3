"""The part of the table of contents that is about the decisions of a competent authority."""

import strawberry

from schema import decisions
from schema.decisions import IssueDecisionPayload, ProposeDecisionPayload, ReturnDecisionPayload


@strawberry.type
class DecisionMutations:
    propose_decision: ProposeDecisionPayload = strawberry.mutation(
        resolver=decisions.propose_decision, description="Propose a decision on a referral to your authority."
    )
    return_decision: ReturnDecisionPayload = strawberry.mutation(
        resolver=decisions.return_decision, description="Give a proposed decision back with what is missing."
    )
    issue_decision: IssueDecisionPayload = strawberry.mutation(
        resolver=decisions.issue_decision, description="Issue a proposed decision today; it is never changed."
    )
