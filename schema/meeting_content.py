"""What the entries of a meeting say, one type for each shape."""

from datetime import date, datetime
from typing import Annotated, Any

import strawberry

from schema.groups import value
from schema.meeting_words import Audience, DecisionKind, Handling, MeetingKind, Presence, Profession
from schema.node import global_id
from schema.words import Function
from services.meetings import content as said


@strawberry.type(directives=[value], description="A body that takes part: an agency of the directory, or any other.")
class MeetingBody:
    agency_id: strawberry.ID | None = strawberry.field(description="The agency. Null: a body by name alone.")
    name: str = strawberry.field(description="Its name as it was then.")
    function: Function = strawberry.field(description="In which function.")


@strawberry.type(directives=[value], description="Why the meeting is held, and what it is to speak about.")
class MeetingBrief:
    kind: MeetingKind = strawberry.field(description="What it is held for.")
    trigger: str = strawberry.field(description="What brought it about.")
    concern: str = strawberry.field(description="What harm is suspected.")
    threshold: str = strawberry.field(description="Why the threshold for a meeting is met.")
    agenda: list[str] = strawberry.field(description="Point by point.")


@strawberry.type(directives=[value], description="From arriving to leaving.")
class AttendanceStretch:
    arrived_at: datetime = strawberry.field(description="From this moment on.")
    left_at: datetime | None = strawberry.field(description="No longer at this moment. Null: until the end.")


@strawberry.type(directives=[value], description="One person at the meeting, or missed there.")
class MeetingAttendance:
    person: str = strawberry.field(description="Their name.")
    body: MeetingBody = strawberry.field(description="For whom they came.")
    profession: Profession = strawberry.field(description="As what.")
    presence: Presence = strawberry.field(description="Whether they took part.")
    stretches: list[AttendanceStretch] = strawberry.field(description="When they were there.")
    is_chair: bool = strawberry.field(description="Whether they chaired.")
    sent_report: bool = strawberry.field(description="Whether they sent a report.")


@strawberry.type(directives=[value], description="Something that an agency shared.")
class SharedInformation:
    owner: MeetingBody = strawberry.field(description="Whose information it is.")
    words: str = strawberry.field(description="What was shared.")
    handling: Handling = strawberry.field(description="What the owner asks of those who heard it.")
    handling_note: str | None = strawberry.field(description="More on that. Null: nothing.")


@strawberry.type(directives=[value], description="Words; the entry's kind says about what.")
class MeetingPassage:
    words: str = strawberry.field(description="What was said.")


@strawberry.type(directives=[value], description="What the child and the family may be told, and what not yet.")
class MeetingTelling:
    audience: Audience = strawberry.field(description="Who.")
    may_be_told: str = strawberry.field(description="What they may be told; may be empty.")
    not_to_be_told: str = strawberry.field(description="What they may not be told; may be empty.")
    because: str = strawberry.field(description="Why.")


@strawberry.type(directives=[value], description="What was decided at a moment.")
class MeetingDecision:
    decision: DecisionKind = strawberry.field(description="What.")
    words: str = strawberry.field(description="In words.")
    decided_at: datetime = strawberry.field(description="When; the quorum of this moment counts.")
    inquorate_because: str | None = strawberry.field(description="Why it was decided without a quorum.")
    follow_up_on: date | None = strawberry.field(description="When it is taken up again.")


@strawberry.type(directives=[value], description="Whether to refer the child to the National Referral Mechanism.")
class MeetingReferral:
    is_to_be_made: bool = strawberry.field(description="Whether.")
    by: MeetingBody | None = strawberry.field(description="By whom. Null: nobody is to.")
    words: str = strawberry.field(description="In words.")
    decided_at: datetime = strawberry.field(description="When; the quorum of this moment counts.")
    inquorate_because: str | None = strawberry.field(description="Why it was agreed without a quorum.")
    follow_up_on: date | None = strawberry.field(description="When it is taken up again.")


@strawberry.type(directives=[value], description="Whether an independent guardian is asked for.")
class GuardianReferral:
    is_to_be_made: bool = strawberry.field(description="Whether.")
    words: str = strawberry.field(description="In words.")


