"""The part of the table of contents that is about what happens to a case beside its decisions."""

import strawberry

from schema import case_step_payloads as payloads
from schema import case_steps as steps
from schema import referral_returns as returns
from schema.consent_at_18 import record_consent_at_18
from schema.further_recovery import decide_further_recovery
from schema.next_steps import NextStepMutations
from schema.progress_reviews import record_progress_review


@strawberry.type
class CaseStepMutations(NextStepMutations):
    extend_recovery_period: payloads.ExtendRecoveryPeriodPayload = strawberry.mutation(
        resolver=steps.extend_recovery_period,
        description="Lengthen a recovery period; support goes along in England and Wales.",
    )
    decide_further_recovery: payloads.DecideFurtherRecoveryPayload = strawberry.mutation(
        resolver=decide_further_recovery,
        description="As an approver of the authority, grant a further recovery period or say why not.",
    )
    record_progress_review: payloads.RecordProgressReviewPayload = strawberry.mutation(
        resolver=record_progress_review,
        description="Record a progress review; the clock that waits for one ends with it.",
    )
    ask_for_extension: payloads.AskForExtensionPayload = strawberry.mutation(
        resolver=steps.ask_for_extension,
        description="As the investigating force, ask the authority to lengthen a recovery period.",
    )
    return_referral: payloads.ReturnReferralPayload = strawberry.mutation(
        resolver=returns.return_referral,
        description="Return a referral as not valid; its target begins anew when it is completed.",
    )
    add_to_referral: payloads.AddToReferralPayload = strawberry.mutation(
        resolver=returns.add_to_referral,
        description="As whoever referred, add what became known; a referral that was returned is complete with it.",
    )
    suspend_case: payloads.SuspendCasePayload = strawberry.mutation(
        resolver=steps.suspend_case,
        description="Suspend a referral while something is missing; protection and support go on.",
    )
    resume_case: payloads.ResumeCasePayload = strawberry.mutation(
        resolver=steps.resume_case, description="Take a suspended referral up again; its target goes on where it stood."
    )
    record_withdrawal: payloads.RecordWithdrawalPayload = strawberry.mutation(
        resolver=steps.record_withdrawal,
        description="Record that an adult withdrew from the mechanism; the case ends with it.",
    )
    end_case: payloads.EndCasePayload = strawberry.mutation(
        resolver=steps.end_case, description="End a case for a reason; everything recorded stays."
    )
    transfer_case: payloads.TransferCasePayload = strawberry.mutation(
        resolver=steps.transfer_case,
        description="Give a case to another competent authority; every date stays as it was.",
    )
    revoke_decision: payloads.RevokeDecisionPayload = strawberry.mutation(
        resolver=steps.revoke_decision, description="Revoke the last positive decision on new evidence."
    )
    record_consent_at18: payloads.RecordConsentAt18Payload = strawberry.mutation(
        resolver=record_consent_at_18,
        description="Record whether somebody who was referred as a child and turned 18 stays in the mechanism.",
    )
    doubt_age: payloads.DoubtAgePayload = strawberry.mutation(
        resolver=steps.doubt_age,
        description="Say that a person's age is in doubt: the rules of a child hold from today.",
    )
    start_age_assessment: payloads.StartAgeAssessmentPayload = strawberry.mutation(
        resolver=steps.start_age_assessment,
        description="As children's services, begin to assess an age that is in doubt.",
    )
    settle_age: payloads.SettleAgePayload = strawberry.mutation(
        resolver=steps.settle_age,
        description="As children's services, say what an age assessment found; it holds from today.",
    )
    weigh_disqualification: payloads.WeighDisqualificationPayload = strawberry.mutation(
        resolver=steps.weigh_disqualification, description="Begin to weigh whether the protection is taken away."
    )
    decide_disqualification: payloads.DecideDisqualificationPayload = strawberry.mutation(
        resolver=steps.decide_disqualification,
        description="Decide whether the protection is taken away; the conclusive decision is owed all the same.",
    )
    ask_for_reconsideration: payloads.AskForReconsiderationPayload = strawberry.mutation(
        resolver=steps.ask_for_reconsideration,
        description="Ask for a negative decision to be reconsidered; its list of evidence goes along.",
    )
    answer_reconsideration: payloads.AnswerReconsiderationPayload = strawberry.mutation(
        resolver=steps.answer_reconsideration,
        description="Say whether a decision is made anew; accepting is no positive decision.",
    )
    record_judicial_review: payloads.RecordJudicialReviewPayload = strawberry.mutation(
        resolver=steps.record_judicial_review,
        description="Record a claim for judicial review; the decision stands meanwhile.",
    )
    record_review_outcome: payloads.RecordReviewOutcomePayload = strawberry.mutation(
        resolver=steps.record_review_outcome,
        description="Record how a judicial review ended; what was quashed is decided anew.",
    )
    show_protection: payloads.ShowProtectionPayload = strawberry.mutation(
        resolver=steps.show_protection,
        description="Let a Home Office unit with work of its own see whether a person is protected, no more.",
    )
