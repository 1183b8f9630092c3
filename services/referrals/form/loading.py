"""All rows of the form, read and checked together: an unknown path, word, condition or choice stops the start."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from services.reference.lists import NAMES
from services.referrals.answers import GROUPS
from services.referrals.draft import ReferralDraft
from services.referrals.form.conditions import ALWAYS, NEVER, Condition, parse
from services.referrals.form.edition import Demand, Edition, Question
from services.referrals.form.row_types import (
    ConditionRow,
    DemandRow,
    EditionRow,
    KindRow,
    OptionRow,
    QuestionRow,
    SectionRow,
)
from services.referrals.form.words import QuestionKind
from services.referrals.paths import CORE, Place, path_of
from services.regimes import rules
from services.regimes.reading import RowsAreWrongError, read_rows

ROWS = Path(__file__).parent / "rows"
NOT_ASKED = {"external_id", "form_version", "answers"}
"""Fields of a draft that nobody answers: they say which form this is."""

PLACES: Mapping[str, Place] = {
    path_of(place): place
    for place in (
        *(Place(CORE, name) for name in ReferralDraft.__dataclass_fields__ if name not in NOT_ASKED),
        *(Place(group, name) for group, cls in GROUPS.items() for name in cls.__dataclass_fields__),
    )
}
"""Every place that an answer can be put, by the path that a problem with it names."""


@dataclass(frozen=True, slots=True)
class Form:
    """Every edition, the oldest first, and the words of every choice."""

    editions: tuple[Edition, ...]
    options: tuple[OptionRow, ...]


def load(folder: Path = ROWS) -> Form:
    """Read every table of the folder, check it, and put the editions together."""
    editions = read_rows(folder / "editions.csv", EditionRow)
    sections = read_rows(folder / "sections.csv", SectionRow)
    kinds = read_rows(folder / "kinds.csv", KindRow)
    options = read_rows(folder / "options.csv", OptionRow)
    questions = read_rows(folder / "questions.csv", QuestionRow)
    demands = read_rows(folder / "demands.csv", DemandRow)
    named = _named(read_rows(folder / "conditions.csv", ConditionRow))
    rules.check_ids((*editions, *sections, *kinds, *options, *questions, *demands))
    for table in (editions, options, kinds):
        rules.check_succession(table)
    titles = {row.section: row.title for row in sections}
    by_kind = {row.kind: row for row in kinds}

    def edition(row: EditionRow) -> Edition:
        day = row.valid_from
        asked = [question for question in questions if question.applies_on(day)]
        known = tuple(option for option in options if option.applies_on(day))
        made = tuple(demand for demand in demands if demand.applies_on(day))
        return Edition(row, tuple(_question(q, known, made, named, titles, by_kind) for q in asked))

    form = Form(tuple(edition(row) for row in editions), options)
    for one in form.editions:
        _check(one)
    return form


def _named(rows: tuple[ConditionRow, ...]) -> Mapping[str, Condition]:
    named: dict[str, Condition] = {}
    for row in rows:
        named[row.name] = _parsed(row.row, row.when, named, ALWAYS)
    return named


def _question(
    row: QuestionRow,
    options: tuple[OptionRow, ...],
    demands: tuple[DemandRow, ...],
    named: Mapping[str, Condition],
    titles: Mapping[str, str],
    kinds: Mapping[QuestionKind, KindRow],
) -> Question:
    if row.path not in PLACES or row.section not in titles:
        raise RowsAreWrongError(f"{row.row}: there is no {row.path} or no section {row.section}")
    return Question(
        row=row,
        place=PLACES[row.path],
        section=titles[row.section],
        kind=kinds[row.kind],
        options=tuple(option for option in options if option.choices == row.choices),
        asked=_parsed(row.row, row.asked_when, named, ALWAYS),
        required=_parsed(row.row, row.required_when, named, NEVER),
        demands=tuple(
            _demand(demand, named) for demand in demands if demand.path in (row.path, row.path.partition(".")[0])
        ),
    )


def _demand(row: DemandRow, named: Mapping[str, Condition]) -> Demand:
    return Demand(
        row=row.row,
        when=_parsed(row.row, row.when, named, ALWAYS),
        allows=tuple(row.allows.split("|")) if row.allows else (),
        code=row.code,
        message=row.message,
        remedy=row.remedy,
    )


def _parsed(row: str, text: str | None, named: Mapping[str, Condition], empty: Condition) -> Condition:
    try:
        return parse(text, named, empty=empty)
    except ValueError as error:
        raise RowsAreWrongError(f"{row}: {text!r} is no condition") from error


def _check(edition: Edition) -> None:
    """Every question stands once, chooses from something, and looks only at what was asked before it."""
    earlier: set[str] = set()
    of_edition = {question.path for question in edition.questions}
    for question in edition.questions:
        if question.path in earlier:
            raise RowsAreWrongError(f"{question.row.row} stands twice in the edition {edition.code}")
        if question.row.choices and not question.options and question.row.choices not in NAMES:
            raise RowsAreWrongError(f"{question.row.row} chooses from {question.row.choices}, which is empty")
        later = {path for path in _paths(question.asked) if path in of_edition - earlier}
        if later or not set(_paths(question.required)) <= PLACES.keys():
            raise RowsAreWrongError(f"{question.row.row} is asked by what comes later: {sorted(later)}")
        earlier.add(question.path)


def _paths(condition: Condition) -> Iterator[str]:
    for branch in condition:
        for term in branch:
            if term.path not in PLACES:
                raise RowsAreWrongError(f"no answer stands at {term.path}")
            yield term.path
