"""The closed lists of a strategy meeting."""

from enum import StrEnum
from typing import Final

from policies.vocabulary import Function
from services.regimes.words import Profession


class Mode(StrEnum):
    """How a meeting is held."""

    MEETING = "meeting"
    VIDEO = "video"
    TELEPHONE = "telephone"


class MeetingState(StrEnum):
    """How far a meeting has come."""

    CONVENED = "convened"
    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class EntryKind(StrEnum):
    """What an entry of the record is."""

    BRIEF = "brief"
    ATTENDANCE = "attendance"
    INFORMATION = "information"
    RISK = "risk"
    WISHES = "wishes"
    OTHER_CHILDREN = "other_children"
    SAFETY = "safety"
    NOTE = "note"
    TELLING = "telling"
    DECISION = "decision"
    REFERRAL = "referral"
    GUARDIAN = "guardian"
    NEXT_MEETING = "next_meeting"
    POSITION = "position"
    ACTION = "action"


class Presence(StrEnum):
    """Whether somebody who was invited took part."""

    PRESENT = "present"
    APOLOGIES = "apologies"
    ABSENT = "absent"


class Handling(StrEnum):
    """What the agency that shared something asks of those who heard it."""

    NONE = "none"
    NOT_TO_FAMILY = "not_to_family"
    NOT_BEYOND_MEETING = "not_beyond_meeting"
    ASK_OWNER_FIRST = "ask_owner_first"


class Audience(StrEnum):
    """Who may or may not be told."""

    CHILD = "child"
    FAMILY = "family"
    CHILD_AND_FAMILY = "child_and_family"


class DecisionKind(StrEnum):
    """What a meeting decides."""

    S47_NOT_STARTED = "s47_not_started"
    S47_SINGLE_AGENCY = "s47_single_agency"
    S47_JOINT = "s47_joint"
    MEDICAL = "medical"
    INTERVIEW = "interview"
    IMMEDIATE_PROTECTION = "immediate_protection"
    LEGAL_ADVICE = "legal_advice"
    FURTHER_INFORMATION = "further_information"


class Answer(StrEnum):
    """What an invited body answered."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    RESPONSIBILITY_ACCEPTED = "responsibility_accepted"


class Distributed(StrEnum):
    """What was sent to a body without an account."""

    INVITATION = "invitation"
    RECORD = "record"


class SentBy(StrEnum):
    """How something was sent to a body without an account."""

    TELEPHONE = "telephone"
    SECURE_EMAIL = "secure_email"
    POST = "post"
    IN_PERSON = "in_person"


class SignOffAnswer(StrEnum):
    """What an agency says of minutes that were sent out."""

    AGREED = "agreed"
    DISPUTED = "disputed"
    CORRECTION_ASKED = "correction_asked"


OF_THE_AUTHORITY: Final = frozenset(
    {
        EntryKind.BRIEF,
        EntryKind.ATTENDANCE,
        EntryKind.DECISION,
        EntryKind.REFERRAL,
        EntryKind.GUARDIAN,
        EntryKind.NEXT_MEETING,
    }
)
"""The kinds that only the children's services that hold the meeting write: they own what is decided."""

STARTS_SECTION_47: Final = frozenset({DecisionKind.S47_SINGLE_AGENCY, DecisionKind.S47_JOINT})
"""The decisions that start enquiries under section 47 of the Children Act 1989."""

DECIDING: Final = frozenset({EntryKind.DECISION, EntryKind.REFERRAL})
"""The kinds that are judged by the quorum of their moment."""

FUNCTIONS_OF: Final = {
    Profession.SOCIAL_WORKER: frozenset({Function.CHILDRENS_SERVICES}),
    Profession.MANAGER: frozenset({Function.CHILDRENS_SERVICES}),
    Profession.POLICE: frozenset({Function.INVESTIGATING_POLICE, Function.FIRST_RESPONDER}),
    Profession.HEALTH: frozenset({Function.HEALTH}),
}
"""Which function somebody acts in who counts as this profession; the others are free."""

IN_THE_OPEN_ONLY: Final = OF_THE_AUTHORITY
"""The kinds that stand in no closed part: everybody is judged by, and bound by, what everybody reads."""

INVITED: Final = frozenset(
    {
        Function.FIRST_RESPONDER,
        Function.CHILDRENS_SERVICES,
        Function.ADULT_SERVICES,
        Function.INVESTIGATING_POLICE,
        Function.GUARDIAN,
        Function.HEALTH,
        Function.EDUCATION,
    }
)
"""The functions that the rules let in as attendees."""

RELEASED_TO: Final = INVITED | {Function.DECISION_MAKER, Function.CHILD_DECISION_PANEL}
"""The functions that may be given minutes."""


class ActionState(StrEnum):
    """What became of an action."""

    OPEN = "open"
    BLOCKED = "blocked"
    DONE = "done"
