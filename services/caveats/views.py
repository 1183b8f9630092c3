"""An entry under a caveat as its author's agency reads it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Caveat(StrEnum):
    """Why an entry stays with its author's agency."""

    LEGAL_ADVICE = "legal_advice"
    THERAPEUTIC_NOTE = "therapeutic_note"
    INTELLIGENCE = "intelligence"


@dataclass(frozen=True, slots=True)
class EntryView:
    """One entry. `writer`: by name, somebody of the reader's own agency."""

    id: UUID
    caveat: Caveat
    content: str
    writer: str
    written_at: datetime


@dataclass(frozen=True, slots=True)
class EntryPage:
    """A page of entries, the newest first, and whether there is more."""

    entries: tuple[EntryView, ...]
    has_more: bool
