"""A strategy meeting as clients read it."""

from datetime import datetime

import strawberry

from policies.vocabulary import DataGroup
from schema.action_views import MeetingFollowUp, follow_up
from schema.agency_names import AgencyName, named
from schema.choices import Nation
from schema.groups import entry, value
from schema.meeting_content import MeetingContent, content_of
from schema.meeting_signing_views import MeetingPart, MinutesSigning, part, signing
from schema.meeting_words import Answer, Distributed, EntryKind, MeetingState, Mode, Profession, SentBy
from schema.node import Node, global_id
from schema.record_views import clock
from schema.records import Clock
from schema.words import Function
from services.meetings.views import (
    AnswerView,
    DistributionView,
    EntryView,
    InvitationView,
    Judgement,
    MeetingView,
)


@strawberry.type(directives=[value], description="When and where, and in whose hands.")
class Arrangement:
    version: int = strawberry.field(description="Give it back as `expectedVersion` when you rearrange.")
    mode: Mode = strawberry.field(description="How the meeting is held.")
    starts_at: datetime = strawberry.field(description="When it begins.")
    ends_at: datetime = strawberry.field(description="When it is to end.")
    place: str = strawberry.field(description="Place, link or number.")
    chair: str = strawberry.field(description="Who chairs: a team manager or somebody above.")
    minute_taker: str = strawberry.field(description="Who takes the minutes.")


@strawberry.type(directives=[value], description="What an invited body answered.")
class InvitationAnswer:
    answer: Answer = strawberry.field(description="What.")
    person: str | None = strawberry.field(description="Who comes. Null: nobody.")
    note: str | None = strawberry.field(description="What was said with it.")
    at: datetime = strawberry.field(description="When.")
    for_them: bool = strawberry.field(description="Whether the children's services wrote it down for them.")


@strawberry.type(
    directives=[value], description="A body that is invited. Before the meeting opens you see your own only."
)
class Invitation:
    id: strawberry.ID = strawberry.field(description="Give this to answer.")
    agency_id: strawberry.ID | None = strawberry.field(description="The agency. Null: a body by name alone.")
    name: str = strawberry.field(description="Its name.")
    function: Function = strawberry.field(description="In which function.")
    is_home_authority: bool = strawberry.field(description="Whether the child lives in its area.")
    is_yours: bool = strawberry.field(description="Whether it is your own agency in the function you act in.")
    has_account: bool = strawberry.field(description="False: somebody has to send it everything; see `distributions`.")
    calendar_file: str | None = strawberry.field(
        description="A `text/calendar` file with when and where and nothing of the case, to keep or to send on; "
        "a new one after each change; also at `/meetings/<meeting id>/<invitation id>.ics`. Null: another's invitation."
    )
    answer: InvitationAnswer | None = strawberry.field(description="The newest answer. Null: none yet.")
    responsibility: InvitationAnswer | None = strawberry.field(
        description="When the home authority took over in writing. Null: it did not."
    )


@strawberry.type(directives=[value], description="Whether a decision had its quorum, from who was there at its moment.")
class DecisionQuorum:
    is_quorate: bool = strawberry.field(description="False: show it beside the decision, always.")
    missing: list[Profession] = strawberry.field(description="Who was not there.")
    row: str = strawberry.field(description="The row of the regime that asks for them.")


@strawberry.type(directives=[entry(DataGroup.STRATEGY_MINUTES)], description="One entry of the record, newest version.")
class MeetingEntry:
    id: strawberry.ID = strawberry.field(description="Its id inside the meeting.")
    version: int = strawberry.field(description="Of this entry alone; give it back as `expectedVersion`.")
    kind: EntryKind = strawberry.field(description="What it is.")
    author: AgencyName = strawberry.field(description="Whose entry it is.")
    function: Function = strawberry.field(description="In which function they wrote it.")
    recorded_at: datetime = strawberry.field(description="When this version was written.")
    is_withdrawn: bool = strawberry.field(description="True: show it struck out; it counts for nothing.")
    content: MeetingContent = strawberry.field(description="What it says.")
    part_id: strawberry.ID = strawberry.field(description="The part it stands in; see `parts` of the meeting.")
    quorum: DecisionQuorum | None = strawberry.field(description="Of a decision or referral. Null: of anything else.")


@strawberry.type(
    directives=[entry(DataGroup.STRATEGY_MINUTES)], description="What was sent to a body without an account."
)
class MeetingDistribution:
    id: strawberry.ID = strawberry.field(description="Its id inside the meeting.")
    invitation_id: strawberry.ID = strawberry.field(description="To which body.")
    what: Distributed = strawberry.field(description="What.")
    channel: SentBy = strawberry.field(description="How.")
    to_whom: str = strawberry.field(description="To whom there.")
    sent_at: datetime = strawberry.field(description="When.")


