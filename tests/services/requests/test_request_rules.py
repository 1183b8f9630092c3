"""The time to answer comes from rows; what a question or an answer lacks is named, all of it at once."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from policies.vocabulary import DataGroup, Function
from services.regimes.words import Status
from services.requests.drafts import Answer, Question
from services.requests.rules import answer_problem, question_problem
from services.requests.words import OPEN, AnswerKind, RequestStatus, Urgency, request_limit, request_limits
from services.sharing.decisions import Consent, LawfulWords, Share, SharedGroup

FRIDAY = date(2026, 5, 22)  # before the Spring bank holiday
LAWFUL = LawfulWords("public_task", "schedule_1_safeguarding", "children_act_1989_47")
QUESTION = Question(
    case="C-1", agency=UUID(int=1), function=Function.HEALTH, purpose="To decide.", question="Was she treated?",
    necessity="The account speaks of it.", groups=(DataGroup.HEALTH,), told=(), lawful=LAWFUL,
    urgency=Urgency.EMERGENCY, conflict=None,
)  # fmt: skip
RELEASE = Share(
    case="", agency=UUID(int=0), function=Function.HEALTH, person=None,
    groups=(SharedGroup(DataGroup.HEALTH, live=False, necessity="Asked for.", proportionality="No less."),),
    purpose="To decide.", lawful=LAWFUL, consent=Consent(asked=False, given=False, why_without="Cannot be reached."),
    risks="Few.", conditions="Ask first.", ends_on=FRIDAY,
)  # fmt: skip
ANSWER = Answer(request=UUID(int=2), kind=AnswerKind.FULFILLED, words="Yes.", release=None)


@pytest.mark.parametrize(
    ("urgency", "due", "expires"),
    [
        (Urgency.REASONABLE_GROUNDS, date(2026, 6, 1), date(2026, 6, 29)),
        (Urgency.CONCLUSIVE_GROUNDS, date(2026, 6, 8), date(2026, 7, 6)),
        (Urgency.CHILD_AT_RISK, date(2026, 5, 26), date(2026, 6, 23)),
        (Urgency.EMERGENCY, FRIDAY, date(2026, 6, 19)),
    ],
)
def test_the_days_are_those_of_the_rows(urgency: Urgency, due: date, expires: date) -> None:
    """5, 10, 1 and 0 working days of England and Wales, counted by hand; Monday 25 May is a bank holiday."""
    row = request_limit(urgency, FRIDAY)

    assert (row.due_on(FRIDAY), row.expires_on(FRIDAY)) == (due, expires)


def test_no_row_pretends_to_be_law() -> None:
    assert {row.status for row in request_limits()} == {Status.UNVERIFIED}
    assert {row.urgency for row in request_limits()} == set(Urgency)


def test_only_the_first_three_statuses_wait() -> None:
    assert {status for status in RequestStatus if status in OPEN} == {
        RequestStatus.PENDING, RequestStatus.ACKNOWLEDGED, RequestStatus.PARTIAL,
    }  # fmt: skip
    assert {kind.value for kind in AnswerKind} < {status.value for status in RequestStatus}


WRONG_QUESTIONS = {
    "nothing wanted": (replace(QUESTION, groups=()), [("groups", "required")]),
    "twice": (replace(QUESTION, groups=(DataGroup.HEALTH,) * 2), [("groups", "twice")]),
    "no question": (replace(QUESTION, question=" "), [("question", "length")]),
    "a word of yesterday": (
        replace(QUESTION, lawful=replace(LAWFUL, power="whim")),
        [("lawful.power", "unknown_word")],
    ),
    "an empty suspicion": (replace(QUESTION, conflict=" "), [("conflict", "length")]),
    "a name for the danger": (
        replace(QUESTION, conflict="Works there.", told=(DataGroup.IDENTITY,)),
        [("tell", "conflict")],
    ),
}
WRONG_ANSWERS = {
    "nothing": (replace(ANSWER, words=None), [("words", "required")]),
    "empty words": (replace(ANSWER, words=""), [("words", "length")]),
    "nothing held and something released": (
        replace(ANSWER, kind=AnswerKind.NO_INFORMATION_HELD, release=RELEASE),
        [("release", "nothing_held")],
    ),
    "nothing held without a word": (
        replace(ANSWER, kind=AnswerKind.NO_INFORMATION_HELD, words=None),
        [("words", "required")],
    ),
    "live": (
        replace(ANSWER, release=replace(RELEASE, groups=(replace(RELEASE.groups[0], live=True),))),
        [("release.groups.0.live", "answers_stay")],
    ),
    "a release that says nothing": (
        replace(ANSWER, release=replace(RELEASE, risks="")),
        [("release.risks", "length")],
    ),
}


def test_what_says_everything_is_taken() -> None:
    assert question_problem(QUESTION, FRIDAY) is None
    assert question_problem(replace(QUESTION, conflict="His brother works there."), FRIDAY) is None
    assert (
        answer_problem(ANSWER, FRIDAY) is answer_problem(replace(ANSWER, words=None, release=RELEASE), FRIDAY) is None
    )


@pytest.mark.parametrize(("question", "expected"), WRONG_QUESTIONS.values(), ids=WRONG_QUESTIONS)
def test_what_a_question_lacks_is_named(question: Question, expected: list[tuple[str, str]]) -> None:
    found = question_problem(question, FRIDAY)

    assert found is not None
    assert [(problem.path, problem.code) for problem in found.problems] == expected


@pytest.mark.parametrize(("answer", "expected"), WRONG_ANSWERS.values(), ids=WRONG_ANSWERS)
def test_what_an_answer_lacks_is_named(answer: Answer, expected: list[tuple[str, str]]) -> None:
    found = answer_problem(answer, FRIDAY)

    assert found is not None
    assert [(problem.path, problem.code) for problem in found.problems] == expected
