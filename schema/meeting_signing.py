"""Closed parts and what follows a meeting: every step of it."""

from typing import Annotated
from uuid import UUID

from schema import meeting_signing_acts as acts
from schema.context import Info
from schema.inputs import INPUT, content_of
from schema.meeting_views import meeting
from schema.meetings import meeting_id, meeting_payload
from schema.node import global_id, uuid_of
from schema.results import problem
from services.meetings import closing, parts, queries, releasing, signing
from services.meetings.sign_offs import SignOff

NOBODY = UUID(int=0)


async def make_closed_part(info: Info, sent: Annotated[acts.MakeClosedPartInput, INPUT]) -> acts.MakeClosedPartPayload:
    """Begin a closed part."""
    readers = [(uuid_of(one.agency_id, "Agency") or NOBODY, one.function) for one in sent.readers]
    reading, asked = info.context.reading, meeting_id(sent.meeting_id)
    outcome = await parts.make_closed_part(reading, sent.idempotency_key, asked, sent.name, readers, content_of(sent))
    if not isinstance(outcome, UUID):
        return acts.MakeClosedPartPayload(meeting=None, problem=problem(outcome), part_id=None)
    found = await queries.one(reading, asked)
    shown = meeting(found) if found else None
    return acts.MakeClosedPartPayload(meeting=shown, problem=None, part_id=global_id("MeetingPart", outcome))


async def send_out_minutes(info: Info, sent: Annotated[acts.SendOutMinutesInput, INPUT]) -> acts.SendOutMinutesPayload:
    """Send them out."""
    outcome = await signing.send_out(
        info.context.reading, sent.idempotency_key, meeting_id(sent.meeting_id), content_of(sent)
    )
    return await meeting_payload(info, acts.SendOutMinutesPayload, outcome)


async def sign_minutes(info: Info, sent: Annotated[acts.SignMinutesInput, INPUT]) -> acts.SignMinutesPayload:
    """Say what the agency says."""
    signed = SignOff(
        answer=sent.answer,
        part=uuid_of(sent.part_id or None, "MeetingPart"),
        entry=uuid_of(sent.entry_id or None, "MeetingEntry"),
        words=sent.words or None,
        invitation=uuid_of(sent.invitation_id or None, "MeetingInvitation"),
        said_by=sent.said_by or None,
    )
    outcome = await signing.sign(
        info.context.reading, sent.idempotency_key, meeting_id(sent.meeting_id), signed, content_of(sent)
    )
    return await meeting_payload(info, acts.SignMinutesPayload, outcome)


async def escalate_dissent(
    info: Info, sent: Annotated[acts.EscalateDissentInput, INPUT]
) -> acts.EscalateDissentPayload:
    """Take it to the managers."""
    outcome = await signing.escalate(
        info.context.reading,
        sent.idempotency_key,
        meeting_id(sent.meeting_id),
        uuid_of(sent.entry_id, "MeetingEntry") or NOBODY,
        sent.words,
        content_of(sent),
    )
    return await meeting_payload(info, acts.EscalateDissentPayload, outcome)


async def close_meeting(info: Info, sent: Annotated[acts.CloseMeetingInput, INPUT]) -> acts.CloseMeetingPayload:
    """Close it."""
    outcome = await closing.close(
        info.context.reading, sent.idempotency_key, meeting_id(sent.meeting_id), content_of(sent)
    )
    return await meeting_payload(info, acts.CloseMeetingPayload, outcome)


async def add_to_minutes(info: Info, sent: Annotated[acts.AddToMinutesInput, INPUT]) -> acts.AddToMinutesPayload:
    """Add to them."""
    addendum = closing.Addendum(
        words=sent.words,
        part=uuid_of(sent.part_id or None, "MeetingPart"),
        entry=uuid_of(sent.entry_id or None, "MeetingEntry"),
    )
    outcome = await closing.add(
        info.context.reading, sent.idempotency_key, meeting_id(sent.meeting_id), addendum, content_of(sent)
    )
    return await meeting_payload(info, acts.AddToMinutesPayload, outcome)


async def release_minutes(info: Info, sent: Annotated[acts.ReleaseMinutesInput, INPUT]) -> acts.ReleaseMinutesPayload:
    """Give them away."""
    given = releasing.Release(
        agency=uuid_of(sent.agency_id, "Agency") or NOBODY,
        function=sent.function,
        purpose=sent.purpose,
        lawful_basis=sent.lawful_basis,
        parts=tuple(uuid_of(one, "MeetingPart") or NOBODY for one in sent.part_ids),
    )
    outcome = await releasing.release(
        info.context.reading, sent.idempotency_key, meeting_id(sent.meeting_id), given, content_of(sent)
    )
    return await meeting_payload(info, acts.ReleaseMinutesPayload, outcome)
