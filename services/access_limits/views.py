"""What limits a record, as those see it in whose hands it is."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class BarState(StrEnum):
    """How far a bar is."""

    HOLDS = "holds"
    END_PROPOSED = "end_proposed"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class AccessBarView:
    """One bar; `person` or `agency` is whom it keeps out, names of other agencies' people are None."""

    id: UUID
    person: str | None
    agency: str | None
    reason: str
    set_by: str | None
    since: datetime
    until: datetime | None
    state: BarState
    end_proposed_by: str | None
    end_reason: str | None
    ended_by: str | None


@dataclass(frozen=True, slots=True)
class AccessLimitsView:
    """Whether a record is restricted, and the bars in the asker's agency's hands."""

    reference: str
    is_restricted: bool
    bars: tuple[AccessBarView, ...]
