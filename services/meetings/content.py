"""What an entry says, one class for each shape, and its way to and from the stored object."""

import types
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any, Final, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from policies.vocabulary import Function
from services.meetings.words import Audience, DecisionKind, EntryKind, Handling, Presence
from services.regimes.words import MeetingKind, Profession


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """An agency of the platform's directory in a function, or a body by name alone."""

    agency: UUID | None
    name: str
    function: Function


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """Why the meeting is held, and what it is to speak about."""

    meeting: MeetingKind
    trigger: str
    concern: str
    threshold: str
    agenda: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """From arriving to leaving; without an end until the end of the meeting."""

    arrived_at: datetime
    left_at: datetime | None

    def covers(self, moment: datetime) -> bool:
        """Whether somebody was there at that moment; whoever leaves at 10:10 is no longer there at 10:10."""
        return self.arrived_at <= moment and (self.left_at is None or moment < self.left_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """One person at the meeting, or missed there."""

    person: str
    body: Body
    profession: Profession
    presence: Presence
    stretches: tuple[Stretch, ...]
    is_chair: bool
    sent_report: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Information:
    """Something that an agency shared, and how it asks to have it handled."""

    owner: Body
    words: str
    handling: Handling
    handling_note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Words about risk, the child's wishes, other children, safety, or anything else."""

    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What the child and the family may be told, and what not yet."""

    audience: Audience
    may_be_told: str
    not_to_be_told: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What was decided at a moment; without a quorum the reason, and when it is taken up again."""

    decision: DecisionKind
    words: str
    decided_at: datetime
    inquorate_because: str | None
    follow_up_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """Whether the child is to be referred to the National Referral Mechanism, and by whom."""

    is_to_be_made: bool
    by: Body | None
    words: str
    decided_at: datetime
    inquorate_because: str | None
    follow_up_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Guardian:
    """Whether an independent guardian is asked for."""

    is_to_be_made: bool
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NextMeeting:
    """By when the next meeting about the child is to be held."""

    words: str
    held_by: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Whether one body agrees with an entry; dissent has a reason."""

    on: UUID
    body: Body
    agrees: bool
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """What somebody has to do until a day."""

    what: str
    owner: Body
    owner_person: str | None
    due_on: date


Content = (
    Brief | Attendance | Information | Passage | Telling | Decision | Referral | Guardian | NextMeeting | Position
    | Action
)  # fmt: skip

SHAPES: Final[Mapping[EntryKind, type[Any]]] = {
    EntryKind.BRIEF: Brief,
    EntryKind.ATTENDANCE: Attendance,
    EntryKind.INFORMATION: Information,
    EntryKind.RISK: Passage,
    EntryKind.WISHES: Passage,
    EntryKind.OTHER_CHILDREN: Passage,
    EntryKind.SAFETY: Passage,
    EntryKind.NOTE: Passage,
    EntryKind.TELLING: Telling,
    EntryKind.DECISION: Decision,
    EntryKind.REFERRAL: Referral,
    EntryKind.GUARDIAN: Guardian,
    EntryKind.NEXT_MEETING: NextMeeting,
    EntryKind.POSITION: Position,
    EntryKind.ACTION: Action,
}


def to_content(said: Content) -> dict[str, Any]:
    """The object that is stored."""
    return {field.name: _plain(getattr(said, field.name)) for field in fields(said)}


def from_content(kind: EntryKind, stored: Mapping[str, Any]) -> Content:
    """What a stored object says."""
    found: Content = _read(SHAPES[kind], stored)
    return found


def _plain(part: Any) -> Any:
    if is_dataclass(part):
        return {field.name: _plain(getattr(part, field.name)) for field in fields(part)}
    if isinstance(part, tuple):
        return [_plain(one) for one in part]
    if isinstance(part, Enum):
        return part.value
    if isinstance(part, datetime | date):
        return part.isoformat()
    return str(part) if isinstance(part, UUID) else part


def _read(shape: Any, stored: Any) -> Any:
    origin = get_origin(shape)
    if stored is None:
        return None
    if origin in (Union, types.UnionType):
        (inner,) = (kind for kind in get_args(shape) if kind is not type(None))
        return _read(inner, stored)
    if origin is tuple:
        return tuple(_read(get_args(shape)[0], one) for one in stored)
    if is_dataclass(shape):
        hints = get_type_hints(shape)
        return shape(**{name: _read(hint, stored.get(name)) for name, hint in hints.items()})  # type: ignore[operator]
    if shape in (datetime, date):
        return shape.fromisoformat(stored)
    return shape(stored)