@strawberry.type(
    directives=[entry(DataGroup.STRATEGY_MINUTES)],
    description="One strategy meeting of one child. Before it opens, whoever is invited sees when and where it is.",
)
class Meeting(Node):
    case_reference: str = strawberry.field(description="The case it hangs on.")
    ordinal: int = strawberry.field(description="Its place among the meetings of this case that you may see.")
    name: str = strawberry.field(description="What such a meeting is called in its nation.")
    nation: Nation = strawberry.field(description="Whose rules apply.")
    authority: AgencyName = strawberry.field(description="Whose children's services convened it.")
    responsible: AgencyName = strawberry.field(
        description="Who is responsible: `authority`, until a home authority takes over in writing."
    )
    state: MeetingState = strawberry.field(description="How far it has come.")
    cancelled_because: str | None = strawberry.field(description="Why it was cancelled. Null: it was not.")
    convened_at: datetime = strawberry.field(description="When it was convened.")
    opened_at: datetime | None = strawberry.field(description="Since when those invited read it. Null: not yet.")
    closed_at: datetime | None = strawberry.field(description="When it was closed. Null: it is not.")
    arrangement: Arrangement = strawberry.field(description="When and where.")
    invitations: list[Invitation] = strawberry.field(description="Who is invited, as far as you may see.")
    entries: list[MeetingEntry] = strawberry.field(description="The record, in the order in which it was begun.")
    follow_up: MeetingFollowUp = strawberry.field(description="What became of actions, of this meeting and before.")
    record_out: Clock | None = strawberry.field(
        description="Until when the record has to be with everybody invited. Null: the meeting has not opened."
    )
    next_meeting: Clock | None = strawberry.field(
        description="Until when the next meeting about the child has to be held. Null: none is to be, or one that you "
        "may see was opened since."
    )
    distributions: list[MeetingDistribution] = strawberry.field(description="What was sent by other ways.")
    parts: list[MeetingPart] = strawberry.field(description="The parts of the minutes that you read.")
    signing: MinutesSigning = strawberry.field(description="Sign-off, dissent, and what was added after closing.")
    is_run_by_you: bool = strawberry.field(description="Whether you act for the children's services that hold it.")
    read_at: datetime = strawberry.field(
        description="Give it back as `changedSince` to get what was written after; a few entries may come twice."
    )


def meeting(view: MeetingView) -> Meeting:
    """A meeting as its reader may see it."""
    return Meeting(
        id=global_id("Meeting", view.id),
        case_reference=view.case_reference,
        ordinal=view.ordinal,
        name=view.name,
        nation=Nation(view.nation.value),
        authority=named(view.authority),
        responsible=named(view.responsible),
        state=view.state,
        cancelled_because=view.cancelled_because,
        convened_at=view.convened_at,
        opened_at=view.opened_at,
        closed_at=view.closed_at,
        arrangement=_arrangement(view),
        invitations=[_invitation(one) for one in view.invitations],
        entries=[_entry(one) for one in view.entries],
        follow_up=follow_up(view.follow_up),
        record_out=clock(view.record_out) if view.record_out else None,
        next_meeting=clock(view.next_meeting) if view.next_meeting else None,
        distributions=[_distribution(one) for one in view.distributions],
        parts=[part(one) for one in view.signing.parts],
        signing=signing(view),
        is_run_by_you=view.is_run_by_you,
        read_at=view.read_at,
    )


def _arrangement(view: MeetingView) -> Arrangement:
    found = view.arrangement
    return Arrangement(
        version=found.version,
        mode=found.mode,
        starts_at=found.starts_at,
        ends_at=found.ends_at,
        place=found.place,
        chair=found.chair,
        minute_taker=found.minute_taker,
    )


def _invitation(view: InvitationView) -> Invitation:
    return Invitation(
        id=global_id("MeetingInvitation", view.id),
        agency_id=global_id("Agency", view.agency) if view.agency else None,
        name=view.name,
        function=view.function,
        is_home_authority=view.is_home_authority,
        is_yours=view.is_yours,
        has_account=view.has_account,
        calendar_file=view.calendar_file,
        answer=_answer(view.answer),
        responsibility=_answer(view.responsibility),
    )


def _answer(view: AnswerView | None) -> InvitationAnswer | None:
    if view is None:
        return None
    return InvitationAnswer(answer=view.answer, person=view.person, note=view.note, at=view.at, for_them=view.for_them)


def _entry(view: EntryView) -> MeetingEntry:
    return MeetingEntry(
        id=global_id("MeetingEntry", view.id),
        version=view.version,
        kind=view.kind,
        author=named(view.author),
        function=view.function,
        recorded_at=view.recorded_at,
        is_withdrawn=view.is_withdrawn,
        content=content_of(view.content),
        part_id=global_id("MeetingPart", view.part),
        quorum=_quorum(view.judgement),
    )


def _quorum(found: Judgement | None) -> DecisionQuorum | None:
    if found is None:
        return None
    return DecisionQuorum(is_quorate=found.is_quorate, missing=list(found.missing), row=found.row)


def _distribution(view: DistributionView) -> MeetingDistribution:
    return MeetingDistribution(
        id=global_id("MeetingDistribution", view.id),
        invitation_id=global_id("MeetingInvitation", view.invitation),
        what=view.what,
        channel=view.channel,
        to_whom=view.to_whom,
        sent_at=view.sent_at,
    )
