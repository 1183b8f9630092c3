"""From a row to the view of a meeting: newest answers, and the quorum judged for each decision. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping

from policies.vocabulary import Function
from services.cases.views import AgencyName
from services.clocks.rules import london_date
from services.meetings.action_views import FollowUpView
from services.meetings.calendar_file import calendar_file
from services.meetings.content import Attendance, Brief, Decision, Referral, from_content
from services.meetings.next_meeting import next_meeting
from services.meetings.record_out import record_out
from services.meetings.rules import judge
from services.meetings.signing_disclosure import sealed_quorum, signing_view
from services.meetings.views import (
    AnswerView,
    ArrangementView,
    DistributionView,
    EntryView,
    InvitationView,
    Judgement,
    MeetingView,
)
from services.meetings.words import Answer, Distributed, EntryKind, MeetingState, Mode, SentBy
from services.regimes import queries as regimes
from services.regimes.words import Nation


def meeting_view(row: RowMapping, follow_up: FollowUpView) -> MeetingView:
    """Everything of the meeting that the row holds."""
    arrangement = _arrangement(row["arrangement"])
    nation, day = Nation(row["nation"]), london_date(arrangement.starts_at)
    invitations = _invitations(row["invitations"], row["answers"])
    entries = _entries(row["entries"])
    authority = _agency(row["authority"])
    return MeetingView(
        id=row["id"],
        record_id=row["record_id"],
        case_reference=row["reference"],
        ordinal=row["ordinal"],
        name=regimes.meeting_name(day, nation).name,
        nation=nation,
        authority=authority,
        responsible=_responsible(row["invitations"], invitations, authority),
        state=_state(row),
        cancelled_because=row["cancelled_because"],
        convened_at=row["convened_at"],
        opened_at=row["opened_at"],
        closed_at=row["closed_at"],
        arrangement=arrangement,
        invitations=tuple(_with_calendar(one, row, arrangement, authority) for one in invitations),
        entries=_judged(entries, nation, arrangement, sealed_quorum(row["signing"])),
        distributions=tuple(_distribution(one) for one in row["distributions"]),
        open_part=row["open_part"],
        signing=signing_view(row["signing"], entries, invitations),
        read_at=row["read_at"],
        is_run_by_you=row["is_run_by_you"],
        follow_up=follow_up,
        record_out=record_out(nation, authority, arrangement.ends_at, row["read_at"]) if row["opened_at"] else None,
        next_meeting=None
        if row["is_followed"]
        else next_meeting(entries, authority, arrangement.starts_at, row["read_at"]),
    )


def _with_calendar(
    invitation: InvitationView, row: RowMapping, arrangement: ArrangementView, authority: AgencyName
) -> InvitationView:
    """The calendar file, for whoever is invited and for whoever has to send it on."""
    if not (invitation.is_yours or row["is_run_by_you"]):
        return invitation
    cancelled_at = row["cancelled_at"]
    file = calendar_file(
        invitation.id,
        arrangement,
        authority.name,
        cancelled_at or arrangement.recorded_at,
        is_cancelled=cancelled_at is not None,
    )
    return replace(invitation, calendar_file=file)


def _state(row: RowMapping) -> MeetingState:
    if row["cancelled_at"]:
        return MeetingState.CANCELLED
    if row["closed_at"]:
        return MeetingState.CLOSED
    return MeetingState.OPEN if row["opened_at"] else MeetingState.CONVENED


def _arrangement(found: Mapping[str, Any]) -> ArrangementView:
    return ArrangementView(
        version=found["version"],
        mode=Mode(found["mode"]),
        starts_at=datetime.fromisoformat(found["starts_at"]),
        ends_at=datetime.fromisoformat(found["ends_at"]),
        place=found["place"],
        chair=found["chair_name"],
        chair_id=UUID(found["chair_id"]),
        minute_taker=found["minute_taker_name"],
        recorded_at=datetime.fromisoformat(found["recorded_at"]),
    )


def _invitations(
    found: Iterable[Mapping[str, Any]], answers: Sequence[Mapping[str, Any]]
) -> tuple[InvitationView, ...]:
    newest = {(one["invitation_id"], _is_responsibility(one)): _answer(one) for one in answers}
    return tuple(
        InvitationView(
            id=UUID(one["id"]),
            agency=UUID(one["agency_id"]) if one["agency_id"] else None,
            name=one["body_name"],
            function=Function(one["function"]),
            is_home_authority=one["is_home_authority"],
            is_yours=one["is_yours"],
            has_account=one["has_account"],
            answer=newest.get((one["id"], False)),
            responsibility=newest.get((one["id"], True)),
        )
        for one in found
    )


def _is_responsibility(answer: Mapping[str, Any]) -> bool:
    return Answer(answer["answer"]) is Answer.RESPONSIBILITY_ACCEPTED


def _answer(found: Mapping[str, Any]) -> AnswerView:
    at = datetime.fromisoformat(found["at"])
    return AnswerView(Answer(found["answer"]), found["person_name"], found["note"], at, found["for_them"])


def _responsible(
    found: Iterable[Mapping[str, Any]], invitations: Iterable[InvitationView], host: AgencyName
) -> AgencyName:
    """Where the child was found is responsible, until the home authority takes over in writing."""
    took_over = next((one for one in invitations if one.is_home_authority and one.responsibility), None)
    if took_over is None or took_over.agency is None:
        return host
    code = next(one["code"] for one in found if one["id"] == str(took_over.id))
    return AgencyName(took_over.agency, code, took_over.name)


def _entries(found: Iterable[Mapping[str, Any]]) -> tuple[EntryView, ...]:
    return tuple(
        EntryView(
            id=UUID(one["entry_id"]),
            version=one["version"],
            kind=EntryKind(one["kind"]),
            author=_agency(one["author"]),
            function=Function(one["author_function"]),
            recorded_at=datetime.fromisoformat(one["recorded_at"]),
            is_withdrawn=one["is_withdrawn"],
            content=from_content(EntryKind(one["kind"]), one["content"]),
            part=UUID(one["part_id"]),
            judgement=None,
        )
        for one in found
    )


def _judged(
    entries: Sequence[EntryView], nation: Nation, arrangement: ArrangementView, sealed: Mapping[UUID, Judgement]
) -> tuple[EntryView, ...]:
    """Each decision with its quorum, once it is closed as it was judged then; what was withdrawn does not count."""
    if sealed:
        return tuple(replace(one, judgement=sealed.get(one.id)) for one in entries)
    standing = [one for one in entries if not one.is_withdrawn]
    present = [one.content for one in standing if isinstance(one.content, Attendance)]
    briefs = [one.content for one in standing if isinstance(one.content, Brief)]
    if not briefs:
        return tuple(entries)
    quorum = regimes.quorum(briefs[-1].meeting, london_date(arrangement.starts_at), nation)
    return tuple(
        replace(one, judgement=judge(quorum, present, one.content.decided_at))
        if isinstance(one.content, Decision | Referral) and not one.is_withdrawn
        else one
        for one in entries
    )


def _distribution(found: Mapping[str, Any]) -> DistributionView:
    return DistributionView(
        id=UUID(found["id"]),
        invitation=UUID(found["invitation_id"]),
        what=Distributed(found["what"]),
        channel=SentBy(found["channel"]),
        to_whom=found["to_whom"],
        sent_at=datetime.fromisoformat(found["sent_at"]),
    )


def _agency(found: Mapping[str, Any]) -> AgencyName:
    return AgencyName(UUID(found["id"]), found["code"], found["name"])
