"""The closed lists of words that a regime row may use; any other word stops the load."""

from enum import StrEnum


class Status(StrEnum):
    """How sure we are of a row."""

    SEED = "seed"  # one of the mission's own documents says so
    FOUND = "found"  # a public document says so
    UNVERIFIED = "unverified"  # decided by us; listed in docs/regimes.md


class Nation(StrEnum):
    """Where the first responder stands, as the referral form asks it."""

    ENGLAND = "england"
    WALES = "wales"
    SCOTLAND = "scotland"
    NORTHERN_IRELAND = "northern_ireland"


class Division(StrEnum):
    """A part of the United Kingdom with its own bank holidays."""

    ENGLAND_AND_WALES = "england_and_wales"
    SCOTLAND = "scotland"
    NORTHERN_IRELAND = "northern_ireland"


class ReferrerKind(StrEnum):
    """What kind of first responder refers; a body keeps its kind when it is renamed (SOCA and NCA, GLA and GLAA)."""

    POLICE = "police"
    LOCAL_AUTHORITY = "local_authority"
    NGO = "ngo"
    HSC_TRUST = "hsc_trust"
    NCA = "nca"
    GLAA = "glaa"
    HOME_OFFICE = "home_office"


class AuthorityCode(StrEnum):
    """A competent authority, past or present."""

    UKHTC = "ukhtc"
    UKBA = "ukba"
    UKVI = "ukvi"
    SCA = "sca"
    IECA = "ieca"


class Receives(StrEnum):
    """How a case comes to an authority."""

    BY_DEFAULT = "by_default"
    BY_FACTS_OR_TRANSFER = "by_facts_or_transfer"


class DecisionKind(StrEnum):
    """The two decisions of the mechanism."""

    REASONABLE_GROUNDS = "reasonable_grounds"
    CONCLUSIVE_GROUNDS = "conclusive_grounds"


class ClockName(StrEnum):
    """What a clock waits for."""

    REASONABLE_GROUNDS = "reasonable_grounds"
    RECOVERY_PERIOD = "recovery_period"  # protection from removal, and the earliest conclusive decision
    FURTHER_RECOVERY_PERIOD = "further_recovery_period"  # of somebody who had one, for what happened before it
    SUPPORT_PERIOD = "support_period"
    PROGRESS_REVIEW = "progress_review"
    CONSENT_AT_18 = "consent_at_18"  # somebody who was referred as a child says whether they stay
    RECONSIDERATION = "reconsideration"
    MOVE_ON_AFTER_POSITIVE = "move_on_after_positive"
    MOVE_ON_AFTER_NEGATIVE = "move_on_after_negative"
    DRAFT_WARNING = "draft_warning"  # whoever keeps a draft of the form is told that it will go
    DRAFT_EXPIRY = "draft_expiry"
    INITIAL_CONFERENCE = "initial_conference"  # the initial child protection conference
    STRATEGY_RECORD_OUT = "strategy_record_out"  # the record of a strategy meeting is with everybody who was invited


RECOVERING = frozenset({ClockName.RECOVERY_PERIOD, ClockName.FURTHER_RECOVERY_PERIOD})
"""The clocks of a recovery period, whichever it is."""


class ClockKind(StrEnum):
    """What it means when a clock runs out."""

    TARGET = "target"  # nothing lapses, only lateness shows
    MINIMUM = "minimum"  # something may not happen, or may not end, before
    LIMIT = "limit"  # something may not happen, or does not last, after
    EXPIRY = "expiry"  # something is gone


class ClockEvent(StrEnum):
    """What starts a clock."""

    RECEIPT = "receipt"
    POSITIVE_REASONABLE_GROUNDS = "positive_reasonable_grounds"
    POSITIVE_CONCLUSIVE_GROUNDS = "positive_conclusive_grounds"
    NEGATIVE_CONCLUSIVE_GROUNDS = "negative_conclusive_grounds"
    NEGATIVE_DECISION = "negative_decision"
    DRAFT_SAVED = "draft_saved"
    SECTION_47_STARTED = "section_47_started"
    STRATEGY_MEETING = "strategy_meeting"


class Unit(StrEnum):
    """In what a clock is counted."""

    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"


class FirstDay(StrEnum):
    """Which day is counted as day one."""

    EVENT_DAY = "event_day"
    DAY_AFTER = "day_after"


class Ends(StrEnum):
    """How a period ends, when a conclusive decision can move its end."""

    AT_DUE = "at_due"
    LATER_OF_DUE_AND_DECISION = "later_of_due_and_decision"
    EARLIER_OF_DUE_AND_DECISION = "earlier_of_due_and_decision"


class MeetingKind(StrEnum):
    """What a strategy meeting is held for."""

    INITIAL = "initial"
    REVIEW = "review"
    COMPLEX_ABUSE = "complex_abuse"
    PRE_BIRTH = "pre_birth"


class Profession(StrEnum):
    """As what somebody takes part in a strategy meeting."""

    SOCIAL_WORKER = "social_worker"
    MANAGER = "manager"
    POLICE = "police"
    HEALTH = "health"
    EDUCATION = "education"
    GUARDIAN = "guardian"
    LEGAL = "legal"
    OTHER = "other"


class AgeClass(StrEnum):
    """What is believed about the person's age; "not sure" acts as child in every rule and stays "not sure"."""

    ADULT = "adult"
    CHILD = "child"
    NOT_SURE = "not_sure"


class Matter(StrEnum):
    """What a person states about their own referral."""

    REFERRAL = "referral"  # that an adult agrees to be referred
    WITHDRAWAL = "withdrawal"
    CONSENT_AT_18 = "consent_at_18"


class DutyOwed(StrEnum):
    """Whether a first responder has to notify of an adult who is not referred."""

    BY_STATUTE = "by_statute"
    BY_POLICY = "by_policy"
    NOT_OWED = "not_owed"  # and it may notify all the same


class StatementForm(StrEnum):
    """How the person said so."""

    WRITTEN = "written"
    VERBAL = "verbal"


class Asker(StrEnum):
    """Who asks for a reconsideration."""

    FIRST_RESPONDER = "first_responder"
    SUPPORT_PROVIDER = "support_provider"
    PERSON = "person"
    REPRESENTATIVE = "representative"


class DisqualificationGround(StrEnum):
    """Why the protection might be taken away."""

    PUBLIC_ORDER = "public_order"
    BAD_FAITH = "bad_faith"
