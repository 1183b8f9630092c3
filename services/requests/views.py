"""Information requests as each of the two sides may see them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from policies.vocabulary import DataGroup
from services.requests.words import RefusalCode, RequestStatus, Urgency
from services.sharing.views import Basis, Party


@dataclass(frozen=True, slots=True)
class StepView:
    """One step on the way of a request."""

    status: RequestStatus
    at: datetime
    by: str | None  # None: somebody of the other agency
    words: str | None
    refusal_code: RefusalCode | None
    redirected_to: Party | None
    released: Mapping[DataGroup, int]  # each group at the version that was answered with


@dataclass(frozen=True, slots=True)
class RequestView:
    """A request, with every step so far."""

    id: UUID
    is_asked: bool  # by the reader's own function; False: it is theirs to answer
    asker: Party
    addressee: Party
    purpose: str
    question: str
    necessity: str
    groups: tuple[DataGroup, ...]
    basis: Basis
    urgency: Urgency
    asked_at: datetime
    due_on: date
    expires_on: date
    days_left: int
    status: RequestStatus
    steps: tuple[StepView, ...]
    conflict: str | None
    assigned_to: str | None
