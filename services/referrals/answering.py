"""Whether a form answers what its edition asks, on the branch it is on, in words that this branch allows."""

from collections.abc import Iterator

from services.errors import Problem
from services.referrals.draft import ReferralDraft
from services.referrals.form import queries as form
from services.referrals.form.conditions import Said, holds
from services.referrals.form.edition import Demand, Edition, Question
from services.referrals.form.words import QuestionKind
from services.referrals.paths import CORE, Place, path_of
from services.referrals.values import said_by

FORM_VERSION = "formVersion"
CHOSEN = {QuestionKind.ONE_OF, QuestionKind.SEVERAL_OF}


def check_answers(draft: ReferralDraft) -> Iterator[Problem]:
    """Everything that the edition's rows say is missing or may not be said."""
    edition = form.edition(draft.form_version)
    if edition is None:
        names = ", ".join(one.code for one in form.form().editions)
        yield Problem(FORM_VERSION, "not_in_list", "There is no such edition of the form.", f"Send one of {names}.")
        return
    if not draft.external_id:
        yield _missing(path_of(Place(CORE, "external_id")))
    said = said_by(draft)
    yield from _missing_answers(edition, said)
    for question in edition.questions:
        yield from _unfit(question, said)


def _missing_answers(edition: Edition, said: Said) -> Iterator[Problem]:
    for question in edition.questions:
        if not said(question.path) and question.must_be_answered(said):
            yield _missing(question.path)


def _missing(path: str) -> Problem:
    remedy = "Answer the question; where the form allows it, 'Unknown' is an answer."
    return Problem(path, "required", "This form must answer this.", remedy)


def _unfit(question: Question, said: Said) -> Iterator[Problem]:
    given = said(question.path)
    if not given:
        yield from ()
    elif question.row.kind in CHOSEN and not _are_offered(given, question):
        remedy = "Choose an answer that referralForm publishes for this question."
        yield Problem(question.path, "not_in_list", "This edition of the form has no such answer.", remedy)
    else:
        yield from (_refused(question, one) for one in question.demands if _is_broken(one, given, said))


def _are_offered(given: tuple[str, ...], question: Question) -> bool:
    return all(any(one == option.value for option in question.options) for one in given)


def _is_broken(demand: Demand, given: tuple[str, ...], said: Said) -> bool:
    return holds(demand.when, said) and not set(given) <= set(demand.allows)


def _refused(question: Question, demand: Demand) -> Problem:
    return Problem(question.path, demand.code, demand.message, demand.remedy)
