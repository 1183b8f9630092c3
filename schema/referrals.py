"""Recording a concern, referring, closing a concern, giving a case to somebody: one input and one payload each."""

from datetime import datetime
from typing import Annotated, TypeVar
from uuid import UUID, uuid4

import strawberry
from strawberry import UNSET

from schema.case_payload import CasePayload, case_payload
from schema.choices import Channel
from schema.context import Info
from schema.disclosures.concern_input import ConcernInput
from schema.disclosures.referral_input import ReferralInput
from schema.groups import value
from schema.inputs import INPUT, KEY, content_of
from schema.node import lookup, uuid_of
from schema.record_views import duty_to_notify_record
from schema.records import DutyToNotifyRecord
from schema.selection import asked
from services.cases import commands as cases
from services.cases import queries
from services.cases.commands import ClosingReason
from services.errors import WorkProblem
from services.referrals import commands as referrals
from services.referrals import concerns
from services.referrals.commands import Submission
from services.referrals.form import queries as form

strawberry.enum(
    ClosingReason,
    description="Why a concern ends without a referral.",
)


@strawberry.type(directives=[value], description="The new case, or why none was opened.")
class OpenConcernPayload(CasePayload): ...


@strawberry.type(directives=[value], description="The referred case or the notification, or why nothing was sent.")
class SubmitReferralPayload(CasePayload):
    notification: DutyToNotifyRecord | None = strawberry.field(
        default=None, description="The record of a Duty to Notify, as you may see it. Null: it was none."
    )


@strawberry.type(directives=[value], description="The closed case, or why it stays open.")
class CloseConcernPayload(CasePayload): ...


@strawberry.type(directives=[value], description="The case with its assignments, or why they stay as they were.")
class AssignCasePayload(CasePayload): ...


@strawberry.input(description="A first concern about a person, with whatever is known.")
class OpenConcernInput:
    idempotency_key: str = strawberry.field(description=KEY)
    concern: ConcernInput = strawberry.field(description="What you noticed.")


@strawberry.input(description="The concern that this referral continues.")
class FromConcernInput:
    case_id: strawberry.ID = strawberry.field(description="The case.")
    expected_version: int = strawberry.field(description="The case's `version` as you read it.")
    meeting_id: strawberry.ID | None = strawberry.field(
        default=UNSET, description="A strategy meeting about this child; the referral states who met and who agreed."
    )


@strawberry.input(description="A referral of one person.")
class SubmitReferralInput:
    idempotency_key: str = strawberry.field(description=KEY)
    referral: ReferralInput = strawberry.field(description="The form.")
    from_concern: FromConcernInput | None = strawberry.field(
        default=UNSET, description="The concern it continues. Left out: a new case is made."
    )
    form_version: str | None = strawberry.field(
        default=UNSET,
        description="The edition that was filled in. Left out: that of the day of receipt, and no other is taken.",
    )
    channel: Channel = strawberry.field(
        default=Channel.ONLINE,
        description="How the form came. On paper up to 28 August 2019 only, when it moved online.",
    )
    received_at: datetime | None = strawberry.field(
        default=UNSET,
        description="When a form by e-mail, fax or post arrived, with its time zone. Leave it out for an online one.",
    )


@strawberry.input(description="Closing a concern that will not be referred. Nothing recorded is lost.")
class CloseConcernInput:
    idempotency_key: str = strawberry.field(description=KEY)
    case_id: strawberry.ID = strawberry.field(description="The case.")
    expected_version: int = strawberry.field(description="The case's `version` as you read it.")
    reason: ClosingReason = strawberry.field(description="Why.")
    note: str = strawberry.field(default="", description="More on why; at most 2,000 characters.")


