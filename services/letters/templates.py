"""The wordings of letters: dated rows by matter and language, each with its version; read and checked once."""

import csv
import string
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from services.letters.words import LetterLanguage, Matter, Translation

ROWS = Path(__file__).parent / "rows" / "templates.csv"
PARAGRAPH = " ¶ "
FIELDS = frozenset({"authority", "reference", "day", "until"})


class TemplatesAreWrongError(Exception):
    """A wording that cannot be used; nothing starts with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """One wording: a heading and paragraphs with places for `authority`, `reference`, `day` and `until`."""

    row: str
    matter: Matter
    language: LetterLanguage
    valid_from: date
    valid_until: date | None
    version: int
    translation: Translation
    heading: str
    paragraphs: tuple[str, ...]

    def applies_on(self, day: date) -> bool:
        """Whether letters of that London date have these words."""
        return self.valid_from <= day and (self.valid_until is None or day < self.valid_until)


@cache
def templates() -> tuple[Template, ...]:
    """Every wording; each matter has one in English on every day since its first."""
    with ROWS.open(encoding="utf-8", newline="") as lines:
        found = tuple(_template(record) for record in csv.DictReader(lines, strict=True))
    for matter in Matter:
        if not any(one.matter is matter and one.language is LetterLanguage.ENGLISH for one in found):
            raise TemplatesAreWrongError(f"{matter} has no wording in English")
    for one in found:
        for other in found:
            is_same = (one.matter, one.language) == (other.matter, other.language)
            if one is not other and is_same and one.applies_on(other.valid_from):
                raise TemplatesAreWrongError(f"{one.row} and {other.row} overlap")
    return found


def wording(matter: Matter, language: LetterLanguage, on: date) -> Template:
    """The words of that day in this language; in English where there are none."""
    for tongue in (language, LetterLanguage.ENGLISH):
        for one in templates():
            if (one.matter, one.language) == (matter, tongue) and one.applies_on(on):
                return one
    raise TemplatesAreWrongError(f"nothing says how to write about {matter} on {on.isoformat()}")


def _template(record: dict[str, str]) -> Template:
    try:
        template = Template(
            row=record["row"],
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
