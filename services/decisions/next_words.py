"""The closed answers about what happens next, each one a name that stays the same in every place it is kept."""

from enum import StrEnum


class Wish(StrEnum):
    """What a person wants to happen next."""

    WORK_WITH_POLICE = "work_with_police"
    NOT_WORK_WITH_POLICE = "not_work_with_police"
    STAY_IN_THE_UK = "stay_in_the_uk"
    RETURN_HOME = "return_home"
    CLAIM_ASYLUM = "claim_asylum"
    SEEK_COMPENSATION = "seek_compensation"
    SEE_A_SOLICITOR = "see_a_solicitor"
    HAVE_SUPPORT = "have_support"
    UNDECIDED = "undecided"
    OTHER = "other"


class Arrangement(StrEnum):
    """What was arranged because the person wants it."""

    RETURN = "return"
    SOLICITOR = "solicitor"
    COMPENSATION = "compensation"


class CompensationRoute(StrEnum):
    """By which way compensation is sought."""

    CRIMINAL_INJURIES = "criminal_injuries"
    REPARATION_ORDER = "reparation_order"
    CIVIL_CLAIM = "civil_claim"
    EMPLOYMENT_TRIBUNAL = "employment_tribunal"


class StatusFact(StrEnum):
    """A fact about somebody's immigration status."""

    ASYLUM_CLAIMED = "asylum_claimed"
    TEMPORARY_ADMISSION = "temporary_admission"  # immigration bail, by its later name
    LEAVE_HELD = "leave_held"


class LeaveOutcome(StrEnum):
    """What was decided about leave."""

    GRANTED = "granted"
    EXTENDED = "extended"
    REFUSED = "refused"


class ReferredTo(StrEnum):
    """To whom somebody is referred on after a negative decision."""

    POLICE = "police"
    HOME_OFFICE = "home_office"