@strawberry.input(description="Giving a case to a person or a team of your agency.")
class AssignCaseInput:
    idempotency_key: str = strawberry.field(description=KEY)
    case_id: strawberry.ID = strawberry.field(description="The case.")
    expected_version: int = strawberry.field(description="The case's `assignmentVersion` as you read it.")
    member_id: strawberry.ID | None = strawberry.field(default=UNSET, description="A person of your agency.")
    team_id: strawberry.ID | None = strawberry.field(default=UNSET, description="Or a team of your agency.")
    reason: str = strawberry.field(description="Why; managers read it. At most 2,000 characters.")
    replacing: bool = strawberry.field(
        default=False, description="True takes the case from everybody who has it now. A colleague cannot."
    )


async def open_concern(info: Info, sent: Annotated[OpenConcernInput, INPUT]) -> OpenConcernPayload:
    """Record a concern."""
    reading = info.context.reading
    outcome = await concerns.open_concern(reading, sent.idempotency_key, sent.concern.draft(), content_of(sent))
    return await case_payload(info, OpenConcernPayload, outcome)


async def submit_referral(info: Info, sent: Annotated[SubmitReferralInput, INPUT]) -> SubmitReferralPayload:
    """Refer a person."""
    key, reading = sent.idempotency_key, info.context.reading
    edition = sent.form_version or form.edition_received(sent.received_at or reading.now)
    submission = Submission(
        draft=sent.referral.draft(str(uuid4()), edition),  # typed here: no sender's own id
        channel=sent.channel,
        received_at=sent.received_at or None,
        concern=lookup(sent.from_concern.case_id, "Case") if sent.from_concern else None,
        expected_version=sent.from_concern.expected_version if sent.from_concern else None,
        meeting=_meeting(sent.from_concern) if sent.from_concern else None,
    )
    outcome = await referrals.submit(reading, key, submission, content_of(sent))
    return await sent_payload(info, SubmitReferralPayload, outcome, notifies=submission.draft.is_duty_to_notify)


S = TypeVar("S", bound=SubmitReferralPayload)


async def sent_payload(info: Info, payload: type[S], outcome: UUID | WorkProblem, *, notifies: bool = False) -> S:
    """The case or the notification that a form became, as its sender may see it now; neither is read as the other."""
    if not notifies or not isinstance(outcome, UUID):
        shown = await case_payload(info, payload, outcome)
        if not isinstance(outcome, UUID) or shown.case is not None:
            return shown
    groups = asked(info, "DutyToNotifyRecord", "notification")
    view = await queries.one(info.context.reading, str(outcome), groups, "duty_to_notify")
    return payload(case=None, notification=duty_to_notify_record(view) if view else None, problem=None)


async def close_concern(info: Info, sent: Annotated[CloseConcernInput, INPUT]) -> CloseConcernPayload:
    """Close a concern."""
    closing = cases.Closing(
        case=lookup(sent.case_id, "Case"),
        reason=sent.reason,
        note=sent.note,
        expected_version=sent.expected_version,
    )
    reading = info.context.reading
    return await case_payload(
        info,
        CloseConcernPayload,
        await cases.close_concern(reading, sent.idempotency_key, closing, content_of(sent)),
    )


async def assign_case(info: Info, sent: Annotated[AssignCaseInput, INPUT]) -> AssignCasePayload:
    """Give a case to somebody."""
    given = cases.Assignment(
        case=lookup(sent.case_id, "Case"),
        member=uuid_of(sent.member_id or None, "Member"),
        team=uuid_of(sent.team_id or None, "Team"),
        reason=sent.reason,
        replacing=sent.replacing,
        expected_version=sent.expected_version,
    )
    reading = info.context.reading
    return await case_payload(
        info, AssignCasePayload, await cases.assign(reading, sent.idempotency_key, given, content_of(sent))
    )


def _meeting(concern: FromConcernInput) -> UUID | None:
    """An id of anything else takes the way of a meeting that is not there."""
    return (uuid_of(concern.meeting_id, "Meeting") or UUID(int=0)) if concern.meeting_id else None
