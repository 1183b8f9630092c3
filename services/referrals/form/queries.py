"""The form of an edition; public knowledge, so nobody is asked who they are."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from types import MappingProxyType

from services.clocks.rules import london_date
from services.referrals.form.edition import Edition, Question
from services.referrals.form.loading import Form, load
from services.referrals.form.words import QuestionKind
from services.referrals.paths import Place


@cache
def form() -> Form:
    """Every edition; read and checked once per process."""
    return load()


@cache
def edition(code: str) -> Edition | None:
    """The edition of that name, if there is one."""
    return next((one for one in form().editions if one.code == code), None)


def in_force(on: date) -> Edition:
    """The edition that was filled in on that London date."""
    return next(one for one in form().editions if one.row.applies_on(on))


def edition_received(at: datetime) -> str:
    """The code of the edition of the London day of receipt; before there was any, of the first."""
    editions = form().editions
    if at.utcoffset() is None:  # no moment at all, which is said at its own field
        return newest().code
    try:
        received = london_date(at)
    except OverflowError:  # the first or the last hours that there are, which is said there too
        return editions[0].code
    return next((one.code for one in editions if one.row.applies_on(received)), editions[0].code)


def day_of(moment: datetime) -> date:
    """The London date, which says what edition is filled in."""
    return london_date(moment)


def newest() -> Edition:
    """The edition in use."""
    return form().editions[-1]


@cache
def questions() -> Mapping[Place, Question]:
    """Every question that any edition asks, in its newest words."""
    return MappingProxyType({question.place: question for one in form().editions for question in one.questions})


@cache
def chosen_paths() -> frozenset[str]:
    """The paths whose answers are chosen from options."""
    chosen = {QuestionKind.ONE_OF, QuestionKind.SEVERAL_OF}
    return frozenset(question.path for question in questions().values() if question.row.kind in chosen)


def option_labels(choices: str) -> dict[str, str]:
    """What each answer of a list of choices means."""
    return {option.value: option.label for option in form().options if option.choices == choices}
