"""The inputs of what happens to a case beside its decisions: one for each step."""

from datetime import date

import strawberry
from strawberry import UNSET

from schema.inputs import KEY
from services.decisions.choices import NegativeGround
from services.decisions.step_words import (
    EndReason,
    ExtensionBasis,
    ReconsiderationGround,
    ReviewOutcome,
    SuspensionReason,
)
from services.regimes.words import AgeClass, Asker, DisqualificationGround, StatementForm

CASE = "The case."
VERSION = "The case's `version` as you read it."
WORDS = "Why, in words fit for everybody who reads the decisions; at most 2,000 characters."


@strawberry.input(description="What a person said of their own referral.")
class PersonsStatementInput:
    form: StatementForm = strawberry.field(description="How it was said; which forms count depends on the day.")
    said_on: date = strawberry.field(description="The London date on which it was said.")
    heard_by: str | None = strawberry.field(default=UNSET, description="Who heard it; required unless it was written.")
    heard_by_agency: str | None = strawberry.field(default=UNSET, description="Their first responder; likewise.")


@strawberry.input(description="Lengthening a recovery period; it is never made shorter.")
class ExtendRecoveryPeriodInput:
    idempotency_key: str = strawberry.field(description=KEY)
    case_id: strawberry.ID = strawberry.field(description=CASE)
    expected_version: int = strawberry.field(description=VERSION)
    until: date = strawberry.field(description="The new last day.")
    basis: ExtensionBasis = strawberry.field(description="What makes it necessary.")
    words: str = strawberry.field(description=WORDS)


@strawberry.input(description="Asking for a recovery period to be lengthened, for an investigation.")
class AskForExtensionInput:
    idempotency_key: str = strawberry.field(description=KEY)
    case_id: strawberry.ID = strawberry.field(description=CASE)
    expected_version: int = strawberry.field(description=VERSION)
    until: date = strawberry.field(description="Until which day it is needed.")
    words: str = strawberry.field(description=WORDS)


@strawberry.input(description="Returning a referral that is not valid to its first responder.")
class ReturnReferralInput:
    idempotency_key: str = strawberry.field(description=KEY)
    case_id: strawberry.ID = strawberry.field(description=CASE)
    expected_version: int = strawberry.field(description=VERSION)
    missing: list[str] = strawberry.field(
        description="What is missing or does not count: keys of `referralForm`, such as `referrer.consentTakenBy`."
    )
    words: str = strawberry.field(description=WORDS)


@strawberry.input(
    description="What became known after a referral was sent, for whoever reads the answers that it is about."
)
class AddToReferralInput:
    idempotency_key: str = strawberry.field(description=KEY)
    case_id: strawberry.ID = strawberry.field(description=CASE)
    expected_version: int = strawberry.field(description=VERSION)
    concerns: list[str] = strawberry.field(
        default_factory=list, description="Which answers of one group it is about, by the form's keys. Empty: account."
    )
    words: str = strawberry.field(description="What became known; at most 15,000 characters.")


@strawberry.input(description="Suspending a referral: its target stands still, the recovery period goes on.")
class SuspendCaseInput:
    idempotency_key: str = strawberry.field(description=KEY)
    case_id: strawberry.ID = strawberry.field(description=CASE)
    expected_version: int = strawberry.field(description=VERSION)
    reason: SuspensionReason = strawberry.field(description="What it waits for.")
    words: str = strawberry.field(description=WORDS)


@strawberry.input(description="Taking a suspended referral up again.")
class ResumeCaseInput:
    idempotency_key: str = strawberry.field(description=KEY)
    case_id: strawberry.ID = strawberry.field(description=CASE)
    expected_version: int = strawberry.field(description=VERSION)
    words: str = strawberry.field(description=WORDS)


@strawberry.input(description="That an adult withdrew. Nobody withdraws for a child.")
class RecordWithdrawalInput:
    idempotency_key: str = strawberry.field(description=KEY)
    case_id: strawberry.ID = strawberry.field(description=CASE)
    expected_version: int = strawberry.field(description=VERSION)
    statement: PersonsStatementInput = strawberry.field(description="How the adult said so.")
    words: str = strawberry.field(description=WORDS)


@strawberry.input(description="Ending a case for a reason other than a decision or a withdrawal.")
class EndCaseInput:
    idempotency_key: str = strawberry.field(description=KEY)
    case_id: strawberry.ID = strawberry.field(description=CASE)
    expected_version: int = strawberry.field(description=VERSION)
    reason: EndReason = strawberry.field(description="Why.")
    words: str = strawberry.field(description=WORDS)


@strawberry.input(description="Giving a case to another competent authority.")
class TransferCaseInput:
    idempotency_key: str = strawberry.field(description=KEY)
    case_id: strawberry.ID = strawberry.field(description=CASE)
    expected_version: int = strawberry.field(description=VERSION)
    authority: str = strawberry.field(description="The code of the authority, such as `ieca`.")
    words: str = strawberry.field(description=WORDS)


@strawberry.input(description="Taking back the last positive decision; for an approver who had no part in it.")
class RevokeDecisionInput:
    idempotency_key: str = strawberry.field(description=KEY)
    case_id: strawberry.ID = strawberry.field(description=CASE)
    expected_version: int = strawberry.field(description=VERSION)
    grounds: list[NegativeGround] = strawberry.field(
        default_factory=list, description="What it rests on, at least one; for a child never credibility alone."
    )
    childs_views: str | None = strawberry.field(
        default=UNSET, description="For a child, and where age is unsure: the child's views, or why they are not known."
    )
    best_interests: str | None = strawberry.field(
        default=UNSET, description="For a child, and where age is unsure: how best interests were considered."
    )
    words: str = strawberry.field(description=WORDS)


