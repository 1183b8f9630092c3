"""People, proposals and lines of the administrative ledger, as an administrator of their agency reads them."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from policies.vocabulary import AccessLevel, Function
from services.people.acts import Widening
from services.people.changes import Standing, TrainingKind


class Missing(StrEnum):
    """Why somebody cannot act in a function today."""

    NOT_YOURS = "not_yours"
    NOT_BEGUN = "not_begun"
    ENDED = "ended"
    AGENCY_NOT_BEGUN = "agency_not_begun"
    AGENCY_ENDED = "agency_ended"


class ProposalState(StrEnum):
    """What became of a proposal."""

    OPEN = "open"
    EXPIRED = "expired"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Verdict(StrEnum):
    """What a line of the administrative ledger tells of."""

    DONE = "done"
    REFUSED = "refused"
    READ = "read"


@dataclass(frozen=True, slots=True)
class StandingView:
    """A function of the person or of their agency; `missing` is None where they may act in it today."""

    function: Function
    access_level: AccessLevel | None
    since: date | None
    until: date | None
    missing: Missing | None


@dataclass(frozen=True, slots=True)
class TrainingView:
    """One training, and the day from which it no longer counts."""

    kind: TrainingKind
    on: date
    expires: date | None


@dataclass(frozen=True, slots=True)
class HeldView:
    """A function somebody has, had or will have; `ended_at` where it ended within a day."""

    function: Function
    access_level: AccessLevel
    since: date
    until: date | None
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class TeamPlaceView:
    """A place in a team."""

    team: str
    function: Function
    standing: Standing
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class PersonView:
    """A person of the agency."""

    id: UUID
    name: str
    provider: str
    subject: str
    email: str | None
    functions: tuple[HeldView, ...]
    teams: tuple[TeamPlaceView, ...]
    training: tuple[TrainingView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamView:
    """A team and who works in it today; `waits_for_nobody`: it has open work and nobody does."""

    id: UUID
    name: str
    function: Function
    is_intake: bool
    people: tuple[str, ...]
    waits_for_nobody: bool


@dataclass(frozen=True, slots=True)
class HeldOnView:
    """Who had a function on a day, and whether the agency had it too."""

    member_id: UUID
    name: str
    held: HeldView
    agency_held: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalView:
    """A proposal, with what it would change."""

    id: UUID
    kind: Widening
    change: tuple[str, ...]
    agency: str | None
    subject: str | None
    reason: str
    proposed_by: str
    proposed_at: datetime
    expires_at: datetime
    state: ProposalState
    decided_by: str | None
    decided_at: datetime | None
    decision_reason: str | None
    mine_to_decide: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LineView:
    """One line of the administrative ledger."""

    id: UUID
    at: datetime
    act: str
    verdict: Verdict
    actor: str
    actor_agency: str
    agency: str | None
    subject: str | None
    before: tuple[str, ...] | None
    after: tuple[str, ...] | None
    reason: str | None
