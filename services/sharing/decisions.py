"""What somebody decides about sharing, as they say it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from policies.vocabulary import DataGroup, Function


@dataclass(frozen=True, slots=True)
class SharedGroup:
    """One group: as it stands now, or live; and why this one."""

    group: DataGroup
    live: bool
    necessity: str
    proportionality: str


@dataclass(frozen=True, slots=True)
class LawfulWords:
    """Basis, condition and power by the words of the rows."""

    article_6: str
    condition: str
    power: str


@dataclass(frozen=True, slots=True)
class Consent:
    """Consent to sharing, which is neither consent to enter the mechanism nor to support."""

    asked: bool
    given: bool
    why_without: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """To share or not: with whom, what, why."""

    case: str
    agency: UUID
    function: Function
    person: str | None
    groups: tuple[SharedGroup, ...]
    purpose: str
    lawful: LawfulWords
    consent: Consent
    risks: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Share(Decision):
    """To share, on these conditions and until the end of this London day."""

    conditions: str
    ends_on: date
