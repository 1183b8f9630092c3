"""The closed lists of strategy meetings as enums of the language; import them from here."""

import strawberry

from services.meetings.words import (
    ActionState,
    Answer,
    Audience,
    DecisionKind,
    Distributed,
    EntryKind,
    Handling,
    MeetingState,
    Mode,
    Presence,
    SentBy,
    SignOffAnswer,
)
from services.regimes.words import MeetingKind, Profession

__all__ = [
    "ActionState",
    "Answer",
    "Audience",
    "DecisionKind",
    "Distributed",
    "EntryKind",
    "Handling",
    "MeetingKind",
    "MeetingState",
    "Mode",
    "Presence",
    "Profession",
    "SentBy",
    "SignOffAnswer",
]

strawberry.enum(MeetingKind, description="What a strategy meeting is held for.")
strawberry.enum(Profession, description="As what somebody takes part. The quorum asks for some of these.")
strawberry.enum(Mode, name="MeetingMode", description="How a meeting is held.")
strawberry.enum(MeetingState, description="How far a meeting has come.")
strawberry.enum(EntryKind, name="MeetingEntryKind", description="What an entry of the record is.")
strawberry.enum(Presence, description="Whether somebody took part.")
strawberry.enum(Handling, description="What the agency that shared something asks of those who heard it.")
strawberry.enum(Audience, description="Who may or may not be told.")
strawberry.enum(
    DecisionKind,
    name="MeetingDecisionKind",
    description="What a meeting decides; `S47` are enquiries under section 47 of the Children Act 1989.",
)
strawberry.enum(
    Answer,
    name="InvitationAnswerKind",
    description="What an invited body answers. RESPONSIBILITY_ACCEPTED: the home authority takes over, in writing.",
)
strawberry.enum(Distributed, description="What was sent to a body without an account.")
strawberry.enum(SentBy, description="How it was sent.")
strawberry.enum(SignOffAnswer, name="MinutesAnswer", description="What an agency says of minutes that were sent out.")
strawberry.enum(ActionState, description="What became of an action of a strategy meeting.")
