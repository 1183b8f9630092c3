"""The closed lists of words of the rows about what happens after a decision: leave, and the way home."""

from enum import StrEnum


class Circumstance(StrEnum):
    """What decides whether there is a question of leave; the first that is true, and has a row on the day, counts."""

    BRITISH = "british"
    DISQUALIFIED = "disqualified"
    HAS_LEAVE = "has_leave"
    WITHOUT_LEAVE = "without_leave"


class Opening(StrEnum):
    """Whether there is a question of leave."""

    OPENS = "opens"
    STAYS_CLOSED = "stays_closed"


class LeaveScheme(StrEnum):
    """By which rules somebody may be allowed to stay."""

    DISCRETIONARY = "discretionary"
    TEMPORARY_PERMISSION = "temporary_permission"


class LeaveGround(StrEnum):
    """Why somebody may stay."""

    COOPERATION = "cooperation"
    PERSONAL_CIRCUMSTANCES = "personal_circumstances"
    COMPENSATION = "compensation"
    RECOVERY = "recovery"
    BEST_INTERESTS = "best_interests"


class LeaveNeed(StrEnum):
    """What must stand on the record before somebody may stay on a ground."""

    NOTHING = "nothing"
    COOPERATION_CONFIRMED = "cooperation_confirmed"  # by a public authority that investigates
    COMPENSATION_SOUGHT = "compensation_sought"
    CHILD = "child"  # somebody who is a child, or may be


class ReturnGroup(StrEnum):
    """For whom a way home is."""

    EEA = "eea"
    OTHERS = "others"


class ReturnPart(StrEnum):
    """What help to go home consists of."""

    EMBASSY = "embassy"
    ORGANISATIONS = "organisations"
    DEPARTURE = "departure"  # help at the port of departure
    ARRIVAL = "arrival"  # help with immigration on arrival, where asked for
    FLIGHT = "flight"
    ONWARD_TRAVEL = "onward_travel"
    PARTNERS = "partners"  # referral to partners in the country
    REINTEGRATION = "reintegration"
