"""An action of a meeting as it is followed, for whoever reads the part of the record it stands in."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from services.meetings.content import Body
from services.meetings.words import ActionState


@dataclass(frozen=True, slots=True)
class ReportView:
    """What was said last of an action, by whom, and whether somebody wrote it down for them."""

    note: str
    agency: str
    at: datetime
    for_them: bool


@dataclass(frozen=True, slots=True)
class HolderView:
    """Who has it in hand in the reader's own agency."""

    name: str
    is_team: bool
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionView:
    """One action with what became of it; `version` counts the reports."""

    id: UUID
    meeting: UUID
    case_reference: str
    what: str
    owner: Body
    owner_person: str | None
    due_on: date
    state: ActionState
    version: int
    is_overdue: bool
    is_yours: bool
    report: ReportView | None
    holder: HolderView | None


@dataclass(frozen=True, slots=True)
class FollowUpView:
    """A meeting's own actions; and of earlier meetings those that are open, or were done since the one before."""

    actions: tuple[ActionView, ...]
    earlier: tuple[ActionView, ...]
