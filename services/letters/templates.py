"""The wordings of letters: dated rows by addressee, matter and language, with versions; read and checked once."""

import csv
import string
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import product, zip_longest
from pathlib import Path

from services.letters.words import Addressee, LetterLanguage, Matter, Translation

ROWS = Path(__file__).parent / "rows" / "templates.csv"
PARAGRAPH = " ¶ "
TOO_MUCH = "more than the columns"
FIELDS = frozenset({"authority", "reference", "day", "until"})


class TemplatesAreWrongError(Exception):
    """A wording that cannot be used; nothing starts with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """One wording: a heading and paragraphs with places for `authority`, `reference`, `day` and `until`."""

    row: str
    addressee: Addressee
    matter: Matter
    language: LetterLanguage
    valid_from: date
    valid_until: date | None
    version: int
    translation: Translation
    heading: str
    paragraphs: tuple[str, ...]

    @property
    def about(self) -> tuple[Addressee, Matter, LetterLanguage]:
        """What only one row says on each day."""
        return (self.addressee, self.matter, self.language)

    @property
    def names_a_last_day(self) -> bool:
        """Whether it says until when something lasts or may be done."""
        return any("{until}" in text for text in (self.heading, *self.paragraphs))

    def applies_on(self, day: date) -> bool:
        """Whether letters of that London date have these words."""
        return self.valid_from <= day and (self.valid_until is None or day < self.valid_until)


@cache
def templates() -> tuple[Template, ...]:
    """Every wording, read once; every start asks for them, so that nothing runs with wrong ones."""
    return read(ROWS)


def read(rows: Path) -> tuple[Template, ...]:
    """The wordings of a file. Whatever each addressee is told of has one in English, from its first day on without a
    gap, and none has two of one day.

    Raises TemplatesAreWrongError, which says of the row what is wrong with it.
    """
    try:
        with rows.open(encoding="utf-8", newline="") as lines:
            found = tuple(_template(record) for record in csv.DictReader(lines, restkey=TOO_MUCH, strict=True))
    except (csv.Error, UnicodeDecodeError) as problem:
        raise TemplatesAreWrongError(f"{rows.name}: {problem}") from problem
    for to, matter in product(Addressee, Matter):
        is_needed = to is Addressee.PERSON or matter is not Matter.WAITING  # an agency reads the whole letter here
        if is_needed:
            _has_no_gap(to, matter, [one for one in found if one.about == (to, matter, LetterLanguage.ENGLISH)])
    for one in found:
        for other in found:
            is_same = one.about == other.about
            if one is not other and is_same and one.applies_on(other.valid_from):
                raise TemplatesAreWrongError(f"{one.row} and {other.row} overlap")
    return found


def wording(
    matter: Matter, language: LetterLanguage, on: date, to: Addressee = Addressee.PERSON, *, until: date | None
) -> Template:
    """The words of that day in this language; in English where there are none. A letter without a last day has the
    words of before there was one, where there are such."""
    for tongue in (language, LetterLanguage.ENGLISH):
        so_far = [one for one in templates() if one.about == (to, matter, tongue) and one.valid_from <= on]
        of_day = next((one for one in so_far if one.applies_on(on)), None)
        if of_day is not None and of_day.names_a_last_day and until is None:
            timeless = [one for one in so_far if not one.names_a_last_day]
            return max(timeless, key=lambda one: one.valid_from, default=of_day)
        if of_day is not None:
            return of_day
    raise TemplatesAreWrongError(f"nothing says how to write to {to} about {matter} on {on.isoformat()}")


def _has_no_gap(to: Addressee, matter: Matter, english: Sequence[Template]) -> None:
    if not english:
        raise TemplatesAreWrongError(f"{matter} has no wording in English for {to}")
    in_order = sorted(english, key=lambda one: one.valid_from)
    for one, following in zip_longest(in_order, in_order[1:]):
        if one.valid_until is not None and (following is None or one.valid_until < following.valid_from):
            raise TemplatesAreWrongError(f"{one.row} ends on {one.valid_until.isoformat()} and none begins there")


def _template(record: dict[str, str]) -> Template:
    if TOO_MUCH in record:
        raise TemplatesAreWrongError(f"{record['row']}: {TOO_MUCH}; quote a wording that has a comma")
    try:
        template = Template(
            row=record["row"],
            addressee=Addressee(record["addressee"]),
            matter=Matter(record["matter"]),
            language=LetterLanguage(record["language"]),
            valid_from=date.fromisoformat(record["valid_from"]),
            valid_until=date.fromisoformat(record["valid_until"]) if record["valid_until"] else None,
            version=int(record["version"]),
            translation=Translation(record["translation"]),
            heading=record["heading"],
            paragraphs=tuple(record["body"].split(PARAGRAPH)),
        )
    except (AttributeError, KeyError, TypeError, ValueError) as problem:  # a column too few is None
        raise TemplatesAreWrongError(f"{record.get('row')}: {problem}") from problem
    for text in (template.heading, *template.paragraphs):
        _can_be_filled_in(template.row, text)
    return template


def _can_be_filled_in(row: str, text: str) -> None:
    if not text.strip():
        raise TemplatesAreWrongError(f"{row}: a heading or a paragraph is empty")
    try:
        used = {name for _, name, _, _ in string.Formatter().parse(text)}
        if not used - {None} <= FIELDS:
            raise TemplatesAreWrongError(f"{row}: only {', '.join(sorted(FIELDS))} may be filled in")
        text.format_map(dict.fromkeys(FIELDS, ""))
    except (ValueError, KeyError) as problem:
        raise TemplatesAreWrongError(f"{row}: {problem}") from problem
