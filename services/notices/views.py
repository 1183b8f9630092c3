"""A notice as the people of its inbox see it: what it says, who has it in hand, what was done, whom to reach."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from services.cases.views import AgencyName, RecordView
from services.contacts.views import Reach
from services.outbox.kinds import NoticeKind


class TaskChannel(StrEnum):
    """How somebody was told."""

    TELEPHONE = "telephone"
    SECURE_EMAIL = "secure_email"
    POST = "post"
    IN_PERSON = "in_person"


@dataclass(frozen=True, slots=True)
class AcknowledgementView:
    """Who has it in hand, since when."""

    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CompletionView:
    """Who recorded that a task is done, and what was done."""

    name: str
    at: datetime
    channel: TaskChannel | None
    told_at: datetime | None
    note: str


@dataclass(frozen=True, slots=True)
class HandoverView:
    """Who left, who took over, and how much."""

    from_name: str
    to_name: str
    cases: int
    notifications: int
    tasks: int
    requests: int
    actions: int


@dataclass(frozen=True, slots=True)
class RefusedLooksView:
    """Who was refused, how often and when last; `person` is None for people of another agency."""

    person: str | None
    count: int
    last_at: datetime


@dataclass(frozen=True, slots=True)
class NoticeView:
    """One notice; `record` is what its reader may know of the record, None when that is nothing."""

    id: UUID
    reference: str
    kind: NoticeKind
    title: str
    to_do: str
    is_task: bool
    is_for_managers: bool
    created_at: datetime
    follows: str | None
    about: AgencyName | None
    record: RecordView | None
    acknowledgement: AcknowledgementView | None
    completion: CompletionView | None
    chase_at: datetime | None
    escalate_at: datetime | None
    reach: Reach
    handover: HandoverView | None
    refused_looks: RefusedLooksView | None


@dataclass(frozen=True, slots=True)
class PreferenceView:
    """Whether a kind is sent by e-mail, and whether that can be switched."""

    kind: NoticeKind
    title: str
    by_email: bool
    has_switch: bool
