"""From answers to their summary: pure, and closed to whatever somebody typed."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, cast

from services.reference import queries as reference
from services.referrals import answers as form
from services.referrals.choices import Age, YesNoNotSure
from services.referrals.content import to_content
from services.referrals.languages import language
from services.referrals.summaries import (
    AccountSummary,
    ChildProtectionSummary,
    ContactSummary,
    CredibilitySummary,
    CriminalJusticeSummary,
    ExploitersSummary,
    IdentitySummary,
    ImmigrationSummary,
    ReferrerSummary,
    RiskFlag,
    Summary,
    SupportPlanSummary,
)


def summarise(group: str, answers: form.Answers, age: Age) -> dict[str, Any] | None:
    """The summary to keep beside this version, as JSON values; None when the group has no summary."""
    make = _MAKERS.get(group)
    return to_content(cast("Any", make(answers, age))) if make else None  # a summary is stored as answers are


def _identity(answers: form.Identity, age: Age) -> IdentitySummary:
    initials = _initial(answers.first_name) + _initial(answers.last_name)
    return IdentitySummary(initials=initials or None, age_band=age, gender=answers.gender)


def _initial(name: str | None) -> str:
    return next((letter.upper() for letter in name or "" if letter.isalpha()), "")


def _contact(answers: form.Contact, _age: Age) -> ContactSummary:
    return ContactSummary(
        interpreter_needed=answers.interpreter_needed,
        interpreter_language=language(answers.interpreter_language),
        communication_help_needed=answers.communication_help_needed,
    )


def _account(answers: form.Account, _age: Age) -> AccountSummary:
    return AccountSummary(
        exploitation_types=answers.exploitation_types,
        exploitation_place=answers.exploitation_place,
        risk_flags=_risk_flags(answers),
    )


def _risk_flags(answers: form.Account) -> tuple[RiskFlag, ...]:
    raised = {
        RiskFlag.STILL_IN_SITUATION: answers.still_in_situation is True,
        RiskFlag.FUTURE_CONCERNS: answers.future_concerns is True,
        RiskFlag.OTHER_VICTIMS: answers.other_victims is YesNoNotSure.YES,
    }
    return tuple(flag for flag, is_raised in raised.items() if is_raised)


def _exploiters(answers: form.Exploiters, _age: Age) -> ExploitersSummary:
    return ExploitersSummary(in_uk=answers.in_uk)


def _referrer(answers: form.Referrer, _age: Age) -> ReferrerSummary:
    return ReferrerSummary(has_alternative_contact=bool(answers.alternative_email))


def _immigration(answers: form.Immigration, _age: Age) -> ImmigrationSummary:
    return ImmigrationSummary(has_home_office_reference=bool(answers.home_office_reference))


def _criminal_justice(answers: form.CriminalJustice, _age: Age) -> CriminalJusticeSummary:
    return CriminalJusticeSummary(reported_to_police=answers.reported_to_police)


def _support_plan(answers: form.SupportPlan, _age: Age) -> SupportPlanSummary:
    return SupportPlanSummary(wanted=answers.wanted)


def _child_protection(answers: form.ChildProtection, _age: Age) -> ChildProtectionSummary:
    listed = reference.entry("local_authorities", answers.local_authority or "")
    return ChildProtectionSummary(local_authority=listed.name if listed else None)


def _credibility(answers: form.Credibility, _age: Age) -> CredibilitySummary:
    return CredibilitySummary(concerns=answers.concerns)


_MAKERS: Mapping[str, Callable[[Any, Age], Summary]] = MappingProxyType(
    {
        "identity": _identity,
        "contact": _contact,
        "account": _account,
        "exploiters": _exploiters,
        "referrer": _referrer,
        "immigration": _immigration,
        "criminal_justice": _criminal_justice,
        "support_plan": _support_plan,
        "child_protection": _child_protection,
        "credibility": _credibility,
    }
)