@strawberry.type(directives=[value], description="By when the next meeting about the child is to be held.")
class NextMeeting:
    words: str = strawberry.field(description="Why then, and what for.")
    held_by: date = strawberry.field(description="The last day.")


@strawberry.type(directives=[value], description="Whether one body agrees with an entry.")
class MeetingPosition:
    on_entry_id: strawberry.ID = strawberry.field(description="The entry.")
    body: MeetingBody = strawberry.field(description="Who.")
    agrees: bool = strawberry.field(description="False: it dissents.")
    reason: str | None = strawberry.field(description="Why. Null: it agrees and said no more.")


@strawberry.type(directives=[value], description="What somebody has to do until a day.")
class MeetingAction:
    what: str = strawberry.field(description="What.")
    owner: MeetingBody = strawberry.field(description="Who has to.")
    owner_person: str | None = strawberry.field(description="Who there. Null: not named.")
    due_on: date = strawberry.field(description="Until when.")


MeetingContent = Annotated[
    MeetingBrief
    | MeetingAttendance
    | SharedInformation
    | MeetingPassage
    | MeetingTelling
    | MeetingDecision
    | MeetingReferral
    | GuardianReferral
    | NextMeeting
    | MeetingPosition
    | MeetingAction,
    strawberry.union("MeetingContent", description="What an entry says; its kind says which."),
]


def content_of(found: said.Content) -> Any:
    """The type of the language for what an entry says."""
    match found:
        case said.Brief():
            return MeetingBrief(
                kind=found.meeting,
                trigger=found.trigger,
                concern=found.concern,
                threshold=found.threshold,
                agenda=list(found.agenda),
            )
        case said.Attendance():
            return _attendance(found)
        case said.Information():
            return SharedInformation(
                owner=body(found.owner),
                words=found.words,
                handling=found.handling,
                handling_note=found.handling_note,
            )
        case said.Passage():
            return MeetingPassage(words=found.words)
        case said.Telling():
            return MeetingTelling(
                audience=found.audience,
                may_be_told=found.may_be_told,
                not_to_be_told=found.not_to_be_told,
                because=found.because,
            )
        case _:
            return _agreed(found)


def body(found: said.Body) -> MeetingBody:
    """A body that takes part."""
    agency_id = global_id("Agency", found.agency) if found.agency else None
    return MeetingBody(agency_id=agency_id, name=found.name, function=found.function)


def _attendance(found: said.Attendance) -> MeetingAttendance:
    return MeetingAttendance(
        person=found.person,
        body=body(found.body),
        profession=found.profession,
        presence=found.presence,
        stretches=[AttendanceStretch(arrived_at=one.arrived_at, left_at=one.left_at) for one in found.stretches],
        is_chair=found.is_chair,
        sent_report=found.sent_report,
    )


def _agreed(found: said.Content) -> Any:
    """Decisions, the referral, positions and actions."""
    match found:
        case said.Decision():
            return MeetingDecision(decision=found.decision, **_decided(found))
        case said.Referral():
            by = body(found.by) if found.by else None
            return MeetingReferral(is_to_be_made=found.is_to_be_made, by=by, **_decided(found))
        case said.Guardian():
            return GuardianReferral(is_to_be_made=found.is_to_be_made, words=found.words)
        case said.NextMeeting():
            return NextMeeting(words=found.words, held_by=found.held_by)
        case said.Position():
            return MeetingPosition(
                on_entry_id=global_id("MeetingEntry", found.on),
                body=body(found.body),
                agrees=found.agrees,
                reason=found.reason,
            )
        case said.Action():
            return MeetingAction(
                what=found.what, owner=body(found.owner), owner_person=found.owner_person, due_on=found.due_on
            )
        case _:
            raise TypeError("an entry that says nothing known")


def _decided(found: said.Decision | said.Referral) -> dict[str, Any]:
    return {
        "words": found.words,
        "decided_at": found.decided_at,
        "inquorate_because": found.inquorate_because,
        "follow_up_on": found.follow_up_on,
    }
