"""A strategy meeting as one reader may see it: complete, and without a trace of what is not for them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from policies.vocabulary import Function
from services.cases.views import AgencyName, ClockView
from services.meetings.action_views import FollowUpView
from services.meetings.content import Content
from services.meetings.signing_views import SigningView
from services.meetings.words import Answer, Distributed, EntryKind, MeetingState, Mode, SentBy
from services.regimes.words import Nation, Profession


@dataclass(frozen=True, slots=True)
class ArrangementView:
    """When and where, and in whose hands; the version counts how often it was changed."""

    version: int
    mode: Mode
    starts_at: datetime
    ends_at: datetime
    place: str
    chair: str
    chair_id: UUID
    minute_taker: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class AnswerView:
    """What an invited body answered, and whether somebody wrote it down for them."""

    answer: Answer
    person: str | None
    note: str | None
    at: datetime
    for_them: bool


@dataclass(frozen=True, slots=True)
class InvitationView:
    """An invited body with its newest answer; `responsibility`: when a home authority took it over in writing."""

    id: UUID
    agency: UUID | None
    name: str
    function: Function
    is_home_authority: bool
    is_yours: bool
    has_account: bool
    answer: AnswerView | None
    responsibility: AnswerView | None
    calendar_file: str | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether there was a quorum; who was missing, and the row that asked for them."""

    is_quorate: bool
    missing: tuple[Profession, ...]
    row: str


@dataclass(frozen=True, slots=True)
class EntryView:
    """The newest version of an entry; of a decision also whether there was a quorum at its moment."""

    id: UUID
    version: int
    kind: EntryKind
    author: AgencyName
    function: Function
    recorded_at: datetime
    is_withdrawn: bool
    content: Content
    part: UUID
    judgement: Judgement | None


@dataclass(frozen=True, slots=True)
class DistributionView:
    """What was sent to a body without an account."""

    id: UUID
    invitation: UUID
    what: Distributed
    channel: SentBy
    to_whom: str
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class MeetingView:
    """One meeting; before it opens, whoever was invited sees no invitation but their own, and no entry."""

    id: UUID
    record_id: UUID
    case_reference: str
    ordinal: int
    name: str
    nation: Nation
    authority: AgencyName
    responsible: AgencyName
    state: MeetingState
    cancelled_because: str | None
    convened_at: datetime
    opened_at: datetime | None
    closed_at: datetime | None
    arrangement: ArrangementView
    invitations: tuple[InvitationView, ...]
    entries: tuple[EntryView, ...]
    distributions: tuple[DistributionView, ...]
    open_part: UUID | None
    signing: SigningView
    read_at: datetime
    is_run_by_you: bool
    follow_up: FollowUpView
    record_out: ClockView | None
    next_meeting: ClockView | None  # runs until a later meeting that this reader may see was opened
