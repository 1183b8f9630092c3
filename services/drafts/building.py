"""From the plain words of a draft to the form that is sent; what cannot be read is named at its key."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, get_args, get_origin
from uuid import uuid4

from services.drafts import files
from services.drafts.views import DraftView, Said
from services.errors import Problem
from services.referrals.answers import GROUPS, Evidence
from services.referrals.content import value_types
from services.referrals.draft import ReferralDraft
from services.referrals.form import queries as form
from services.referrals.form.edition import Edition
from services.referrals.form.loading import PLACES
from services.referrals.form.words import QuestionKind
from services.referrals.limits import UNSTORABLE
from services.referrals.paths import CORE, Place

ESSENTIAL = ("kind", "nation", "age", "organisation", "consent")
"""Without these nobody can say what else the form has to answer."""

DOCUMENTS = Place("evidence", "documents")
LONGEST = 15_000
MOST_WORDS = 100
_READERS: dict[type, Callable[[str], Any]] = {bool: lambda word: {"true": True, "false": False}[word], int: int}


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why a draft is no form yet."""

    problems: tuple[Problem, ...]


def wrong_answers(edition: Edition, answers: Said) -> Iterator[Problem]:
    """What may not even be kept in a draft."""
    asked = {question.path: question.row.kind for question in edition.questions}
    for key, words in answers.items():
        if key not in asked:
            yield Problem(key[:100], "unknown_key", "The form asks no such thing.", "Send keys of referralForm.")
        elif asked[key] is QuestionKind.DOCUMENTS:
            yield Problem(key, "wrong_type", "Files are not answered in words.", "Add them to the draft as files.")
        elif len(words) > MOST_WORDS or any(len(word) > LONGEST for word in words):
            yield Problem(key, "too_long", f"At most {LONGEST} characters are kept.", "Shorten the text.")
        elif any(UNSTORABLE.search(word) for word in words):
            yield Problem(key, "wrong_character", "The text holds a control character.", "Remove it.")


def built(form_version: str, answers: Said) -> ReferralDraft | Unreadable:
    """The form that these answers make."""
    values, problems = {}, []
    for key, words in answers.items():
        try:
            values[key] = _value(_type_at(key), words)
        except (ValueError, KeyError):
            problems.append(Problem(key, "wrong_type", "This is no answer to this question.", "Answer it anew."))
    unanswered = [key for key in ESSENTIAL if key not in values and key not in {one.path for one in problems}]
    problems += [Problem(key, "required", "This form must answer this.", "Answer the question.") for key in unanswered]
    if problems:
        return Unreadable(tuple(problems))
    return _draft(form_version, values)


def with_files(draft: ReferralDraft, found: DraftView) -> ReferralDraft:
    """As it is checked: the files of its evidence are an answer of the form, where its edition asks for them. A
    notification takes none, which is said of its files."""
    edition = form.edition(draft.form_version)
    asks = edition is not None and any(one.place == DOCUMENTS for one in edition.questions)
    brought = files.as_documents(found)
    if not (asks and brought) or draft.is_duty_to_notify:
        return draft
    before = draft.answers.get(DOCUMENTS.group)
    said = replace(before if isinstance(before, Evidence) else Evidence(), documents=brought)
    return replace(draft, answers={**draft.answers, DOCUMENTS.group: said})


def _draft(form_version: str, values: dict[str, Any]) -> ReferralDraft:
    by_group: dict[str, dict[str, Any]] = {}
    for key, value in values.items():
        place = PLACES[key]
        by_group.setdefault(place.group, {})[place.field] = value
    core = by_group.pop(CORE)
    groups = {group: GROUPS[group](**said) for group, said in by_group.items()}
    return ReferralDraft(**core, external_id=str(uuid4()), form_version=form_version, answers=groups)


def _type_at(key: str) -> Any:
    place = PLACES[key]
    return value_types(ReferralDraft if place.group == CORE else GROUPS[place.group])[place.field]


def _value(kind: Any, words: tuple[str, ...]) -> Any:
    if get_origin(kind) is tuple:
        return tuple(_one(get_args(kind)[0], word) for word in words)
    (word,) = words
    return _one(kind, word)


def _one(kind: type, word: str) -> Any:
    if issubclass(kind, StrEnum):
        return kind(word.lower())
    return _READERS.get(kind, str)(word)
