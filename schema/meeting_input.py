"""What clients send about strategy meetings: arrangements, invitations, and one shape for each kind of entry."""

from datetime import date, datetime
from uuid import UUID

import strawberry
from strawberry import UNSET

from schema.meeting_words import Audience, DecisionKind, Handling, MeetingKind, Mode, Presence, Profession
from schema.node import uuid_of
from schema.words import Function
from services.meetings import content as said
from services.meetings.checks import Arranged, Invitee


@strawberry.input(description="When and where, and in whose hands.")
class ArrangementInput:
    mode: Mode = strawberry.field(description="How the meeting is held.")
    starts_at: datetime = strawberry.field(description="When it begins, with its time zone.")
    ends_at: datetime = strawberry.field(description="When it is to end; or ended.")
    place: str = strawberry.field(description="Place, link or number.")
    chair_id: strawberry.ID = strawberry.field(description="Who chairs; one of `meetingChairs`.")
    minute_taker: str = strawberry.field(description="Who takes the minutes.")

    def arranged(self) -> Arranged:
        """As the services know it."""
        return Arranged(
            mode=self.mode,
            starts_at=self.starts_at,
            ends_at=self.ends_at,
            place=self.place,
            chair=_uuid(self.chair_id, "Member"),
            minute_taker=self.minute_taker,
        )


@strawberry.input(description="A body to invite: a function of an agency, or any other body by name.")
class InviteeInput:
    agency_id: strawberry.ID | None = strawberry.field(default=UNSET, description="An agency of the directory.")
    name: str | None = strawberry.field(default=UNSET, description="Or the name of a body that is none.")
    function: Function = strawberry.field(description="In which function.")
    is_home_authority: bool = strawberry.field(
        default=False, description="Whether the child lives in the area of this council."
    )

    def invitee(self) -> Invitee:
        """As the services know it."""
        return Invitee(
            agency=uuid_of(self.agency_id or None, "Agency"),
            name=self.name or None,
            function=self.function,
            is_home_authority=self.is_home_authority,
        )


@strawberry.input(description="A body that takes part: an agency of the directory, or any other body by name.")
class MeetingBodyInput:
    agency_id: strawberry.ID | None = strawberry.field(default=UNSET, description="An agency of the directory.")
    name: str | None = strawberry.field(default=UNSET, description="Or the name of a body that is none.")
    function: Function = strawberry.field(description="In which function.")

    def body(self) -> said.Body:
        """As the services know it; the name of an agency is looked up."""
        return said.Body(agency=uuid_of(self.agency_id or None, "Agency"), name=self.name or "", function=self.function)


@strawberry.input(description="Why the meeting is held, and what it is to speak about.")
class MeetingBriefInput:
    kind: MeetingKind = strawberry.field(description="What it is held for.")
    trigger: str = strawberry.field(description="What brought it about.")
    concern: str = strawberry.field(description="What harm is suspected.")
    threshold: str = strawberry.field(description="Why the threshold for a meeting is met.")
    agenda: list[str] = strawberry.field(description="Point by point.")

    def said(self) -> said.Brief:
        """As the services know it."""
        return said.Brief(
            meeting=self.kind,
            trigger=self.trigger,
            concern=self.concern,
            threshold=self.threshold,
            agenda=tuple(self.agenda),
        )


@strawberry.input(description="From arriving to leaving.")
class AttendanceStretchInput:
    arrived_at: datetime = strawberry.field(description="From this moment on.")
    left_at: datetime | None = strawberry.field(default=UNSET, description="Left out: until the end.")


@strawberry.input(description="One person at the meeting, or missed there.")
class MeetingAttendanceInput:
    person: str = strawberry.field(description="Their name.")
    body: MeetingBodyInput = strawberry.field(description="For whom they came.")
    profession: Profession = strawberry.field(description="As what.")
    presence: Presence = strawberry.field(default=Presence.PRESENT, description="Whether they took part.")
    stretches: list[AttendanceStretchInput] = strawberry.field(description="When they were there; empty if not.")
    is_chair: bool = strawberry.field(default=False, description="Whether they chaired.")
    sent_report: bool = strawberry.field(default=False, description="Whether they sent a report.")

    def said(self) -> said.Attendance:
        """As the services know it."""
        return said.Attendance(
            person=self.person,
            body=self.body.body(),
            profession=self.profession,
            presence=self.presence,
            stretches=tuple(
                said.Stretch(arrived_at=one.arrived_at, left_at=one.left_at or None) for one in self.stretches
            ),
            is_chair=self.is_chair,
            sent_report=self.sent_report,
        )


