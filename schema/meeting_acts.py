"""The inputs and payloads of strategy meetings: one of each for every step."""

from datetime import datetime

import strawberry
from strawberry import UNSET

from schema.choices import Nation
from schema.groups import value
from schema.inputs import KEY
from schema.meeting_entry_input import MeetingContentInput
from schema.meeting_input import ArrangementInput, InviteeInput, MeetingAttendanceInput, MeetingBriefInput
from schema.meeting_views import Meeting
from schema.meeting_words import Answer, Distributed, SentBy
from schema.results import Problem

WHY_NOT = "Why nothing was done. Null: it was done."
MEETING = "The meeting."


@strawberry.input(description="Convening a strategy meeting: one invitation, a meeting of its own for each child.")
class ConveneMeetingInput:
    idempotency_key: str = strawberry.field(description=KEY)
    case_ids: list[strawberry.ID] = strawberry.field(description="The cases of the children, such as siblings.")
    nation: Nation = strawberry.field(description="Whose rules apply.")
    arrangement: ArrangementInput = strawberry.field(description="When and where.")
    brief: MeetingBriefInput = strawberry.field(description="Why; nobody invited reads it before the meeting opens.")
    invite: list[InviteeInput] = strawberry.field(description="Who is invited; more can be invited later.")


@strawberry.input(description="Recording a discussion that was held already, such as by telephone at night.")
class RecordDiscussionInput:
    idempotency_key: str = strawberry.field(description=KEY)
    case_id: strawberry.ID = strawberry.field(description="The child's case.")
    nation: Nation = strawberry.field(description="Whose rules apply.")
    arrangement: ArrangementInput = strawberry.field(description="When and how it was held.")
    brief: MeetingBriefInput = strawberry.field(description="Why.")
    attendances: list[MeetingAttendanceInput] = strawberry.field(
        description="Who took part and when; whoever did reads the record."
    )
    entries: list[MeetingContentInput] = strawberry.field(description="Everything else; no briefs, no positions.")
    invite: list[InviteeInput] = strawberry.field(
        default_factory=list, description="Whoever is to read the record and took no part."
    )


@strawberry.input(description="Inviting more bodies.")
class InviteToMeetingInput:
    idempotency_key: str = strawberry.field(description=KEY)
    meeting_id: strawberry.ID = strawberry.field(description=MEETING)
    invite: list[InviteeInput] = strawberry.field(description="Who.")


@strawberry.input(description="Answering an invitation; the newest answer holds.")
class AnswerInvitationInput:
    idempotency_key: str = strawberry.field(description=KEY)
    meeting_id: strawberry.ID = strawberry.field(description=MEETING)
    invitation_id: strawberry.ID = strawberry.field(description="The invitation; of a body without an account, by you.")
    answer: Answer = strawberry.field(description="What. Accept again to send a substitute.")
    member_id: strawberry.ID | None = strawberry.field(default=UNSET, description="The colleague who comes.")
    person: str | None = strawberry.field(default=UNSET, description="Or the name of who comes.")
    note: str | None = strawberry.field(default=UNSET, description="Required unless somebody comes.")


@strawberry.input(description="Giving a meeting another time, place, chair or minute taker.")
class RearrangeMeetingInput:
    idempotency_key: str = strawberry.field(description=KEY)
    meeting_id: strawberry.ID = strawberry.field(description=MEETING)
    expected_version: int = strawberry.field(description="The arrangement's `version` as you read it.")
    arrangement: ArrangementInput = strawberry.field(description="All of it, as it is to be.")


@strawberry.input(description="Opening a meeting.")
class OpenMeetingInput:
    idempotency_key: str = strawberry.field(description=KEY)
    meeting_id: strawberry.ID = strawberry.field(description=MEETING)


@strawberry.input(description="Cancelling a meeting that was not opened.")
class CancelMeetingInput:
    idempotency_key: str = strawberry.field(description=KEY)
    meeting_id: strawberry.ID = strawberry.field(description=MEETING)
    because: str = strawberry.field(description="Why; whoever was invited reads it.")


@strawberry.input(description="Writing an entry of the record, or its next version.")
class RecordMeetingEntryInput:
    idempotency_key: str = strawberry.field(description=KEY)
    meeting_id: strawberry.ID = strawberry.field(description=MEETING)
    entry_id: strawberry.ID | None = strawberry.field(default=UNSET, description="Left out: a new entry.")
    expected_version: int = strawberry.field(default=0, description="The entry's `version` as you read it; 0: new.")
    content: MeetingContentInput = strawberry.field(description="All of it.")
    part_id: strawberry.ID | None = strawberry.field(
        default=UNSET,
        description="A closed part, for a new entry. Left out: the open part, or where its passage stands.",
    )
    is_withdrawn: bool = strawberry.field(default=False, description="True strikes it out; it stays to be read.")


@strawberry.input(description="Logging what was sent to a body without an account.")
class LogDistributionInput:
    idempotency_key: str = strawberry.field(description=KEY)
    meeting_id: strawberry.ID = strawberry.field(description=MEETING)
    invitation_id: strawberry.ID = strawberry.field(description="To which body.")
    what: Distributed = strawberry.field(description="What.")
    channel: SentBy = strawberry.field(description="How.")
    to_whom: str = strawberry.field(description="To whom there.")
    sent_at: datetime = strawberry.field(description="When, with its time zone.")


@strawberry.type(directives=[value], description="The meetings after the act, or why there are none.")
class MeetingsPayload:
    meetings: list[Meeting] | None = strawberry.field(description="One for each child. Null: see `problem`.")
    problem: Problem | None = strawberry.field(description=WHY_NOT)


@strawberry.type(directives=[value], description="The convened meetings, or why none was convened.")
class ConveneMeetingPayload(MeetingsPayload): ...


@strawberry.type(directives=[value], description="The recorded discussion, or why nothing was recorded.")
class RecordDiscussionPayload(MeetingsPayload): ...


@strawberry.type(directives=[value], description="The meeting after the act, or why nothing was done.")
class MeetingPayload:
    meeting: Meeting | None = strawberry.field(
        description="The meeting as you may see it now. Null: see `problem`; where that is null too, it was done and "
        "the meeting is no longer for you."
    )
    problem: Problem | None = strawberry.field(description=WHY_NOT)


@strawberry.type(directives=[value], description="The meeting with those invited, or why nobody was.")
class InviteToMeetingPayload(MeetingPayload): ...


@strawberry.type(directives=[value], description="The meeting with the answer, or why none was taken.")
class AnswerInvitationPayload(MeetingPayload): ...


@strawberry.type(directives=[value], description="The meeting as it is arranged now, or why it stays as it was.")
class RearrangeMeetingPayload(MeetingPayload): ...


@strawberry.type(directives=[value], description="The open meeting, or why it was not opened.")
class OpenMeetingPayload(MeetingPayload): ...


@strawberry.type(directives=[value], description="The cancelled meeting, or why it was not cancelled.")
class CancelMeetingPayload(MeetingPayload): ...


@strawberry.type(directives=[value], description="The meeting with the entry, or why nothing was written.")
class RecordMeetingEntryPayload(MeetingPayload):
    entry_id: strawberry.ID | None = strawberry.field(description="The entry that was written. Null: see `problem`.")


@strawberry.type(directives=[value], description="The meeting with what was sent, or why nothing was logged.")
class LogDistributionPayload(MeetingPayload): ...
