"""Whether a draft may become a record on that day: all problems at once, each at its field, each with its remedy."""

from collections.abc import Iterator
from datetime import date

from services.errors import Problem
from services.reference import queries as reference
from services.reference.designations import designation
from services.referrals import limits
from services.referrals.choices import Age, Consent
from services.referrals.draft import ReferralDraft
from services.referrals.partial_dates import surely_under
from services.referrals.paths import CORE, Place, path_of
from services.referrals.requirements import missing
from services.referrals.screening import IDENTIFYING
from services.referrals.values import answered, says, value_at

OF_AGE = 18
SUPPORT = Place("support_plan", "wanted")
RECIPIENT = Place("contact", "decision_recipient")
MUST_BE_YES = (
    (Place("contact", "safe_to_email"), "It must be safe to send e-mail to the person, or none is sent."),
    (Place("contact", "safe_to_post"), "It must be safe to send post to the person, or none is sent."),
    (Place("contact", "recipient_permission"), "The person must have agreed that someone else gets the decision."),
)


def check(draft: ReferralDraft, on: date) -> list[Problem]:
    """Everything wrong with a form received on that London date; nothing means it may be stored once screened."""
    return [
        *check_values(draft, on),
        *missing(draft),
        *_consent(draft),
        *_not_for_this_form(draft),
        *_unsafe(draft),
        *_contradictions(draft, on),
    ]


def check_values(draft: ReferralDraft, on: date) -> list[Problem]:
    """What is wrong whatever branch the form is on."""
    return [*limits.check_values(draft, on), *_designation(draft, on)]


def _designation(draft: ReferralDraft, on: date) -> Iterator[Problem]:
    if not draft.organisation.strip():
        return
    listed = reference.entry("organisations", draft.organisation)
    if listed is None:
        yield Problem(
            path=path_of(Place(CORE, "organisation")),
            code="not_in_list",
            message="The list 'organisations' has no such name.",
            remedy="Choose a name from the list 'organisations'.",
        )
    elif designation(draft.organisation, on) is None:
        yield Problem(
            path=path_of(Place(CORE, "organisation")),
            code="not_designated",
            message=f"This organisation was not a first responder on {on.isoformat()}.",
            remedy="Ask an organisation designated on that day to refer, or correct the day of receipt.",
        )


def _consent(draft: ReferralDraft) -> Iterator[Problem]:
    path = path_of(Place(CORE, "consent"))
    if draft.is_duty_to_notify:
        if draft.acts_as_child:
            message = "A Duty to Notify is for adults; whoever may be a child is referred without being asked."
            yield Problem(path_of(Place(CORE, "age")), "not_for_children", message, "Send a referral instead.")
        elif draft.consent is not Consent.REFUSED:
            message = "A Duty to Notify is for an adult who does not consent."
            yield Problem(path, "contradiction", message, "Send a referral if the adult consents.")
    elif not draft.acts_as_child and draft.consent is not Consent.GIVEN:
        message = "An adult is referred only with their informed consent."
        yield Problem(path, "consent_needed", message, "Ask for consent; without it send a Duty to Notify.")
    elif draft.acts_as_child and draft.consent is not Consent.NOT_ASKED:
        message = "Whoever may be a child is not asked for consent."
        yield Problem(path, "not_for_children", message, "Say that consent was not asked.")


def _not_for_this_form(draft: ReferralDraft) -> Iterator[Problem]:
    """Answers this form may not carry: each is refused by name, so that nothing is dropped in silence."""
    for place, _, _ in answered(draft):
        if draft.is_anonymous and place.group in IDENTIFYING:
            yield _surplus(place, "Without the adult's cooperation a Duty to Notify says nothing that identifies them.")
        elif place.group == "duty_to_notify" and not draft.is_duty_to_notify:
            yield _surplus(place, "This belongs to a Duty to Notify, and this is a referral.")
        elif place == SUPPORT and (draft.acts_as_child or draft.is_duty_to_notify):
            yield _surplus(place, "Only an adult who is referred is asked whether they want this support.")
        elif place == RECIPIENT and draft.acts_as_child:
            yield _surplus(place, "The decision about a child goes to the local authority, never to the child.")


def _surplus(place: Place, message: str) -> Problem:
    return Problem(path_of(place), "must_be_absent", message, "Remove the answer.")


def _unsafe(draft: ReferralDraft) -> Iterator[Problem]:
    for place, message in MUST_BE_YES:
        if not draft.is_anonymous and says(draft, place, False):
            yield Problem(path_of(place), "not_safe", message, "Choose another way to write, or ask the person.")


def _contradictions(draft: ReferralDraft, on: date) -> Iterator[Problem]:
    if draft.age is Age.CHILD and draft.age_at_exploitation is Age.ADULT:
        message = "Nobody was an adult before they were a child."
        path = path_of(Place(CORE, "age_at_exploitation"))
        yield Problem(path, "contradiction", message, "Leave the answer out: it is asked of adults only.")
    birth = value_at(draft, Place("identity", "date_of_birth"))
    if draft.age is Age.ADULT and not draft.is_anonymous and birth and surely_under(OF_AGE, birth, on):
        message = "With this date of birth the person is a child, and the form says adult."
        remedy = "Correct the date, or answer that the person is a child or that their age is not sure."
        yield Problem(path_of(Place("identity", "date_of_birth")), "contradiction", message, remedy)
