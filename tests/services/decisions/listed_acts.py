"""What may happen to a case where, and what is missing where it may not: by hand, beside the table of the program."""

from services.decisions.course_rules import Act

# Where a case stands → what may happen to it there, as far as the two decisions go.
ALWAYS = {Act.END, Act.TRANSFER, Act.DOUBT_AGE, Act.ADD, Act.RECORD_WHAT_NEXT}
LISTED: dict[str, set[Act]] = {
    "awaiting_reasonable_grounds": ALWAYS
    | {Act.PROPOSE, Act.ISSUE, Act.SUSPEND, Act.WITHDRAW, Act.RETURN, Act.RECORD_CONSENT},
    "reasonable_grounds_negative": ALWAYS | {Act.ASK_RECONSIDERATION, Act.CLAIM_REVIEW, Act.REFER_ON},
    "awaiting_conclusive_grounds": ALWAYS
    | {Act.PROPOSE, Act.ISSUE, Act.SUSPEND, Act.WITHDRAW, Act.EXTEND, Act.REVOKE, Act.CLAIM_REVIEW}
    | {Act.WEIGH_DISQUALIFICATION, Act.DECIDE_FURTHER_RECOVERY, Act.RECORD_CONSENT, Act.REVIEW_PROGRESS},
    "conclusive_grounds_positive": ALWAYS
    | {Act.REVOKE, Act.CLAIM_REVIEW, Act.WEIGH_DISQUALIFICATION, Act.DECIDE_LEAVE},
    "conclusive_grounds_negative": ALWAYS
    | {Act.ASK_RECONSIDERATION, Act.CLAIM_REVIEW, Act.WEIGH_DISQUALIFICATION, Act.REFER_ON},
    "revoked": ALWAYS | {Act.ASK_RECONSIDERATION, Act.CLAIM_REVIEW, Act.REFER_ON},
}
DECIDING = {Act.PROPOSE, Act.ISSUE}  # whether this decision is the one awaited, the rules of decisions say
# What is missing where an act is not listed, and what else an act may lack or find in its way.
NOT_HERE = {
    Act.SUSPEND: "NOTHING_AWAITED",
    Act.WITHDRAW: "NOTHING_AWAITED",
    Act.RECORD_CONSENT: "NOTHING_AWAITED",
    Act.RETURN: "DECIDED_ALREADY",
    Act.ASK_RECONSIDERATION: "NO_NEGATIVE_DECISION",
    Act.REFER_ON: "NO_NEGATIVE_DECISION",
    Act.CLAIM_REVIEW: "NO_DECISION",
    Act.EXTEND: "NO_RECOVERY_PERIOD",
    Act.REVIEW_PROGRESS: "NO_RECOVERY_PERIOD",
    Act.DECIDE_FURTHER_RECOVERY: "NO_RECOVERY_PERIOD",
    Act.REVOKE: "NO_POSITIVE_DECISION",
    Act.WEIGH_DISQUALIFICATION: "NO_PROTECTION",
    Act.DECIDE_LEAVE: "NOT_IDENTIFIED",
}
LACKS = {
    Act.RESUME: "NOT_SUSPENDED",
    Act.START_AGE_ASSESSMENT: "ASSESSMENT_OPEN",
    Act.SETTLE_AGE: "NO_ASSESSMENT",
    Act.DECIDE_DISQUALIFICATION: "NOT_WEIGHED",
    Act.ANSWER_RECONSIDERATION: "NO_REQUEST",
    Act.END_REVIEW: "NO_REVIEW",
}
IN_THE_WAY: dict[Act, set[str]] = {
    Act.SUSPEND: {"SUSPENDED", "RETURNED"},
    Act.ISSUE: {"SUSPENDED", "RETURNED"},
    Act.RETURN: {"SUSPENDED", "RETURNED"},
    Act.ASK_RECONSIDERATION: {"REQUEST_OPEN"},
    Act.CLAIM_REVIEW: {"REVIEW_OPEN"},
    Act.WEIGH_DISQUALIFICATION: {"ALREADY_WEIGHED"},
    Act.RECORD_CONSENT: {"CONSENTED"},
    Act.DECIDE_FURTHER_RECOVERY: {"DISQUALIFIED", "NO_FURTHER_PERIOD"},
}
