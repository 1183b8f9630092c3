"""The closed answers of a step beside the decisions, each one a name that stays the same in every place it is kept."""

from enum import StrEnum


class StepKind(StrEnum):
    """What happened."""

    EXTENSION_ASKED = "extension_asked"
    RECOVERY_EXTENDED = "recovery_extended"
    COVERED_BEFORE = "covered_before"  # by an earlier positive decision: no period begins by itself
    FURTHER_RECOVERY_GRANTED = "further_recovery_granted"
    FURTHER_RECOVERY_REFUSED = "further_recovery_refused"
    RETURNED = "returned"  # as not valid
    COMPLETED = "completed"  # what was returned
    INFORMATION_ADDED = "information_added"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"
    TRANSFERRED = "transferred"
    REVOKED = "revoked"
    CONSENT_AT_18_GIVEN = "consent_at_18_given"
    CONSENT_AT_18_REFUSED = "consent_at_18_refused"
    AGE_DOUBTED = "age_doubted"
    AGE_ASSESSMENT_STARTED = "age_assessment_started"
    AGE_SETTLED = "age_settled"
    DISQUALIFICATION_WEIGHED = "disqualification_weighed"
    DISQUALIFIED = "disqualified"
    NOT_DISQUALIFIED = "not_disqualified"
    RECONSIDERATION_ASKED = "reconsideration_asked"
    RECONSIDERATION_ACCEPTED = "reconsideration_accepted"
    RECONSIDERATION_REFUSED = "reconsideration_refused"
    REVIEW_CLAIMED = "review_claimed"
    REVIEW_ENDED = "review_ended"
    WISH_RECORDED = "wish_recorded"
    RETURN_ARRANGED = "return_arranged"
    SOLICITOR_REFERRED = "solicitor_referred"
    COMPENSATION_SOUGHT = "compensation_sought"
    LEAVE_CONSIDERED = "leave_considered"
    LEAVE_GRANTED = "leave_granted"
    LEAVE_EXTENDED = "leave_extended"
    LEAVE_REFUSED = "leave_refused"
    ASYLUM_CLAIMED = "asylum_claimed"
    TEMPORARY_ADMISSION = "temporary_admission"
    LEAVE_HELD = "leave_held"
    COOPERATION_CONFIRMED = "cooperation_confirmed"
    COOPERATION_ENDED = "cooperation_ended"
    REFERRED_ON = "referred_on"
    PROGRESS_REVIEWED = "progress_reviewed"


class ExtensionBasis(StrEnum):
    """Why a recovery period lasts longer."""

    HEALTH = "health"
    PSYCHOLOGICAL = "psychological"
    INTIMIDATION = "intimidation"
    POLICE_REQUEST = "police_request"
    OTHER = "other"


class ProgressContact(StrEnum):
    """With whom the authority was in contact for a progress review."""

    SUPPORT_PROVIDER = "support_provider"
    FIRST_RESPONDER = "first_responder"
    POLICE = "police"
    LOCAL_AUTHORITY = "local_authority"  # of a child


class SuspensionReason(StrEnum):
    """What a suspended referral waits for."""

    CONSENT_AT_18 = "consent_at_18"
    CONTACT_LOST = "contact_lost"
    AGE_ASSESSMENT = "age_assessment"


class EndReason(StrEnum):
    """Why a case ends without, or after, its decisions."""

    DUPLICATE = "duplicate"
    NOT_VALID = "not_valid"  # returned, and not completed
    DIED = "died"
    LEFT_THE_UK = "left_the_uk"
    REMOVED_FROM_THE_UK = "removed_from_the_uk"
    NO_CONSENT_AT_18 = "no_consent_at_18"
    REFERRED_ELSEWHERE = "referred_elsewhere"


class ReconsiderationGround(StrEnum):
    """Why a decision should be looked at again."""

    NEW_EVIDENCE = "new_evidence"
    NOT_BY_THE_GUIDANCE = "not_by_the_guidance"


class ReviewOutcome(StrEnum):
    """How a judicial review ended."""

    DISMISSED = "dismissed"
    WITHDRAWN = "withdrawn"
    QUASHED = "quashed"
