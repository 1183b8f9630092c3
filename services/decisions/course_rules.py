"""Which step may be taken when: a table from acts to what they need; a refusal names what is missing. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from services.decisions.choices import DecisionOutcome
from services.decisions.course import AWAITING, NEGATIVE, Course, Position
from services.decisions.step_words import StepKind
from services.errors import Conflict


class Act(StrEnum):
    """Everything that can happen to a referral."""

    PROPOSE = "propose"
    ISSUE = "issue"
    EXTEND = "extend"
    RETURN = "return"
    ADD = "add"
    DECIDE_FURTHER_RECOVERY = "decide_further_recovery"
    SUSPEND = "suspend"
    RESUME = "resume"
    WITHDRAW = "withdraw"
    END = "end"
    TRANSFER = "transfer"
    REVOKE = "revoke"
    RECORD_CONSENT = "record_consent"
    DOUBT_AGE = "doubt_age"
    START_AGE_ASSESSMENT = "start_age_assessment"
    SETTLE_AGE = "settle_age"
    WEIGH_DISQUALIFICATION = "weigh_disqualification"
    DECIDE_DISQUALIFICATION = "decide_disqualification"
    ASK_RECONSIDERATION = "ask_reconsideration"
    ANSWER_RECONSIDERATION = "answer_reconsideration"
    CLAIM_REVIEW = "claim_review"
    END_REVIEW = "end_review"
    RECORD_WHAT_NEXT = "record_what_next"
    DECIDE_LEAVE = "decide_leave"
    REFER_ON = "refer_on"
    REVIEW_PROGRESS = "review_progress"


@dataclass(frozen=True, slots=True)
class Need:
    """Something that must hold, and what is said when it does not."""

    holds: Callable[[Course], bool]
    code: str
    message: str
    remedy: str


def refusal(act: Act, course: Course) -> Conflict | None:
    """Why this act cannot be done now: the first need that does not hold; None: it may be done."""
    for need in NEEDS[act]:
        if not need.holds(course):
            return Conflict(need.code, need.message, need.remedy)
    return None


REFERRED = Need(
    lambda it: it.position is not Position.NOT_REFERRED,
    "NOT_REFERRED",
    "Nobody was referred here yet.",
    "Wait for a referral.",
)
LIVES = Need(lambda it: it.ended is None, "CASE_ENDED", "This case has ended.", "Open a new referral if there is one.")
RUNS = Need(
    lambda it: it.suspension is None, "SUSPENDED", "This referral is suspended.", "Take it up again first, and say why."
)
PAUSED = Need(
    lambda it: it.suspension is not None, "NOT_SUSPENDED", "This referral is not suspended.", "Go on with it."
)
VALID = Need(
    lambda it: it.returned is None,
    "RETURNED",
    "This referral was returned as not valid.",
    "Wait until its first responder has completed it, or end the case.",
)
UNDECIDED = Need(
    lambda it: it.position is Position.AWAITING_REASONABLE_GROUNDS and it.reasonable is None,
    "DECIDED_ALREADY",
    "Only a referral on which nothing was decided is returned.",
    "Read the decisions again.",
)
WAITS = Need(
    lambda it: it.position in AWAITING, "NOTHING_AWAITED", "No decision is awaited here.", "Read the decisions again."
)
RECOVERING = Need(
    lambda it: it.position is Position.AWAITING_CONCLUSIVE_GROUNDS,
    "NO_RECOVERY_PERIOD",
    "There is no recovery period that runs: it begins with a positive reasonable grounds decision and ends with the "
    "conclusive one.",
    "Read the decisions again.",
)
REFUSED = Need(
    lambda it: it.position in NEGATIVE,
    "NO_NEGATIVE_DECISION",
    "There is no negative decision to reconsider.",
    "Wait for the decision.",
)
GRANTED = Need(
    lambda it: it.revoked is None and it.last is not None and it.last.outcome is DecisionOutcome.POSITIVE,
    "NO_POSITIVE_DECISION",
    "There is no positive decision to revoke.",
    "Read the decisions again.",
)
NOT_ASKED = Need(
    lambda it: it.request is None, "REQUEST_OPEN", "A request for reconsideration waits.", "Wait for its answer."
)
ASKED = Need(
    lambda it: it.request is not None, "NO_REQUEST", "Nobody asked for a reconsideration.", "Record the request first."
)
DECIDED = Need(lambda it: it.last is not None, "NO_DECISION", "There is no decision to review.", "Wait for a decision.")
NO_CLAIM = Need(
    lambda it: not it.claims, "REVIEW_OPEN", "A judicial review is under way.", "Record how it ends before another."
)
CLAIMED = Need(lambda it: bool(it.claims), "NO_REVIEW", "No judicial review is under way.", "Record the claim first.")
PROTECTED = Need(
    lambda it: it.reasonable is not None and it.reasonable.outcome is DecisionOutcome.POSITIVE and it.revoked is None,
    "NO_PROTECTION",
    "There is no protection to take away without a positive reasonable grounds decision.",
    "Read the decisions again.",
)
COVERED = Need(
    lambda it: it.covered is not None,
    "NO_FURTHER_PERIOD",
    "There is no further recovery period to decide on: the period that runs began with the decision.",
    "Lengthen that period, where there is a reason.",
)
NOT_DISQUALIFIED = Need(
    lambda it: not it.is_disqualified,
    "DISQUALIFIED",
    "Somebody who is disqualified has no recovery period, and no further one.",
    "Weigh the disqualification once more first.",
)
NOT_CONSENTED = Need(
    lambda it: it.consent is None or it.consent.kind is not StepKind.CONSENT_AT_18_GIVEN,
    "CONSENTED",
    "This person agreed to stay, after turning 18.",
    "Record a withdrawal, where they no longer agree.",
)
NOT_WEIGHED = Need(
    lambda it: it.disqualification is None or it.disqualification.kind is not StepKind.DISQUALIFICATION_WEIGHED,
    "ALREADY_WEIGHED",
    "A disqualification is being weighed.",
    "Decide it first.",
)
WEIGHED = Need(
    lambda it: it.disqualification is not None and it.disqualification.kind is StepKind.DISQUALIFICATION_WEIGHED,
    "NOT_WEIGHED",
    "No disqualification is being weighed.",
    "Begin to weigh one, with its ground.",
)
NOT_ASSESSED = Need(
    lambda it: it.age_assessment is None, "ASSESSMENT_OPEN", "An age assessment is under way.", "Settle it first."
)
ASSESSED = Need(
    lambda it: it.age_assessment is not None,
    "NO_ASSESSMENT",
    "No age assessment is under way.",
    "Start one, with the reason for it.",
)
IDENTIFIED = Need(
    lambda it: it.position is Position.CONCLUSIVE_GROUNDS_POSITIVE,
    "NOT_IDENTIFIED",
    "There is no positive conclusive decision, and without one no question of leave.",
    "Wait for the decision.",
)
TURNED_DOWN = Need(
    lambda it: it.position in NEGATIVE,
    "NO_NEGATIVE_DECISION",
    "Nobody is referred on without a negative decision.",
    "Wait for the decision.",
)
NEEDS: dict[Act, tuple[Need, ...]] = {
    Act.PROPOSE: (REFERRED, LIVES),
    Act.ISSUE: (REFERRED, LIVES, RUNS, VALID),
    Act.EXTEND: (REFERRED, LIVES, RECOVERING),
    Act.DECIDE_FURTHER_RECOVERY: (REFERRED, LIVES, RECOVERING, COVERED, NOT_DISQUALIFIED),
    Act.RETURN: (REFERRED, LIVES, RUNS, UNDECIDED, VALID),
    Act.ADD: (REFERRED, LIVES),
    Act.SUSPEND: (REFERRED, LIVES, RUNS, VALID, WAITS),
    Act.RESUME: (REFERRED, LIVES, PAUSED),
    Act.WITHDRAW: (REFERRED, LIVES, WAITS),
    Act.END: (REFERRED, LIVES),
    Act.TRANSFER: (REFERRED, LIVES),
    Act.REVOKE: (REFERRED, LIVES, GRANTED),
    Act.RECORD_CONSENT: (REFERRED, LIVES, WAITS, NOT_CONSENTED),
    Act.DOUBT_AGE: (REFERRED, LIVES),
    Act.START_AGE_ASSESSMENT: (LIVES, NOT_ASSESSED),
    Act.SETTLE_AGE: (LIVES, ASSESSED),
    Act.WEIGH_DISQUALIFICATION: (REFERRED, LIVES, PROTECTED, NOT_WEIGHED),
    Act.DECIDE_DISQUALIFICATION: (REFERRED, LIVES, WEIGHED),
    Act.ASK_RECONSIDERATION: (REFERRED, LIVES, REFUSED, NOT_ASKED),
    Act.ANSWER_RECONSIDERATION: (REFERRED, LIVES, ASKED),
    Act.CLAIM_REVIEW: (REFERRED, LIVES, DECIDED, NO_CLAIM),
    Act.END_REVIEW: (REFERRED, CLAIMED),
    Act.RECORD_WHAT_NEXT: (REFERRED, LIVES),
    Act.DECIDE_LEAVE: (REFERRED, LIVES, IDENTIFIED),
    Act.REFER_ON: (REFERRED, LIVES, TURNED_DOWN),
    Act.REVIEW_PROGRESS: (REFERRED, LIVES, RECOVERING),
}
