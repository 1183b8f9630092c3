"""Shares as each of the two sides may see them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from policies.vocabulary import DataGroup, Function


@dataclass(frozen=True, slots=True)
class Party:
    """A function of an agency; who in it, where a share is for one person and the reader may know their name."""

    agency_id: UUID
    agency_name: str
    function: Function


@dataclass(frozen=True, slots=True)
class Basis:
    """What makes it lawful, in the words of the rows."""

    article_6: str
    condition: str
    power: str


@dataclass(frozen=True, slots=True)
class Weighing:
    """Why, as those who decided wrote it; the other side does not read it."""

    statements: Mapping[DataGroup, tuple[str, str]]  # necessity and proportionality
    consent_asked: bool
    consent_given: bool
    without_consent: str | None
    risks: str


@dataclass(frozen=True, slots=True)
class ShareView:
    """One decision about sharing. `weighing` None: the reader was given the share."""

    id: UUID
    is_shared: bool
    giver: Party
    recipient: Party
    is_for_one_person: bool
    decided_by: str | None
    decided_at: datetime
    purpose: str
    basis: Basis
    groups: Mapping[DataGroup, int | None]  # the pinned version; None: live
    conditions: str | None
    ends_on: date | None
    ended_at: datetime | None
    end_reason: str | None
    is_live: bool
    weighing: Weighing | None
