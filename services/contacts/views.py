"""Contact points and duty as anybody who is signed in may see them."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from policies.vocabulary import Function
from services.regimes.words import Nation


class ContactKind(StrEnum):
    """How a contact point is reached."""

    TELEPHONE = "telephone"
    SECURE_EMAIL = "secure_email"
    POST = "post"


class ContactHours(StrEnum):
    """When somebody is there; office hours are those of a working day in the contact point's nation."""

    ALWAYS = "always"
    IN_HOURS = "in_hours"
    OUT_OF_HOURS = "out_of_hours"


@dataclass(frozen=True, slots=True)
class ContactPointView:
    """One way to reach a function of an agency; `reaches_now`: somebody is there at this moment."""

    id: UUID
    function: Function
    kind: ContactKind
    hours: ContactHours
    nation: Nation | None
    name: str
    address: str
    valid_until: date | None
    reaches_now: bool


@dataclass(frozen=True, slots=True)
class DutyView:
    """Somebody who is on duty for a function of an agency, or will be."""

    id: UUID
    function: Function
    name: str
    telephone: str
    from_at: datetime
    until_at: datetime
    is_now: bool


@dataclass(frozen=True, slots=True)
class Reach:
    """Everything by which an agency can be reached; what reaches somebody now stands first."""

    points: tuple[ContactPointView, ...] = ()
    duty: tuple[DutyView, ...] = ()
