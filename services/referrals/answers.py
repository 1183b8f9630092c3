"""What the referral form can say, one frozen class per data group; None means not answered or not known.

Dates are ISO texts and may be partial: "2011", "2011-03" or "2011-03-09".
"""

from dataclasses import dataclass

from services.referrals.choices import (
    ContactMethod,
    DecisionRecipient,
    ExploitationPlace,
    ExploitationType,
    Gender,
    LastContact,
    YesNoNotSure,
)
from services.referrals.referrer_answers import Referrer as Referrer  # a group of answers like the others
from services.regimes.routing_words import RemitCircumstance


@dataclass(frozen=True, kw_only=True, slots=True)
class Identity:
    """Who the person is."""

    first_name: str | None = None
    last_name: str | None = None
    nickname: str | None = None
    date_of_birth_known: bool | None = None
    date_of_birth: str | None = None
    gender: Gender | None = None
    nationality: str | None = None
    second_nationality: str | None = None
    has_children: bool | None = None
    number_of_children: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Contact:
    """How to reach the person, whether that is safe, and in which language."""

    phone: str | None = None
    alternative_phone: str | None = None
    alternative_phone_relationship: str | None = None
    no_contact_reason: str | None = None
    email: str | None = None
    safe_to_email: bool | None = None
    street: str | None = None
    town: str | None = None
    county: str | None = None
    postcode: str | None = None
    safe_to_post: bool | None = None
    contact_methods: tuple[ContactMethod, ...] | None = None
    decision_methods: tuple[ContactMethod, ...] | None = None
    decision_recipient: DecisionRecipient | None = None
    recipient_first_name: str | None = None
    recipient_last_name: str | None = None
    recipient_email: str | None = None
    recipient_street: str | None = None
    recipient_town: str | None = None
    recipient_county: str | None = None
    recipient_postcode: str | None = None
    recipient_permission: bool | None = None
    interpreter_needed: bool | None = None
    interpreter_language: str | None = None
    communication_help_needed: bool | None = None
    communication_aid: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Account:
    """What happened to the person, as told to or seen by the first responder."""

    what_happened: str | None = None
    birthplace: str | None = None
    family: str | None = None
    education: str | None = None
    employment_history: str | None = None
    several_situations: YesNoNotSure | None = None
    several_situations_details: str | None = None
    dates: str | None = None
    how_started: str | None = None
    taken_somewhere: bool | None = None
    journey_details: str | None = None
    required_to_do: str | None = None
    living_conditions: str | None = None
    treatment: str | None = None
    why_stayed: str | None = None
    still_in_situation: bool | None = None
    what_keeps_them: str | None = None
    how_left: str | None = None
    last_contact: LastContact | None = None
    last_contact_details: str | None = None
    reported_before: YesNoNotSure | None = None
    reported_before_details: str | None = None
    why_not_sooner: str | None = None
    reason_for_referral: str | None = None
    indicators_seen: bool | None = None
    indicators_details: str | None = None
    interview_details: str | None = None
    professional_insight: str | None = None
    others_involved: bool | None = None
    others_involved_details: str | None = None
    exploitation_place: ExploitationPlace | None = None
    uk_towns: tuple[str, ...] | None = None
    uk_other_location: str | None = None
    countries: tuple[str, ...] | None = None
    overseas_other_location: str | None = None
    exploitation_types: tuple[ExploitationType, ...] | None = None
    exploitation_other_details: str | None = None
    other_victims: YesNoNotSure | None = None
    other_victims_details: str | None = None
    future_concerns: bool | None = None
    future_concerns_reasons: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Exploiters:
    """Who did it and where they are."""

    who: str | None = None
    location_known: bool | None = None
    in_uk: bool | None = None
    location_details: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """One file named by the form; its content is fetched later, its access token is never kept."""

    url: str
    name: str
    media_type: str
    load_content: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """What supports the account."""

    description: str | None = None
    documents: tuple[Document, ...] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Immigration:
    """What the Home Office already calls the person, and what brings an adult before its second authority."""

    home_office_reference: str | None = None
    circumstances: tuple[RemitCircumstance, ...] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class CriminalJustice:
    """What the police already know."""

    reported_to_police: bool | None = None
    police_force: str | None = None
    crime_reference: str | None = None
    cooperation_details: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class SupportPlan:
    """Whether the adult wants support; consent to support is not consent to the referral."""

    wanted: bool | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ChildProtection:
    """Which children's services know, whom to call there, and the strategy meeting that came before the form."""

    local_authority: str | None = None
    contact_first_name: str | None = None
    contact_last_name: str | None = None
    contact_phone: str | None = None
    contact_email: str | None = None
    receiving_input: bool | None = None  # from other services, before this form
    strategy_meeting_type: str | None = None
    strategy_meeting_date: str | None = None
    strategy_meeting_professions: tuple[str, ...] | None = None
    strategy_meeting_all_agreed: bool | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Credibility:
    """Concerns about the account that rest on evidence."""

    concerns: bool | None = None
    concerns_details: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class DutyToNotify:
    """What a Duty to Notify record may say of the adult without identifying them, and why they did not consent."""

    gender: Gender | None = None
    nationality: str | None = None
    second_nationality: str | None = None
    why_not_referred: str | None = None
    offered: bool | None = None  # that the adult could have been referred


Answers = (
    Identity
    | Contact
    | Account
    | Exploiters
    | Evidence
    | Referrer
    | Immigration
    | CriminalJustice
    | SupportPlan
    | ChildProtection
    | Credibility
    | DutyToNotify
)

GROUPS: dict[str, type[Answers]] = {
    "identity": Identity,
    "contact": Contact,
    "account": Account,
    "exploiters": Exploiters,
    "evidence": Evidence,
    "referrer": Referrer,
    "immigration": Immigration,
    "criminal_justice": CriminalJustice,
    "support_plan": SupportPlan,
    "child_protection": ChildProtection,
    "credibility": Credibility,
    "duty_to_notify": DutyToNotify,
}
"""The answers' class by the value of its data group."""
