"""What may be seen of a record: frozen, complete and already disclosed. Below a view there is no I/O."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from policies.vocabulary import DataGroup
from services.cases.access_views import AccessView, WithheldReason
from services.requests.views import RequestView
from services.sharing.views import ShareView


class Stage(StrEnum):
    """Where a case stands on its way."""

    CONCERN = "concern"
    AWAITING_REASONABLE_GROUNDS = "awaiting_reasonable_grounds"
    AWAITING_CONCLUSIVE_GROUNDS = "awaiting_conclusive_grounds"
    DECIDED = "decided"
    CLOSED = "closed"


class Part(StrEnum):
    """What can be asked of a record besides its groups."""

    ACCESS = "access"


AskedPart = DataGroup | Part


@dataclass(frozen=True, slots=True)
class Disclosed:
    """A group, whole: the newest version this reader may see, and its dated facts."""

    version: int
    content: Mapping[str, Any]
    facts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Summarised:
    """A group, in its fixed summary."""

    version: int
    content: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Withheld:
    """A group that is not for this reader."""

    group: DataGroup
    reason: WithheldReason


Disclosure = Disclosed | Summarised | Withheld | None


@dataclass(frozen=True, slots=True)
class AgencyName:
    """An agency by name."""

    id: UUID
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class AssignmentView:
    """To whom in the reader's own agency the record is assigned."""

    member_id: UUID | None
    team_id: UUID | None
    name: str
    since: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class ClockView:
    """What a case waits for, for whom, until when, and how that day was counted."""

    kind: str
    form: str
    awaits: str
    awaits_agency: AgencyName
    starts_on: date
    due_on: date | None
    days_left: int | None
    proof: Mapping[str, Any]
    regime_row: str | None


@dataclass(frozen=True, slots=True)
class WaitingView:
    """What the case waits for in the eyes of the reader's own agency and function; it sleeps before `wakes_on`."""

    version: int
    what: str
    whom: str
    wakes_on: date | None
    is_asleep: bool
    noted_by: str
    noted_at: datetime


@dataclass(frozen=True, slots=True)
class DecisionView:
    """An issued decision: its outcome and date, without the reasons."""

    id: UUID
    kind: str
    outcome: str
    issued_on: date
    authority: AgencyName
    proposal_id: UUID | None


@dataclass(frozen=True, slots=True)
class StepView:
    """Something that happened to the case beside its decisions; `content` None: only that it did, and when."""

    id: UUID
    kind: str
    happened_on: date
    agency: AgencyName
    recorded_by: UUID
    content: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class ProtectionView:
    """Whether the person is protected from removal today."""

    is_protected: bool
    since: date | None
    at_least_until: date | None


@dataclass(frozen=True, slots=True)
class MeetingLineView:
    """A strategy meeting of the case that this reader may see: when, how, and how far it has come."""

    id: UUID
    mode: str
    starts_at: datetime
    state: str


@dataclass(frozen=True, slots=True)
class ProposalView:
    """A decision that was proposed: its own authority's, until it is issued. `answer` None: it waits for one."""

    id: UUID
    kind: str
    outcome: str
    content: Mapping[str, Any]
    proposed_by: UUID
    proposer: str
    proposed_at: datetime
    answer: str | None
    answerer: str | None
    answered_at: datetime | None
    answer_reason: str | None


@dataclass(frozen=True, slots=True)
class ReferralFactsView:
    """The referral as an event."""

    kind: str
    organisation_code: str
    organisation_name: str
    nation: str
    channel: str
    form_version: str
    received_at: datetime
    strategy_meeting: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class InformationRequestsView:
    """What the reader's function gave of this record and was given, what it asked and was asked."""

    shares_given: tuple[ShareView, ...]
    shares_received: tuple[ShareView, ...]
    requests: tuple[RequestView, ...]


@dataclass(frozen=True, slots=True)
class RecordView:
    """A case or a Duty to Notify record, with the groups that were asked for."""

    id: UUID
    kind: str
    reference: str
    version: int
    stage: Stage | None
    nation: str | None
    opened_at: datetime
    lead: AgencyName
    assignments: tuple[AssignmentView, ...]
    assignment_version: int
    groups: Mapping[DataGroup, Disclosure]
    clocks: tuple[ClockView, ...] | Withheld | None
    waiting: WaitingView | None
    decisions: tuple[DecisionView, ...] | Withheld | None
    decisions_in_summary: bool
    steps: tuple[StepView, ...]
    additions: Mapping[DataGroup, tuple[StepView, ...]]  # what the first responder added, where it is read
    disqualification_in_summary: bool
    disqualification: tuple[StepView, ...] | Withheld | None
    wishes: tuple[StepView, ...] | Withheld | None
    leave_in_summary: bool
    leave: tuple[StepView, ...] | Withheld | None
    status: tuple[StepView, ...]
    cooperation: tuple[StepView, ...]
    protection: ProtectionView | Withheld | None
    meetings: tuple[MeetingLineView, ...] | Withheld | None
    information_requests: InformationRequestsView | Withheld | None
    proposals: tuple[ProposalView, ...]
    referral: ReferralFactsView | None
    access: AccessView | None = None
