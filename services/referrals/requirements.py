"""Which answers a form must give on which branch; the branches are those of the public form."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from services.errors import Problem
from services.referrals.answers import GROUPS
from services.referrals.choices import (
    ContactMethod,
    DecisionRecipient,
    ExploitationPlace,
    ExploitationType,
    ReferralKind,
    YesNoNotSure,
)
from services.referrals.content import value_types
from services.referrals.draft import ReferralDraft
from services.referrals.paths import CORE, Place, path_of
from services.referrals.screening import is_free_text
from services.referrals.values import says, value_at

When = Callable[[ReferralDraft], bool]


@dataclass(frozen=True, slots=True)
class Required:
    """An answer that must be there, and on which branch."""

    place: Place
    when: When


def missing(draft: ReferralDraft) -> Iterator[Problem]:
    """Every required answer that is not there. Free text is not asked of a form whose free text is not kept."""
    for rule in REQUIRED:
        if not _is_dropped(draft, rule.place) and rule.when(draft) and value_at(draft, rule.place) is None:
            yield Problem(
                path=path_of(rule.place),
                code="required",
                message="This form must answer this.",
                remedy="Answer the question; where the form allows it, 'Unknown' is an answer.",
            )


def _is_dropped(draft: ReferralDraft, place: Place) -> bool:
    if not draft.is_anonymous or place.group == CORE:
        return False
    return is_free_text(place, value_types(GROUPS[place.group])[place.field])


def _always(draft: ReferralDraft) -> bool:
    return True


def _child(draft: ReferralDraft) -> bool:
    return draft.acts_as_child


def _adult(draft: ReferralDraft) -> bool:
    return not draft.acts_as_child


def _referral(draft: ReferralDraft) -> bool:
    return draft.kind is ReferralKind.NRM


def _adult_referral(draft: ReferralDraft) -> bool:
    return _referral(draft) and _adult(draft)


def _duty_to_notify(draft: ReferralDraft) -> bool:
    return draft.is_duty_to_notify


def _named(draft: ReferralDraft) -> bool:
    return not draft.is_anonymous


def _where(group: str, field: str, *values: object) -> When:
    return lambda draft: any(says(draft, Place(group, field), value) for value in values)


def _given(group: str, *names: str) -> When:
    return lambda draft: any(value_at(draft, Place(group, name)) is not None for name in names)


def _all(*conditions: When) -> When:
    return lambda draft: all(condition(draft) for condition in conditions)


def _unreachable(draft: ReferralDraft) -> bool:
    """Support is wanted and the form says neither how to call the person nor why nobody can."""
    reached = _given("contact", "alternative_phone", "alternative_phone_relationship", "no_contact_reason")
    return _adult_referral(draft) and _where("support_plan", "wanted", True)(draft) and not reached(draft)


def _writes_to_the_person(draft: ReferralDraft) -> bool:
    """Letters to a child go to the local authority; a cooperating adult leaves an address even without a referral."""
    if draft.is_duty_to_notify:
        return _named(draft)
    return _adult(draft) and says(draft, Place("contact", "decision_recipient"), DecisionRecipient.PERSON)


def _without_address(draft: ReferralDraft) -> bool:
    return not _given("contact", "recipient_street", "recipient_town", "recipient_postcode")(draft)


_TO_SOMEONE = _all(_adult_referral, _where("contact", "decision_recipient", DecisionRecipient.SOMEONE_ELSE))
_BY_EMAIL = _all(_writes_to_the_person, _where("contact", "contact_methods", ContactMethod.EMAIL))
_BY_POST = _all(_writes_to_the_person, _where("contact", "contact_methods", ContactMethod.POST))
_POST_TO_SOMEONE = _all(_TO_SOMEONE, _given("contact", "recipient_street", "recipient_town", "recipient_postcode"))


def _rules(group: str, when: When, *names: str) -> tuple[Required, ...]:
    return tuple(Required(Place(group, name), when) for name in names)


REQUIRED: tuple[Required, ...] = (
    *_rules(CORE, _always, "external_id", "organisation", "current_town", "current_region", "cooperates"),
    *_rules(CORE, _adult, "age_at_exploitation"),
    *_rules("child_protection", _child, "local_authority", "contact_phone", "contact_email"),
    *_rules("account", _always, "birthplace", "family", "education", "employment_history", "several_situations"),
    *_rules("account", _always, "dates", "how_started", "taken_somewhere", "required_to_do", "living_conditions"),
    *_rules("account", _where("account", "taken_somewhere", True), "journey_details"),
    *_rules("account", _always, "treatment", "still_in_situation", "last_contact", "reported_before"),
    *_rules("account", _where("account", "still_in_situation", True), "what_keeps_them"),
    *_rules("account", _where("account", "still_in_situation", False), "how_left"),
    *_rules("account", _where("account", "reported_before", YesNoNotSure.NO), "why_not_sooner"),
    *_rules("account", _always, "indicators_seen", "interview_details", "professional_insight", "others_involved"),
    *_rules("account", _where("account", "indicators_seen", True), "indicators_details"),
    *_rules("account", _where("account", "others_involved", True), "others_involved_details"),
    *_rules("account", _always, "exploitation_place", "exploitation_types", "other_victims", "future_concerns"),
    *_rules(
        "account",
        _where("account", "exploitation_place", ExploitationPlace.UK, ExploitationPlace.UK_AND_OVERSEAS),
        "uk_towns",
    ),
    *_rules(
        "account",
        _where("account", "exploitation_place", ExploitationPlace.OVERSEAS, ExploitationPlace.UK_AND_OVERSEAS),
        "countries",
    ),
    *_rules("account", _where("account", "exploitation_types", ExploitationType.OTHER), "exploitation_other_details"),
    *_rules("account", _where("account", "future_concerns", True), "future_concerns_reasons"),
    *_rules("credibility", _always, "concerns"),
    *_rules("credibility", _where("credibility", "concerns", True), "concerns_details"),
    *_rules("exploiters", _always, "who", "location_known"),
    *_rules("exploiters", _where("exploiters", "location_known", True), "in_uk", "location_details"),
    *_rules("criminal_justice", _always, "reported_to_police"),
    *_rules("criminal_justice", _where("criminal_justice", "reported_to_police", True), "police_force"),
    *_rules("criminal_justice", _where("criminal_justice", "reported_to_police", True), "crime_reference"),
    *_rules("support_plan", _adult_referral, "wanted"),
    *_rules("contact", _unreachable, "phone"),
    *_rules("contact", _all(_named, _given("contact", "alternative_phone")), "alternative_phone_relationship"),
    *_rules("contact", _all(_named, _given("contact", "alternative_phone_relationship")), "alternative_phone"),
    *_rules("identity", _named, "first_name", "last_name"),
    *_rules("identity", _referral, "gender", "nationality", "has_children"),
    *_rules("identity", _where("identity", "has_children", True), "number_of_children"),
    *_rules("identity", _all(_named, _where("identity", "date_of_birth_known", True)), "date_of_birth"),
    *_rules("contact", _referral, "interpreter_needed", "communication_help_needed"),
    *_rules("contact", _all(_named, _where("contact", "interpreter_needed", True)), "interpreter_language"),
    *_rules("contact", _all(_named, _where("contact", "communication_help_needed", True)), "communication_aid"),
    *_rules("contact", _adult_referral, "decision_recipient"),
    *_rules("contact", _writes_to_the_person, "contact_methods"),
    *_rules("contact", _BY_EMAIL, "email", "safe_to_email"),
    *_rules("contact", _BY_POST, "street", "town", "postcode", "safe_to_post"),
    *_rules("contact", _TO_SOMEONE, "recipient_permission"),
    *_rules("contact", _all(_TO_SOMEONE, _without_address), "recipient_email"),
    *_rules("contact", _POST_TO_SOMEONE, "recipient_street", "recipient_town", "recipient_postcode"),
    *_rules("duty_to_notify", _duty_to_notify, "gender", "nationality"),
    *_rules("referrer", _always, "email"),
    *_rules("referrer", _referral, "first_name", "last_name", "role", "phone", "alternative_email"),
    *_rules("evidence", _all(_named, _given("evidence", "documents")), "description"),
)
