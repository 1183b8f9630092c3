"""What a request and an answer must say, before anybody looks at the record. Pure."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from services.errors import Invalid, Problem
from services.requests.drafts import Answer, Question
from services.requests.words import AnswerKind
from services.sharing.rules import LONGEST, decision_problem, lawful_problems, text_problems


def question_problem(asked: Question, today: date) -> Invalid | None:
    """Everything that is wrong with a question, at once."""
    found = [
        *text_problems(purpose=asked.purpose, question=asked.question, necessity=asked.necessity),
        *lawful_problems(asked.lawful, today),
        *_conflict_problems(asked),
    ]
    if not asked.groups:
        found.append(Problem("groups", "required", "Nothing is asked for.", "Name each group you want."))
    for field, groups in (("groups", asked.groups), ("tell", asked.told)):
        if len(set(groups)) < len(groups):
            found.append(Problem(field, "twice", "A group is named twice.", "Name each group once."))
    return Invalid(tuple(found)) if found else None


def answer_problem(answer: Answer, today: date) -> Invalid | None:
    """Everything that is wrong with an answer, at once."""
    found = list(_answer_problems(answer))
    if answer.release:
        wrong = decision_problem(answer.release, today)
        found += [replace(one, path=f"release.{one.path}") for one in (wrong.problems if wrong else ())]
        remedy = "Release it as it stands; share it live apart from the answer."
        found += [
            Problem(f"release.groups.{place}.live", "answers_stay", "An answer stays what was answered.", remedy)
            for place, one in enumerate(answer.release.groups)
            if one.live
        ]
    return Invalid(tuple(found)) if found else None


def words_problem(**said: str) -> Invalid | None:
    """Texts that say nothing, or too much; by the field's name."""
    found = tuple(text_problems(**said))
    return Invalid(found) if found else None


def _answer_problems(answer: Answer) -> Iterator[Problem]:
    if answer.kind is AnswerKind.NO_INFORMATION_HELD and answer.release:
        yield Problem("release", "nothing_held", "Nothing is held, and something is released.", "Leave it out.")
    if answer.words is None and (answer.release is None or answer.kind is AnswerKind.NO_INFORMATION_HELD):
        yield Problem("words", "required", "This answers nothing.", "Answer in words, or release what was asked for.")
    if answer.words is not None:
        yield from text_problems(words=answer.words)


def _conflict_problems(asked: Question) -> Iterator[Problem]:
    if asked.conflict is None:
        return
    if not asked.conflict.strip() or len(asked.conflict) > LONGEST:
        remedy = f"Say in 1 to {LONGEST} characters why the addressee may be a danger itself."
        yield Problem("conflict", "length", "This says nothing, or too much.", remedy)
    if asked.told:
        remedy = "Ask without the name, or ask somebody else."
        yield Problem("tell", "conflict", "The addressee may be the danger, and would learn who it is.", remedy)
