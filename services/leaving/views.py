"""What somebody who leaves has, and what became of it: counts and names of colleagues, never a record."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from policies.vocabulary import Function


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there is open: cases, Duty to Notify records, tasks, requests and actions of meetings."""

    cases: int
    notifications: int
    tasks: int
    requests: int
    actions: int


@dataclass(frozen=True, slots=True)
class SuccessorView:
    """A person or team that can take over."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class LeavingFunctionView:
    """What there is to hand over in one function; `intake` is the team that gets it when nobody is named."""

    function: Function
    counts: Counts
    people: tuple[SuccessorView, ...]
    teams: tuple[SuccessorView, ...]
    intake: SuccessorView | None


@dataclass(frozen=True, slots=True)
class LeavingView:
    """A person of one's agency as they stand before they leave."""

    id: UUID
    name: str
    version: int
    functions: tuple[LeavingFunctionView, ...]


@dataclass(frozen=True, slots=True)
class HandedOverView:
    """What went to whom in one function."""

    function: Function
    successor: str
    counts: Counts


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedEndView:
    """What ends with a last day; `function` None: the whole membership. Nobody could take over in `nobody_for`."""

    member_id: UUID
    name: str
    function: Function | None
    last_day: date
    reason: str
    planned_by: str
    planned_at: datetime
    nobody_for: tuple[Function, ...]


@dataclass(frozen=True, slots=True)
class EndedMembershipView:
    """A person who left."""

    id: UUID
    name: str
    handed_over: tuple[HandedOverView, ...]
