"""What follows a meeting as one reader may see it: parts, sign-off, dissent, seals and addenda."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from policies.vocabulary import Function
from services.cases.views import AgencyName
from services.meetings.words import SignOffAnswer


@dataclass(frozen=True, slots=True)
class PartView:
    """A part of the minutes that this reader reads; a closed one with its name and its readers."""

    id: UUID
    is_open: bool
    name: str | None
    readers: tuple[tuple[AgencyName, Function], ...]
    sha256: str | None


@dataclass(frozen=True, slots=True)
class SentOutView:
    """When the minutes went out, until when they are signed off, and by which row."""

    at: datetime
    due_on: date
    row: str


@dataclass(frozen=True, slots=True)
class SignOffView:
    """What a body says; `is_of_this_text`: nothing in the part was changed since. One without an account has an
    invitation and who there said it, and no agency where it is none of the directory."""

    id: UUID
    part: UUID
    name: str
    agency: AgencyName | None
    function: Function
    invitation: UUID | None
    said_by: str | None
    answer: SignOffAnswer
    entry: UUID | None
    words: str | None
    at: datetime
    is_of_this_text: bool


@dataclass(frozen=True, slots=True)
class EscalationView:
    """Dissent that went to the managers."""

    id: UUID
    entry: UUID
    agency: AgencyName
    function: Function
    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class AddendumView:
    """What was added after the meeting was closed."""

    id: UUID
    part: UUID
    entry: UUID | None
    agency: AgencyName
    function: Function
    words: str
    sha256: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SigningView:
    """Everything of it that belongs to the parts this reader reads."""

    parts: tuple[PartView, ...]
    sent_out: SentOutView | None
    awaited: tuple[str, ...]  # who was invited and said nothing of the open part yet
    sign_offs: tuple[SignOffView, ...]
    escalations: tuple[EscalationView, ...]
    addenda: tuple[AddendumView, ...]
