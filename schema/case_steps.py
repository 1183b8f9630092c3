"""What happens to a case beside its decisions. One input and one payload each; nothing is decided here."""

from typing import Annotated, Any

from schema import case_step_input as given_as
from schema import case_step_payloads as payloads
from schema.case_payload import case_payload
from schema.case_step_input import PersonsStatementInput
from schema.context import Info
from schema.inputs import INPUT, content_of
from schema.node import given_uuid, lookup
from services.decisions import (
    ages,
    disqualifying,
    ending,
    extending,
    protecting,
    reconsidering,
    reviewing,
    suspending,
    transferring,
)
from services.decisions.acting import About
from services.decisions.ages import Doubt, Outcome
from services.decisions.disqualifying import Verdict, Weighing
from services.decisions.ending import End, Revocation, Withdrawal
from services.decisions.extending import Extension
from services.decisions.protecting import Unit
from services.decisions.reconsidering import Answer, Request
from services.decisions.reviewing import Claim, ReviewEnd
from services.decisions.statements import Statement
from services.decisions.step_words import ExtensionBasis
from services.decisions.suspending import Suspension
from services.decisions.transferring import Transfer


def about(sent: Any) -> About:
    """Which case and why."""
    return About(case=lookup(sent.case_id, "Case"), expected_version=sent.expected_version, words=sent.words)


def given(sent: PersonsStatementInput) -> Statement:
    """A statement as the services know it."""
    heard, agency = sent.heard_by or None, sent.heard_by_agency or None
    return Statement(form=sent.form, said_on=sent.said_on, heard_by=heard, heard_by_agency=agency)


def _verdict(case: About, sent: given_as.DecideDisqualificationInput) -> Verdict:
    parts = {
        "facts": sent.facts,
        "threat": sent.threat,
        "recoveryNeeds": sent.recovery_needs,
        "retraffickingRisk": sent.retrafficking_risk,
        "balance": sent.balance,
    }
    return Verdict(
        about=case,
        is_disqualified=sent.is_disqualified,
        parts={name: said for name, said in parts.items() if said},
        representations=sent.representations or None,
        told_on=sent.told_on or None,
    )


async def extend_recovery_period(
    info: Info, sent: Annotated[given_as.ExtendRecoveryPeriodInput, INPUT]
) -> payloads.ExtendRecoveryPeriodPayload:
    """Lengthen a recovery period; support goes along in England and Wales."""
    wanted = Extension(about=about(sent), until=sent.until, basis=sent.basis)
    done = await extending.extend(info.context.reading, sent.idempotency_key, wanted, content_of(sent))
    return await case_payload(info, payloads.ExtendRecoveryPeriodPayload, done)


async def ask_for_extension(
    info: Info, sent: Annotated[given_as.AskForExtensionInput, INPUT]
) -> payloads.AskForExtensionPayload:
    """As the investigating force, ask the authority to lengthen a recovery period."""
    wanted = Extension(about=about(sent), until=sent.until, basis=ExtensionBasis.POLICE_REQUEST)
    done = await extending.ask(info.context.reading, sent.idempotency_key, wanted, content_of(sent))
    return await case_payload(info, payloads.AskForExtensionPayload, done)


async def suspend_case(info: Info, sent: Annotated[given_as.SuspendCaseInput, INPUT]) -> payloads.SuspendCasePayload:
    """Suspend a referral while something is missing; protection and support go on."""
    wanted = Suspension(about=about(sent), reason=sent.reason)
    done = await suspending.suspend(info.context.reading, sent.idempotency_key, wanted, content_of(sent))
    return await case_payload(info, payloads.SuspendCasePayload, done)


async def resume_case(info: Info, sent: Annotated[given_as.ResumeCaseInput, INPUT]) -> payloads.ResumeCasePayload:
    """Take a suspended referral up again; its target goes on where it stood."""
    done = await suspending.resume(info.context.reading, sent.idempotency_key, about(sent), content_of(sent))
    return await case_payload(info, payloads.ResumeCasePayload, done)


async def record_withdrawal(
    info: Info, sent: Annotated[given_as.RecordWithdrawalInput, INPUT]
) -> payloads.RecordWithdrawalPayload:
    """Record that an adult withdrew from the mechanism; the case ends with it."""
    wanted = Withdrawal(about=about(sent), statement=given(sent.statement))
    done = await ending.withdraw(info.context.reading, sent.idempotency_key, wanted, content_of(sent))
    return await case_payload(info, payloads.RecordWithdrawalPayload, done)


async def end_case(info: Info, sent: Annotated[given_as.EndCaseInput, INPUT]) -> payloads.EndCasePayload:
    """End a case for a reason; everything recorded stays."""
    wanted = End(about=about(sent), reason=sent.reason)
    done = await ending.end(info.context.reading, sent.idempotency_key, wanted, content_of(sent))
    return await case_payload(info, payloads.EndCasePayload, done)


async def transfer_case(info: Info, sent: Annotated[given_as.TransferCaseInput, INPUT]) -> payloads.TransferCasePayload:
    """Give a case to another competent authority; every date stays as it was."""
    wanted = Transfer(about=about(sent), authority=sent.authority)
    done = await transferring.transfer(info.context.reading, sent.idempotency_key, wanted, content_of(sent))
    return await case_payload(info, payloads.TransferCasePayload, done)


