"""What a reader of a group's summary sees: a fixed list of facts that nobody can type a name or a story into."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from services.referrals import content as contents
from services.referrals.choices import Age, ExploitationPlace, ExploitationType, Gender


class RiskFlag(StrEnum):
    """A danger the account names; a flag that is not raised does not say that there is no danger."""

    STILL_IN_SITUATION = "still_in_situation"
    FUTURE_CONCERNS = "future_concerns"
    OTHER_VICTIMS = "other_victims"


@dataclass(frozen=True, kw_only=True, slots=True)
class IdentitySummary:
    """Enough to tell two people on one worklist apart, not enough to find either."""

    initials: str | None = None
    age_band: Age | None = None
    gender: Gender | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ContactSummary:
    """What it takes to talk to the person, not where they are."""

    interpreter_needed: bool | None = None
    interpreter_language: str | None = None
    communication_help_needed: bool | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class AccountSummary:
    """The risk, not the story told once more."""

    exploitation_types: tuple[ExploitationType, ...] | None = None
    exploitation_place: ExploitationPlace | None = None
    risk_flags: tuple[RiskFlag, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ExploitersSummary:
    """Whether those who did it are near."""

    in_uk: bool | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ReferrerSummary:
    """Whether the officer who referred can be reached in a second way; a role is typed, so it is not shown."""

    has_alternative_contact: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ImmigrationSummary:
    """Whether the Home Office already knows the person."""

    has_home_office_reference: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class CriminalJusticeSummary:
    """Whether the police already know."""

    reported_to_police: bool | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class SupportPlanSummary:
    """Whether support was wanted."""

    wanted: bool | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ChildProtectionSummary:
    """Whose children's services know."""

    local_authority: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class CredibilitySummary:
    """That there are concerns, or none; never which."""

    concerns: bool | None = None


Summary = (
    IdentitySummary
    | ContactSummary
    | AccountSummary
    | ExploitersSummary
    | ReferrerSummary
    | ImmigrationSummary
    | CriminalJusticeSummary
    | SupportPlanSummary
    | ChildProtectionSummary
    | CredibilitySummary
)

SUMMARIES: Mapping[str, type[Summary]] = MappingProxyType(
    {
        "identity": IdentitySummary,
        "contact": ContactSummary,
        "account": AccountSummary,
        "exploiters": ExploitersSummary,
        "referrer": ReferrerSummary,
        "immigration": ImmigrationSummary,
        "criminal_justice": CriminalJusticeSummary,
        "support_plan": SupportPlanSummary,
        "child_protection": ChildProtectionSummary,
        "credibility": CredibilitySummary,
    }
)
"""The summary by its data group's value; evidence and Duty to Notify are seen whole or not at all."""


def from_content(group: str, content: Mapping[str, Any]) -> Summary:
    """The summary that was stored; KeyError for a group without one, ValueError for content of another shape."""
    return contents.from_content(SUMMARIES[group], content)
