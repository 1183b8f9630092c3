"""One entry as clients send it: exactly one of the kinds is filled."""

from typing import Any

import strawberry
from strawberry import UNSET

from schema.meeting_input import (
    GuardianReferralInput,
    MeetingActionInput,
    MeetingAttendanceInput,
    MeetingBriefInput,
    MeetingDecisionInput,
    MeetingPassageInput,
    MeetingPositionInput,
    MeetingReferralInput,
    MeetingTellingInput,
    NextMeetingInput,
    SharedInformationInput,
)
from schema.meeting_words import EntryKind
from services.errors import Invalid, Problem
from services.meetings.content import Content


@strawberry.input(description="What an entry says. Fill exactly one field; its name is the kind.")
class MeetingContentInput:
    brief: MeetingBriefInput | None = strawberry.field(default=UNSET, description="Why the meeting is held.")
    attendance: MeetingAttendanceInput | None = strawberry.field(default=UNSET, description="Who took part, and when.")
    information: SharedInformationInput | None = strawberry.field(default=UNSET, description="What an agency shares.")
    risk: MeetingPassageInput | None = strawberry.field(default=UNSET, description="The risk.")
    wishes: MeetingPassageInput | None = strawberry.field(default=UNSET, description="The child's wishes.")
    other_children: MeetingPassageInput | None = strawberry.field(default=UNSET, description="Siblings and others.")
    safety: MeetingPassageInput | None = strawberry.field(default=UNSET, description="The plan to keep the child safe.")
    note: MeetingPassageInput | None = strawberry.field(default=UNSET, description="Anything else.")
    telling: MeetingTellingInput | None = strawberry.field(default=UNSET, description="What may be told.")
    decision: MeetingDecisionInput | None = strawberry.field(default=UNSET, description="What was decided.")
    referral: MeetingReferralInput | None = strawberry.field(default=UNSET, description="Whether to refer the child.")
    guardian: GuardianReferralInput | None = strawberry.field(default=UNSET, description="Whether to ask for one.")
    next_meeting: NextMeetingInput | None = strawberry.field(
        default=UNSET, description="When to meet again; withdraw it if you need not."
    )
    position: MeetingPositionInput | None = strawberry.field(default=UNSET, description="Agreement or dissent.")
    action: MeetingActionInput | None = strawberry.field(default=UNSET, description="What somebody has to do.")

    def said(self, path: str) -> tuple[EntryKind, Content] | Invalid:
        """The kind and what it says; or what is wrong with it."""
        filled: dict[EntryKind, Any] = {kind: getattr(self, kind.value) for kind in EntryKind}
        given = [(kind, one) for kind, one in filled.items() if one]
        if len(given) != 1:
            words = f"{len(given)} kinds are filled here, not one."
            return Invalid((Problem(path, "one_of", words, "Fill exactly one field of the content."),))
        kind, one = given[0]
        content: Content = one.said()
        return kind, content
