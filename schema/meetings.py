"""Strategy meetings: reading one, and every step of it."""

from datetime import datetime
from typing import Annotated, TypeVar
from uuid import UUID

import strawberry

from schema import meeting_acts as acts
from schema.context import Info
from schema.inputs import INPUT, content_of
from schema.meeting_views import Meeting, meeting
from schema.node import global_id, lookup, uuid_of
from schema.results import problem
from schema.viewer import Choice
from services.errors import Invalid, WorkProblem
from services.meetings import answering, commands, convening, discussion, queries, recording
from services.meetings.recording import Written
from services.regimes.words import Nation

Id = Annotated[strawberry.ID, strawberry.argument(name="id", description="The meeting's global id.")]
Since = Annotated[
    datetime | None,
    strawberry.argument(description="The `readAt` of an earlier reading: only entries written since. Left out: all."),
]
M = TypeVar("M", bound=acts.MeetingPayload)
P = TypeVar("P", bound=acts.MeetingsPayload)


async def one_meeting(info: Info, public: Id, changed_since: Since = None) -> Meeting | None:
    """The meeting with this id."""
    async with info.context.turn:
        found = await queries.one(info.context.reading, meeting_id(public), changed_since)
    return meeting(found) if found else None


async def meeting_chairs(info: Info) -> list[Choice]:
    """Who of the actor's agency may chair."""
    async with info.context.turn:
        found = await queries.chairs(info.context.reading)
    return [Choice(id=global_id("Member", one.id), name=one.name) for one in found]


async def convene_meeting(info: Info, sent: Annotated[acts.ConveneMeetingInput, INPUT]) -> acts.ConveneMeetingPayload:
    """Convene a meeting for each child."""
    cases = tuple(lookup(case, "Case") for case in sent.case_ids)
    wanted = convening.Convening(
        cases=cases,
        nation=Nation(sent.nation.value),
        arranged=sent.arrangement.arranged(),
        brief=sent.brief.said(),
        invite=tuple(one.invitee() for one in sent.invite),
    )
    outcome = await convening.convene(info.context.reading, sent.idempotency_key, wanted, content_of(sent))
    return await _meetings(info, acts.ConveneMeetingPayload, cases, outcome)


async def record_discussion(
    info: Info, sent: Annotated[acts.RecordDiscussionInput, INPUT]
) -> acts.RecordDiscussionPayload:
    """Record a discussion that was held already."""
    cases = (lookup(sent.case_id, "Case"),)
    wanted = convening.Convening(
        cases=cases,
        nation=Nation(sent.nation.value),
        arranged=sent.arrangement.arranged(),
        brief=sent.brief.said(),
        invite=tuple(one.invitee() for one in sent.invite),
    )
    entries = _entries(sent)
    if isinstance(entries, Invalid):
        return acts.RecordDiscussionPayload(meetings=None, problem=problem(entries))
    attendances = tuple(one.said() for one in sent.attendances)
    held = discussion.Held(convening=wanted, attendances=attendances, entries=entries)
    outcome = await discussion.record_discussion(info.context.reading, sent.idempotency_key, held, content_of(sent))
    return await _meetings(info, acts.RecordDiscussionPayload, cases, outcome)


async def invite_to_meeting(
    info: Info, sent: Annotated[acts.InviteToMeetingInput, INPUT]
) -> acts.InviteToMeetingPayload:
    """Invite more bodies."""
    invitees = [one.invitee() for one in sent.invite]
    outcome = await commands.invite(
        info.context.reading, sent.idempotency_key, meeting_id(sent.meeting_id), invitees, content_of(sent)
    )
    return await meeting_payload(info, acts.InviteToMeetingPayload, outcome)


async def answer_invitation(
    info: Info, sent: Annotated[acts.AnswerInvitationInput, INPUT]
) -> acts.AnswerInvitationPayload:
    """Answer an invitation."""
    reply = answering.Reply(
        meeting=meeting_id(sent.meeting_id),
        invitation=uuid_of(sent.invitation_id, "MeetingInvitation") or UUID(int=0),
        answer=sent.answer,
        member=uuid_of(sent.member_id or None, "Member"),
        person=sent.person or None,
        note=sent.note or None,
    )
    outcome = await answering.answer(info.context.reading, sent.idempotency_key, reply, content_of(sent))
    return await meeting_payload(info, acts.AnswerInvitationPayload, outcome)