@strawberry.input(
    description="That nobody is sure whether somebody is an adult or a child, whichever they were believed to be."
)
class DoubtAgeInput:
    idempotency_key: str = strawberry.field(description=KEY)
    case_id: strawberry.ID = strawberry.field(description=CASE)
    expected_version: int = strawberry.field(description=VERSION)
    local_authority: str = strawberry.field(
        description="Whose children's services see to it: a name of the list `local_authorities`."
    )
    words: str = strawberry.field(description=WORDS)


@strawberry.input(description="Beginning to assess an age; for children's services.")
class StartAgeAssessmentInput:
    idempotency_key: str = strawberry.field(description=KEY)
    case_id: strawberry.ID = strawberry.field(description=CASE)
    expected_version: int = strawberry.field(description=VERSION)
    words: str = strawberry.field(description=WORDS)


@strawberry.input(description="What an age assessment found; for children's services.")
class SettleAgeInput:
    idempotency_key: str = strawberry.field(description=KEY)
    case_id: strawberry.ID = strawberry.field(description=CASE)
    expected_version: int = strawberry.field(description=VERSION)
    age: AgeClass = strawberry.field(description="What was found.")
    words: str = strawberry.field(description=WORDS)


@strawberry.input(description="Beginning to weigh a disqualification; nothing is taken from anybody by that.")
class WeighDisqualificationInput:
    idempotency_key: str = strawberry.field(description=KEY)
    case_id: strawberry.ID = strawberry.field(description=CASE)
    expected_version: int = strawberry.field(description=VERSION)
    ground: DisqualificationGround = strawberry.field(description="On which ground.")
    words: str = strawberry.field(description=WORDS)


@strawberry.input(
    description="Deciding a disqualification, by another than who began to weigh it. To disqualify takes every part."
)
class DecideDisqualificationInput:
    idempotency_key: str = strawberry.field(description=KEY)
    case_id: strawberry.ID = strawberry.field(description=CASE)
    expected_version: int = strawberry.field(description=VERSION)
    is_disqualified: bool = strawberry.field(description="Whether the person is disqualified.")
    words: str = strawberry.field(description=WORDS)
    facts: str | None = strawberry.field(default=UNSET, description="What the ground rests on.")
    threat: str | None = strawberry.field(default=UNSET, description="How great the threat is.")
    recovery_needs: str | None = strawberry.field(
        default=UNSET, description="What the person needs in order to recover."
    )
    retrafficking_risk: str | None = strawberry.field(
        default=UNSET, description="What was found about the risk of being trafficked again."
    )
    balance: str | None = strawberry.field(default=UNSET, description="How all of this was weighed.")
    representations: str | None = strawberry.field(
        default=UNSET, description="What was said for the person. Left out: nothing."
    )
    told_on: date | None = strawberry.field(default=UNSET, description="When the person was told that it is weighed.")


@strawberry.input(description="Asking for the last negative decision to be looked at again.")
class AskForReconsiderationInput:
    idempotency_key: str = strawberry.field(description=KEY)
    case_id: strawberry.ID = strawberry.field(description=CASE)
    expected_version: int = strawberry.field(description=VERSION)
    grounds: list[ReconsiderationGround] = strawberry.field(description="On which grounds, at least one.")
    words: str = strawberry.field(description=WORDS)
    asked_by: Asker | None = strawberry.field(
        default=UNSET, description="For whom the authority records the request. Left out by every other agency."
    )
    why_late: str | None = strawberry.field(
        default=UNSET, description="What exceptional reason there was, after the last day."
    )


@strawberry.input(
    description="Answering a request for reconsideration; for neither the first decider nor their manager."
)
class AnswerReconsiderationInput:
    idempotency_key: str = strawberry.field(description=KEY)
    case_id: strawberry.ID = strawberry.field(description=CASE)
    expected_version: int = strawberry.field(description=VERSION)
    is_accepted: bool = strawberry.field(description="Whether the decision is made anew.")
    words: str = strawberry.field(description=WORDS)


@strawberry.input(description="That somebody went to court about the last decision.")
class RecordJudicialReviewInput:
    idempotency_key: str = strawberry.field(description=KEY)
    case_id: strawberry.ID = strawberry.field(description=CASE)
    expected_version: int = strawberry.field(description=VERSION)
    court_reference: str = strawberry.field(description="The court's reference; at most 100 characters.")
    brought_on: date = strawberry.field(description="When the claim was brought.")
    words: str = strawberry.field(description=WORDS)


@strawberry.input(description="How a judicial review ended.")
class RecordReviewOutcomeInput:
    idempotency_key: str = strawberry.field(description=KEY)
    case_id: strawberry.ID = strawberry.field(description=CASE)
    expected_version: int = strawberry.field(description=VERSION)
    outcome: ReviewOutcome = strawberry.field(description="How.")
    words: str = strawberry.field(description=WORDS)


@strawberry.input(description="Letting a Home Office unit see whether the person is protected.")
class ShowProtectionInput:
    idempotency_key: str = strawberry.field(description=KEY)
    case_id: strawberry.ID = strawberry.field(description=CASE)
    expected_version: int = strawberry.field(description=VERSION)
    agency_id: strawberry.ID = strawberry.field(description="The unit.")
    words: str = strawberry.field(description=WORDS)
