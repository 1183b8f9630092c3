"""What a governance officer is told: what was enforced when somebody looked, and what they could have seen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from policies.vocabulary import AccessLevel, DataGroup, Function
from services.cases.access_views import AccessView, Verdict


@dataclass(frozen=True, slots=True)
class LookedAtView:
    """A group in one look: what was given of it, and by which rules with which reasons."""

    group: DataGroup
    verdict: Verdict
    rules: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class LookView:
    """One line of the ledger, explained by what it kept."""

    at: datetime
    act: str
    was_refused: bool
    function: Function
    access_level: AccessLevel
    policy_version: str
    groups: tuple[LookedAtView, ...]


@dataclass(frozen=True, slots=True)
class AbilityView:
    """What somebody could have seen in one function; no access: the record was not there for them."""

    function: Function
    access_level: AccessLevel
    policy_version: str | None
    access: AccessView | None


@dataclass(frozen=True, slots=True)
class AccessThenView:
    """One person and one record at one moment."""

    reference: str
    person: str
    at: datetime
    enforced: tuple[LookView, ...]
    possible: tuple[AbilityView, ...]
