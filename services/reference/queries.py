"""Questions to the reference lists; public knowledge, so nobody is asked who they are."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from services.errors import Invalid, Problem
from services.reference.designations import Designation, all_designations
from services.reference.lists import NAMES, Entry, load, within

MOST = 100


@dataclass(frozen=True, slots=True)
class ReferenceListView:
    """The entries that were found, at most `limit` of the `total`."""

    name: str
    at: date | None
    total: int
    entries: tuple[Entry, ...]


def find(
    name: str, at: date | None = None, search: str | None = None, limit: int = MOST
) -> ReferenceListView | Invalid:
    """The entries valid on that date in which every word of the search begins some word of the name."""
    if name not in NAMES:
        return Invalid((_unknown_list(name),))
    wanted = _words(search or "")
    found = [item for item in load(name).entries if item.is_valid(at) and _begins(wanted, _words(item.name))]
    return ReferenceListView(name, at, len(found), tuple(found[: max(0, limit)]))


def entry(name: str, name_or_code: str, at: date | None = None) -> Entry | None:
    """The entry of that exact name or code if it is valid on that date; KeyError for a list that does not exist."""
    if name not in NAMES:
        raise KeyError(name)
    found = load(name).by_key.get(name_or_code.strip())
    return found if found and found.is_valid(at) else None


def designations(organisation: str | None = None, at: date | None = None) -> tuple[Designation, ...]:
    """Every time of an organisation, by name or code, as a first responder; of all of them; in force on a day."""
    wanted = (organisation or "").strip()
    return tuple(
        period
        for period in all_designations()
        if organisation is None or wanted in (period.organisation.code, period.organisation.name)
        if at is None or within(at, period.designated_from, period.designated_until)
    )


def _unknown_list(name: str) -> Problem:
    return Problem(
        path="name",
        code="unknown_list",
        message=f"There is no reference list called {name[:60]!r}.",
        remedy=f"Ask for one of {', '.join(NAMES)}.",
    )


@lru_cache(maxsize=8192)  # every name of every list, and a bounded number of searches
def _words(text: str) -> tuple[str, ...]:
    decomposed = unicodedata.normalize("NFKD", text)
    plain = "".join(mark for mark in decomposed if not unicodedata.combining(mark))
    return tuple(re.findall(r"\w+", re.sub(r"['’.]", "", plain).casefold()))


def _begins(wanted: tuple[str, ...], words: tuple[str, ...]) -> bool:
    return all(any(word.startswith(start) for word in words) for start in wanted)
