"""Whether a draft may become a record on that day: all problems at once, each at its field, each with its remedy."""

from collections.abc import Iterator
from datetime import date

from services.errors import Problem
from services.reference import queries as reference
from services.reference.designations import designation
from services.referrals import limits
from services.referrals.answering import check_answers
from services.referrals.choices import Age
from services.referrals.consent import consent_problems
from services.referrals.draft import ReferralDraft
from services.referrals.partial_dates import surely_reached, surely_under
from services.referrals.paths import CORE, Place, path_of
from services.referrals.values import value_at
from services.regimes import queries as regimes
from services.regimes.loading import WHERE_OWED

OF_AGE = 18


def check(draft: ReferralDraft, on: date) -> list[Problem]:
    """Everything wrong with a form received on that London date; nothing means it may be stored once screened."""
    return [
        *check_values(draft, on),
        *check_answers(draft),
        *consent_problems(draft, on),
        *_contradictions(draft, on),
        *_before_the_duty(draft, on),
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


def _contradictions(draft: ReferralDraft, on: date) -> Iterator[Problem]:
    """Age and date of birth; where nobody is sure of the age, the date is what is doubted and contradicts nothing."""
    birth = value_at(draft, Place("identity", "date_of_birth"))
    if not birth or draft.is_anonymous:
        return
    reached = surely_reached(OF_AGE, birth)
    if draft.age is Age.ADULT and surely_under(OF_AGE, birth, on):
        message = "With this date of birth the person is a child, and the form says adult."
        remedy = "Correct the date, or answer that the person is a child or that their age is not sure."
    elif draft.age is Age.CHILD and reached is not None and reached <= on:
        message = "With this date of birth the person is an adult, and the form says child."
        remedy = "Correct the date, or answer that the person is an adult, who is asked, or that their age is not sure."
    else:
        return
    yield Problem(path_of(Place("identity", "date_of_birth")), "contradiction", message, remedy)


def _before_the_duty(draft: ReferralDraft, on: date) -> Iterator[Problem]:
    """Where nobody notifies at all, the form's own rows say so."""
    sender = designation(draft.organisation, on)
    nation = draft.nation.value
    if not draft.is_duty_to_notify or nation not in WHERE_OWED or sender is None:
        return
    if regimes.duty_to_notify(sender.referrer_kind, nation, on, sender.seat) is None:
        message = f"On {on:%-d %B %Y} nobody had a duty to notify yet."
        yield Problem(path_of(Place(CORE, "kind")), "no_duty_yet", message, "Correct the day of receipt.")
