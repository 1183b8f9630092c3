"""A letter as a page and as plain text: the same words, filled in and escaped. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from html import escape

from services.letters.templates import Template
from services.letters.words import TAGS, Translation

UNVERIFIED = "Translation unverified: nobody who speaks this language has checked it. An English letter is available."


@dataclass(frozen=True, slots=True)
class Written:
    """What leaves: a heading, paragraphs, and the language they are in."""

    language: str
    heading: str
    paragraphs: tuple[str, ...]

    @property
    def text(self) -> str:
        """For mail programs that show no pages."""
        return "\n\n".join((self.heading, *self.paragraphs)) + "\n"

    @property
    def html(self) -> str:
        """A page that a screen reader reads in its language; it fetches nothing from anywhere."""
        body = "\n".join(f"<p>{escape(paragraph)}</p>" for paragraph in self.paragraphs)
        heading = escape(self.heading)
        return (
            f'<!doctype html>\n<html lang="{self.language}">\n<head>\n<meta charset="utf-8">\n'
            f"<title>{heading}</title>\n"
            f"</head>\n<body>\n<main>\n<h1>{heading}</h1>\n{body}\n</main>\n</body>\n</html>\n"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """The facts of one letter."""

    authority: str
    reference: str
    on_day: date
    until: date | None


def filled(template: Template, about: About) -> Written:
    """The letter with the facts of its day."""
    return write(
        template,
        {
            "authority": about.authority,
            "reference": about.reference,
            "day": f"{about.on_day:%-d %B %Y}",
            "until": f"{about.until:%-d %B %Y}" if about.until else "",
        },
    )


def write(template: Template, facts: Mapping[str, str]) -> Written:
    """The words with the facts of this letter; a wording that nobody checked says so."""
    filled = [paragraph.format_map(facts) for paragraph in template.paragraphs]
    if template.translation is Translation.UNVERIFIED:
        filled.append(UNVERIFIED)
    return Written(TAGS[template.language], template.heading.format_map(facts), tuple(filled))
