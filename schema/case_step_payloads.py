"""The payloads of what happens to a case beside its decisions."""

import strawberry

from schema.case_payload import CasePayload
from schema.groups import value


@strawberry.type(directives=[value], description="The case with its new last day, or why it stays.")
class ExtendRecoveryPeriodPayload(CasePayload): ...


@strawberry.type(
    directives=[value], description="The case with a further period or without, or why nothing was decided."
)
class DecideFurtherRecoveryPayload(CasePayload): ...


@strawberry.type(directives=[value], description="The case with the review, or why none was recorded.")
class RecordProgressReviewPayload(CasePayload): ...


@strawberry.type(directives=[value], description="The case with the request, or why it was not made.")
class AskForExtensionPayload(CasePayload): ...


@strawberry.type(directives=[value], description="The case whose referral was returned, or why it was not.")
class ReturnReferralPayload(CasePayload): ...


@strawberry.type(directives=[value], description="The case with what was added, or why nothing was.")
class AddToReferralPayload(CasePayload): ...


@strawberry.type(directives=[value], description="The suspended case, or why it goes on.")
class SuspendCasePayload(CasePayload): ...


@strawberry.type(directives=[value], description="The case, or why it stays suspended.")
class ResumeCasePayload(CasePayload): ...


@strawberry.type(directives=[value], description="The ended case, or why it goes on.")
class RecordWithdrawalPayload(CasePayload): ...


@strawberry.type(directives=[value], description="The ended case, or why it goes on.")
class EndCasePayload(CasePayload): ...


@strawberry.type(directives=[value], description="The case as the authority before sees it, or why it stays.")
class TransferCasePayload(CasePayload): ...


@strawberry.type(directives=[value], description="The case without the decision, or why it stands.")
class RevokeDecisionPayload(CasePayload): ...


@strawberry.type(directives=[value], description="The case under the rules of an adult, or why nothing was recorded.")
class RecordConsentAt18Payload(CasePayload): ...


@strawberry.type(directives=[value], description="The case under the rules of a child, or why not.")
class DoubtAgePayload(CasePayload): ...


@strawberry.type(directives=[value], description="The case, or why nothing began.")
class StartAgeAssessmentPayload(CasePayload): ...


@strawberry.type(directives=[value], description="The case, or why the age stays in doubt.")
class SettleAgePayload(CasePayload): ...


@strawberry.type(directives=[value], description="The case, or why nothing is weighed.")
class WeighDisqualificationPayload(CasePayload): ...


@strawberry.type(directives=[value], description="The case, or why nothing was decided.")
class DecideDisqualificationPayload(CasePayload): ...


@strawberry.type(directives=[value], description="The case with the request, or why it was not made.")
class AskForReconsiderationPayload(CasePayload): ...


@strawberry.type(directives=[value], description="The case, or why the request still waits.")
class AnswerReconsiderationPayload(CasePayload): ...


@strawberry.type(directives=[value], description="The case, or why nothing was recorded.")
class RecordJudicialReviewPayload(CasePayload): ...


@strawberry.type(directives=[value], description="The case, or why nothing was recorded.")
class RecordReviewOutcomePayload(CasePayload): ...


@strawberry.type(directives=[value], description="The case, or why nothing was shown.")
class ShowProtectionPayload(CasePayload): ...
