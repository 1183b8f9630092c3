"""The inputs and payloads of closed parts and of what follows a meeting."""

import strawberry
from strawberry import UNSET

from schema.groups import value
from schema.inputs import KEY
from schema.meeting_acts import MEETING, MeetingPayload
from schema.meeting_words import SignOffAnswer
from schema.words import Function

PASSAGE = "The entry."


@strawberry.input(description="A function of an agency that takes part.")
class PartReaderInput:
    agency_id: strawberry.ID = strawberry.field(description="The agency.")
    function: Function = strawberry.field(description="In which function.")


@strawberry.input(description="Beginning a closed part; your own agency reads it too.")
class MakeClosedPartInput:
    idempotency_key: str = strawberry.field(description=KEY)
    meeting_id: strawberry.ID = strawberry.field(description=MEETING)
    name: str = strawberry.field(description="What its readers call it.")
    readers: list[PartReaderInput] = strawberry.field(description="Who else reads it; nobody can be added later.")


@strawberry.input(description="Sending the minutes out to be signed off.")
class SendOutMinutesInput:
    idempotency_key: str = strawberry.field(description=KEY)
    meeting_id: strawberry.ID = strawberry.field(description=MEETING)


@strawberry.input(description="What your agency says of the minutes, or a body without an account.")
class SignMinutesInput:
    idempotency_key: str = strawberry.field(description=KEY)
    meeting_id: strawberry.ID = strawberry.field(description=MEETING)
    answer: SignOffAnswer = strawberry.field(description="What.")
    part_id: strawberry.ID | None = strawberry.field(
        default=UNSET, description="The part you agree with. Left out: the open part."
    )
    entry_id: strawberry.ID | None = strawberry.field(
        default=UNSET, description="The passage you dispute, or want corrected."
    )
    words: str | None = strawberry.field(default=UNSET, description="Why; required unless you agree.")
    invitation_id: strawberry.ID | None = strawberry.field(
        default=UNSET,
        description="Of a body without an account that was sent a copy of the record: you write down its answer.",
    )
    said_by: str | None = strawberry.field(default=UNSET, description="Who there said it; goes with `invitationId`.")


@strawberry.input(description="Taking dissent to the managers.")
class EscalateDissentInput:
    idempotency_key: str = strawberry.field(description=KEY)
    meeting_id: strawberry.ID = strawberry.field(description=MEETING)
    entry_id: strawberry.ID = strawberry.field(description="The passage your agency dissents from.")
    words: str = strawberry.field(description="Why.")


@strawberry.input(description="Closing a meeting.")
class CloseMeetingInput:
    idempotency_key: str = strawberry.field(description=KEY)
    meeting_id: strawberry.ID = strawberry.field(description=MEETING)


@strawberry.input(description="Adding to closed minutes.")
class AddToMinutesInput:
    idempotency_key: str = strawberry.field(description=KEY)
    meeting_id: strawberry.ID = strawberry.field(description=MEETING)
    words: str = strawberry.field(description="What.")
    part_id: strawberry.ID | None = strawberry.field(default=UNSET, description="Left out: the open part.")
    entry_id: strawberry.ID | None = strawberry.field(default=UNSET, description="Or a passage.")


@strawberry.input(description="Giving closed minutes to an agency that was not invited.")
class ReleaseMinutesInput:
    idempotency_key: str = strawberry.field(description=KEY)
    meeting_id: strawberry.ID = strawberry.field(description=MEETING)
    agency_id: strawberry.ID = strawberry.field(description="To whom.")
    function: Function = strawberry.field(description="In which function.")
    purpose: str = strawberry.field(description="Why.")
    lawful_basis: str = strawberry.field(description="On which basis in law.")
    part_ids: list[strawberry.ID] = strawberry.field(
        default_factory=list, description="Closed parts that go along; the open part always does."
    )


@strawberry.type(directives=[value], description="The meeting with the part, or why there is none.")
class MakeClosedPartPayload(MeetingPayload):
    part_id: strawberry.ID | None = strawberry.field(description="The part. Null: see `problem`.")


@strawberry.type(directives=[value], description="The meeting whose minutes are out, or why they are not.")
class SendOutMinutesPayload(MeetingPayload): ...


@strawberry.type(directives=[value], description="The meeting with what you said, or why it was not taken.")
class SignMinutesPayload(MeetingPayload): ...


@strawberry.type(directives=[value], description="The meeting with the escalation, or why there is none.")
class EscalateDissentPayload(MeetingPayload): ...


@strawberry.type(directives=[value], description="The closed meeting, or everything that is missing.")
class CloseMeetingPayload(MeetingPayload): ...


@strawberry.type(directives=[value], description="The meeting with what was added, or why nothing was.")
class AddToMinutesPayload(MeetingPayload): ...


@strawberry.type(directives=[value], description="The meeting, or why its minutes were not given away.")
class ReleaseMinutesPayload(MeetingPayload): ...
