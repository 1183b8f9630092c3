"""Tagged PDFs: a template that Typst checks against PDF/UA-1, and content that is data and never markup."""

import json
import re
from collections.abc import Callable
from functools import cache, partial
from typing import Any, Final

import typst

UNDRAWN: Final = (re.compile(r"(?!)"), re.compile(r"[\u2e80-\U0010ffff]"), re.compile(r"[\u0250-\U0010ffff]"))
"""What is written as numbers: nothing; if it cannot be drawn, East Asian scripts and pictures; then all but Latin."""
STANDARD: Final = "ua-1"  # PDF/UA-1: whoever is read to hears headings, lists and tables as such
Plain = Callable[[str], str]
"""Makes a text drawable."""


def compiled(template: bytes, name: str, content: Callable[[Plain], dict[str, Any]]) -> bytes:
    """The whole document, with its content under this name. The standard refuses a mark that no font can draw, and it
    would be missing: those of rare scripts are then written as their numbers, such as [U+674E], so that nothing is
    lost."""
    for undrawn in UNDRAWN:
        try:
            return _once(template, name, content(partial(_written, undrawn)))
        except typst.TypstError as problem:
            if undrawn is UNDRAWN[-1] or "could not be displayed" not in problem.message:
                raise
    raise AssertionError("the last attempt raises")


def _written(undrawn: re.Pattern[str], text: str) -> str:
    return undrawn.sub(lambda mark: f"[U+{ord(mark[0]):04X}]", text)


def _once(template: bytes, name: str, said: dict[str, Any]) -> bytes:
    found = typst.compile(template, sys_inputs={name: json.dumps(said)}, pdf_standards=STANDARD, font_paths=_fonts())
    if not isinstance(found, bytes):
        raise TypeError("a document of several files is no PDF")
    return found


@cache
def _fonts() -> typst.Fonts:
    """Those of the package, and for marks that these lack those of the machine; looked for once."""
    return typst.Fonts(include_system_fonts=True)