async def rearrange_meeting(
    info: Info, sent: Annotated[acts.RearrangeMeetingInput, INPUT]
) -> acts.RearrangeMeetingPayload:
    """Give it another time, place, chair or minute taker."""
    outcome = await commands.rearrange(
        info.context.reading,
        sent.idempotency_key,
        meeting_id(sent.meeting_id),
        sent.expected_version,
        sent.arrangement.arranged(),
        content_of(sent),
    )
    return await meeting_payload(info, acts.RearrangeMeetingPayload, outcome)


async def open_meeting(info: Info, sent: Annotated[acts.OpenMeetingInput, INPUT]) -> acts.OpenMeetingPayload:
    """Open it."""
    outcome = await commands.open_meeting(
        info.context.reading, sent.idempotency_key, meeting_id(sent.meeting_id), content_of(sent)
    )
    return await meeting_payload(info, acts.OpenMeetingPayload, outcome)


async def cancel_meeting(info: Info, sent: Annotated[acts.CancelMeetingInput, INPUT]) -> acts.CancelMeetingPayload:
    """Cancel it."""
    outcome = await commands.cancel(
        info.context.reading, sent.idempotency_key, meeting_id(sent.meeting_id), sent.because, content_of(sent)
    )
    return await meeting_payload(info, acts.CancelMeetingPayload, outcome)


async def record_meeting_entry(
    info: Info, sent: Annotated[acts.RecordMeetingEntryInput, INPUT]
) -> acts.RecordMeetingEntryPayload:
    """Write an entry."""
    said = sent.content.said("content")
    if isinstance(said, Invalid):
        return acts.RecordMeetingEntryPayload(meeting=None, problem=problem(said), entry_id=None)
    written = Written(
        kind=said[0],
        said=said[1],
        part=uuid_of(sent.part_id or None, "MeetingPart"),
        entry=uuid_of(sent.entry_id or None, "MeetingEntry"),
        expected_version=sent.expected_version,
        is_withdrawn=sent.is_withdrawn,
    )
    reading, asked = info.context.reading, meeting_id(sent.meeting_id)
    outcome = await recording.record_entry(reading, sent.idempotency_key, asked, written, content_of(sent))
    if not isinstance(outcome, UUID):
        return acts.RecordMeetingEntryPayload(meeting=None, problem=problem(outcome), entry_id=None)
    found = await queries.one(reading, asked)
    shown = meeting(found) if found else None
    return acts.RecordMeetingEntryPayload(meeting=shown, problem=None, entry_id=global_id("MeetingEntry", outcome))


async def log_distribution(
    info: Info, sent: Annotated[acts.LogDistributionInput, INPUT]
) -> acts.LogDistributionPayload:
    """Log what was sent to a body without an account."""
    logged = commands.Sent(
        invitation=uuid_of(sent.invitation_id, "MeetingInvitation") or UUID(int=0),
        what=sent.what,
        channel=sent.channel,
        to_whom=sent.to_whom,
        sent_at=sent.sent_at,
    )
    outcome = await commands.distribute(
        info.context.reading, sent.idempotency_key, meeting_id(sent.meeting_id), logged, content_of(sent)
    )
    return await meeting_payload(info, acts.LogDistributionPayload, outcome)


async def meeting_payload(info: Info, payload: type[M], outcome: UUID | WorkProblem) -> M:
    if not isinstance(outcome, UUID):
        return payload(meeting=None, problem=problem(outcome))
    found = await queries.one(info.context.reading, outcome)
    return payload(meeting=meeting(found) if found else None, problem=None)


async def _meetings(info: Info, payload: type[P], cases: tuple[str, ...], outcome: UUID | WorkProblem) -> P:
    if not isinstance(outcome, UUID):
        return payload(meetings=None, problem=problem(outcome))
    found = await queries.of_occasion(info.context.reading, cases, outcome)
    return payload(meetings=[meeting(view) for view in found], problem=None)


def _entries(sent: acts.RecordDiscussionInput) -> tuple[Written, ...] | Invalid:
    written: list[Written] = []
    for place, one in enumerate(sent.entries):
        said = one.said(f"entries.{place}")
        if isinstance(said, Invalid):
            return said
        written.append(Written(kind=said[0], said=said[1]))
    return tuple(written)


def meeting_id(public: strawberry.ID) -> UUID:
    return uuid_of(public, "Meeting") or UUID(int=0)