async def revoke_decision(
    info: Info, sent: Annotated[given_as.RevokeDecisionInput, INPUT]
) -> payloads.RevokeDecisionPayload:
    """Revoke the last positive decision on new evidence."""
    wanted = Revocation(
        about=about(sent),
        grounds=tuple(sent.grounds),
        childs_views=sent.childs_views or None,
        best_interests=sent.best_interests or None,
    )
    done = await ending.revoke(info.context.reading, sent.idempotency_key, wanted, content_of(sent))
    return await case_payload(info, payloads.RevokeDecisionPayload, done)


async def doubt_age(info: Info, sent: Annotated[given_as.DoubtAgeInput, INPUT]) -> payloads.DoubtAgePayload:
    """Say that a person's age is in doubt: the rules of a child hold from today."""
    wanted = Doubt(about=about(sent), local_authority=sent.local_authority)
    done = await ages.doubt(info.context.reading, sent.idempotency_key, wanted, content_of(sent))
    return await case_payload(info, payloads.DoubtAgePayload, done)


async def start_age_assessment(
    info: Info, sent: Annotated[given_as.StartAgeAssessmentInput, INPUT]
) -> payloads.StartAgeAssessmentPayload:
    """As children's services, begin to assess an age that is in doubt."""
    wanted = about(sent)
    done = await ages.start_assessment(info.context.reading, sent.idempotency_key, wanted, content_of(sent))
    return await case_payload(info, payloads.StartAgeAssessmentPayload, done)


async def settle_age(info: Info, sent: Annotated[given_as.SettleAgeInput, INPUT]) -> payloads.SettleAgePayload:
    """As children's services, say what an age assessment found; it holds from today."""
    wanted = Outcome(about=about(sent), age=sent.age)
    done = await ages.settle(info.context.reading, sent.idempotency_key, wanted, content_of(sent))
    return await case_payload(info, payloads.SettleAgePayload, done)


async def weigh_disqualification(
    info: Info, sent: Annotated[given_as.WeighDisqualificationInput, INPUT]
) -> payloads.WeighDisqualificationPayload:
    """Begin to weigh whether the protection is taken away."""
    wanted = Weighing(about=about(sent), ground=sent.ground)
    done = await disqualifying.weigh(info.context.reading, sent.idempotency_key, wanted, content_of(sent))
    return await case_payload(info, payloads.WeighDisqualificationPayload, done)


async def decide_disqualification(
    info: Info, sent: Annotated[given_as.DecideDisqualificationInput, INPUT]
) -> payloads.DecideDisqualificationPayload:
    """Decide whether the protection is taken away; the conclusive decision is owed all the same."""
    wanted = _verdict(about(sent), sent)
    done = await disqualifying.decide(info.context.reading, sent.idempotency_key, wanted, content_of(sent))
    return await case_payload(info, payloads.DecideDisqualificationPayload, done)


async def ask_for_reconsideration(
    info: Info, sent: Annotated[given_as.AskForReconsiderationInput, INPUT]
) -> payloads.AskForReconsiderationPayload:
    """Ask for a negative decision to be reconsidered; its list of evidence goes along."""
    wanted = Request(
        about=about(sent), grounds=tuple(sent.grounds), asked_by=sent.asked_by or None, why_late=sent.why_late or None
    )
    done = await reconsidering.ask(info.context.reading, sent.idempotency_key, wanted, content_of(sent))
    return await case_payload(info, payloads.AskForReconsiderationPayload, done)


async def answer_reconsideration(
    info: Info, sent: Annotated[given_as.AnswerReconsiderationInput, INPUT]
) -> payloads.AnswerReconsiderationPayload:
    """Say whether a decision is made anew; accepting is no positive decision."""
    wanted = Answer(about=about(sent), is_accepted=sent.is_accepted)
    done = await reconsidering.answer(info.context.reading, sent.idempotency_key, wanted, content_of(sent))
    return await case_payload(info, payloads.AnswerReconsiderationPayload, done)


async def record_judicial_review(
    info: Info, sent: Annotated[given_as.RecordJudicialReviewInput, INPUT]
) -> payloads.RecordJudicialReviewPayload:
    """Record a claim for judicial review; the decision stands meanwhile."""
    wanted = Claim(about=about(sent), reference=sent.court_reference, brought_on=sent.brought_on)
    done = await reviewing.claim(info.context.reading, sent.idempotency_key, wanted, content_of(sent))
    return await case_payload(info, payloads.RecordJudicialReviewPayload, done)


async def record_review_outcome(
    info: Info, sent: Annotated[given_as.RecordReviewOutcomeInput, INPUT]
) -> payloads.RecordReviewOutcomePayload:
    """Record how a judicial review ended; what was quashed is decided anew."""
    wanted = ReviewEnd(about=about(sent), outcome=sent.outcome)
    done = await reviewing.end(info.context.reading, sent.idempotency_key, wanted, content_of(sent))
    return await case_payload(info, payloads.RecordReviewOutcomePayload, done)


async def show_protection(
    info: Info, sent: Annotated[given_as.ShowProtectionInput, INPUT]
) -> payloads.ShowProtectionPayload:
    """Let a Home Office unit with work of its own on the person see whether they are protected, and nothing else."""
    wanted = Unit(about=about(sent), agency=given_uuid(sent.agency_id, "Agency"))
    done = await protecting.show(info.context.reading, sent.idempotency_key, wanted, content_of(sent))
    return await case_payload(info, payloads.ShowProtectionPayload, done)
