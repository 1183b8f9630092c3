"""The wordings of letters: dated rows by addressee, matter and language, with versions; read and checked once."""

import csv
import string
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import product
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

    def applies_on(self, day: date) -> bool:
        """Whether letters of that London date have these words."""
        return self.valid_from <= day and (self.valid_until is None or day < self.valid_until)


@cache
def templates() -> tuple[Template, ...]:
    """Every wording. Whatever each addressee is told of has one in English, and none has two of one day.

    Raises TemplatesAreWrongError, which says of the row what is wrong with it.
    """
    with ROWS.open(encoding="utf-8", newline="") as lines:
        found = tuple(_template(record) for record in csv.DictReader(lines, restkey=TOO_MUCH, strict=True))
    for to, matter in product(Addressee, Matter):
        is_needed = to is Addressee.PERSON or matter is not Matter.WAITING  # an agency reads the whole letter here
        if is_needed and not any(one.about == (to, matter, LetterLanguage.ENGLISH) for one in found):
            raise TemplatesAreWrongError(f"{matter} has no wording in English for {to}")
    for one in found:
        for other in found:
            is_same = one.about == other.about
            if one is not other and is_same and one.applies_on(other.valid_from):
                raise TemplatesAreWrongError(f"{one.row} and {other.row} overlap")
    return found


def wording(matter: Matter, language: LetterLanguage, on: date, to: Addressee = Addressee.PERSON) -> Template:
    """The words of that day in this language; in English where there are none."""
    for tongue in (language, LetterLanguage.ENGLISH):
        for one in templates():
            if one.about == (to, matter, tongue) and one.applies_on(on):
                return one
    raise TemplatesAreWrongError(f"nothing says how to write to {to} about {matter} on {on.isoformat()}")


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
    except (KeyError, ValueError) as problem:
        raise TemplatesAreWrongError(f"{record.get('row')}: {problem}") from problem
    used = {
        name for text in (template.heading, *template.paragraphs) for _, name, _, _ in string.Formatter().parse(text)
    }
    if not used - {None} <= FIELDS:
        raise TemplatesAreWrongError(f"{template.row}: only {', '.join(sorted(FIELDS))} may be filled in")
    return template
