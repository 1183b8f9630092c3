"""The closed lists of words of the rows about routes by facts and areas, and about panels."""

from enum import StrEnum


class RemitCircumstance(StrEnum):
    """What brings an adult's case before the authority of immigration enforcement, when it is recorded on receipt."""

    OFFENDER_IN_CUSTODY = "offender_in_custody"  # a foreign national offender in prison or immigration removal centre
    OFFENDER_FACING_DEPORTATION = "offender_facing_deportation"  # outside custody, with deportation action begun
    IMMIGRATION_DETENTION = "immigration_detention"  # in a removal centre or prison for immigration purposes
    INADMISSIBLE_ASYLUM_CLAIM = "inadmissible_asylum_claim"


class AreaKind(StrEnum):
    """By what an area is known."""

    POLICE_FORCE = "police_force"  # that of the place where the person is, else the referrer's own
    LOCAL_AUTHORITY = "local_authority"  # that which the form names for a child


class Ages(StrEnum):
    """For whom an area decides."""

    ANY = "any"
    CHILD = "child"


class PanelKind(StrEnum):
    """Which panel looks at a decision."""

    ASSURANCE = "assurance"  # beside the authority: it may ask to look again, and decides nothing
    DEVOLVED = "devolved"  # it is the authority


class PanelOutcome(StrEnum):
    """The outcome of a decision that a panel looks at."""

    POSITIVE = "positive"
    NEGATIVE = "negative"


class Seat(StrEnum):
    """For whom somebody sits on a panel."""

    LOCAL_AUTHORITY = "local_authority"
    POLICE = "police"
    HEALTH = "health"
    VOLUNTARY_SECTOR = "voluntary_sector"
    COMPETENT_AUTHORITY = "competent_authority"
    OTHER = "other"


class Independent(StrEnum):
    """Who of a panel may not have worked on the case, nor sit for the authority that decides on it."""

    EVERYBODY = "everybody"
    CHAIR = "chair"


class Waits(StrEnum):
    """Whether a conclusive decision waits for the end of the recovery period's minimum."""

    YES = "yes"
    NO = "no"