@strawberry.input(description="Something that an agency shares.")
class SharedInformationInput:
    owner: MeetingBodyInput = strawberry.field(description="Whose information it is.")
    words: str = strawberry.field(description="What is shared.")
    handling: Handling = strawberry.field(default=Handling.NONE, description="What the owner asks of the others.")
    handling_note: str | None = strawberry.field(default=UNSET, description="More on that.")

    def said(self) -> said.Information:
        """As the services know it."""
        return said.Information(
            owner=self.owner.body(),
            words=self.words,
            handling=self.handling,
            handling_note=self.handling_note or None,
        )


@strawberry.input(description="Words.")
class MeetingPassageInput:
    words: str = strawberry.field(description="What was said.")

    def said(self) -> said.Passage:
        """As the services know it."""
        return said.Passage(words=self.words)


@strawberry.input(description="What the child and the family may be told, and what not yet.")
class MeetingTellingInput:
    audience: Audience = strawberry.field(description="Who.")
    may_be_told: str = strawberry.field(default="", description="What they may be told.")
    not_to_be_told: str = strawberry.field(default="", description="What they may not be told.")
    because: str = strawberry.field(description="Why.")

    def said(self) -> said.Telling:
        """As the services know it."""
        return said.Telling(
            audience=self.audience,
            may_be_told=self.may_be_told,
            not_to_be_told=self.not_to_be_told,
            because=self.because,
        )


@strawberry.input(description="What was decided at a moment.")
class MeetingDecisionInput:
    decision: DecisionKind = strawberry.field(description="What.")
    words: str = strawberry.field(description="In words.")
    decided_at: datetime = strawberry.field(description="When; the quorum of this moment counts.")
    inquorate_because: str | None = strawberry.field(default=UNSET, description="Required without a quorum.")
    follow_up_on: date | None = strawberry.field(default=UNSET, description="Required without a quorum.")

    def said(self) -> said.Decision:
        """As the services know it."""
        return said.Decision(
            decision=self.decision,
            words=self.words,
            decided_at=self.decided_at,
            inquorate_because=self.inquorate_because or None,
            follow_up_on=self.follow_up_on or None,
        )


@strawberry.input(description="Whether the child is to be referred to the National Referral Mechanism.")
class MeetingReferralInput:
    is_to_be_made: bool = strawberry.field(description="Whether.")
    by: MeetingBodyInput | None = strawberry.field(default=UNSET, description="By whom; required if it is to be made.")
    words: str = strawberry.field(description="In words.")
    decided_at: datetime = strawberry.field(description="When; the quorum of this moment counts.")
    inquorate_because: str | None = strawberry.field(default=UNSET, description="Required without a quorum.")
    follow_up_on: date | None = strawberry.field(default=UNSET, description="Required without a quorum.")

    def said(self) -> said.Referral:
        """As the services know it."""
        return said.Referral(
            is_to_be_made=self.is_to_be_made,
            by=self.by.body() if self.by else None,
            words=self.words,
            decided_at=self.decided_at,
            inquorate_because=self.inquorate_because or None,
            follow_up_on=self.follow_up_on or None,
        )


@strawberry.input(description="Whether an independent guardian is asked for.")
class GuardianReferralInput:
    is_to_be_made: bool = strawberry.field(description="Whether.")
    words: str = strawberry.field(description="In words.")

    def said(self) -> said.Guardian:
        """As the services know it."""
        return said.Guardian(is_to_be_made=self.is_to_be_made, words=self.words)


@strawberry.input(description="By when the next meeting about the child is to be held.")
class NextMeetingInput:
    words: str = strawberry.field(description="Why then, and what for.")
    held_by: date = strawberry.field(description="The last day; not before the day of this meeting.")

    def said(self) -> said.NextMeeting:
        """As the services know it."""
        return said.NextMeeting(words=self.words, held_by=self.held_by)


@strawberry.input(description="Whether one body agrees with an entry.")
class MeetingPositionInput:
    on_entry_id: strawberry.ID = strawberry.field(description="The entry.")
    body: MeetingBodyInput = strawberry.field(description="Who.")
    agrees: bool = strawberry.field(description="False: it dissents, and says why in `reason`.")
    reason: str | None = strawberry.field(default=UNSET, description="Why.")

    def said(self) -> said.Position:
        """As the services know it."""
        on = _uuid(self.on_entry_id, "MeetingEntry")
        return said.Position(on=on, body=self.body.body(), agrees=self.agrees, reason=self.reason or None)


@strawberry.input(description="What somebody has to do until a day.")
class MeetingActionInput:
    what: str = strawberry.field(description="What.")
    owner: MeetingBodyInput = strawberry.field(description="Who has to.")
    owner_person: str | None = strawberry.field(default=UNSET, description="Who there.")
    due_on: date = strawberry.field(description="Until when.")

    def said(self) -> said.Action:
        """As the services know it."""
        return said.Action(
            what=self.what, owner=self.owner.body(), owner_person=self.owner_person or None, due_on=self.due_on
        )


def _uuid(public: str, kind: str) -> UUID:
    return uuid_of(public, kind) or UUID(int=0)
