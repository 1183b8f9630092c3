"""Who was designated as a first responder on which day, and what kind of referrer that made them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any

from services.reference.lists import Entry, day, load, rows, within
from services.regimes.words import Nation, ReferrerKind


class StatisticsType(StrEnum):
    """The four types the published statistics count first responders under."""

    GOVERNMENT = "government"
    NGO = "ngo"
    POLICE = "police"
    LOCAL_AUTHORITY = "local_authority"


@dataclass(frozen=True, slots=True)
class Designation:
    """One organisation's time as a first responder; `verified` says whether its dates are known or assumed.

    `seat` is the nation of a force or council outside England and Wales; None: any other body.
    """

    organisation: Entry
    referrer_kind: ReferrerKind
    statistics_type: StatisticsType
    seat: Nation | None
    parent: str | None
    designated_from: date | None
    designated_until: date | None
    verified: bool
    source: str


def designation(name_or_code: str, on: date) -> Designation | None:
    """The designation in force on that day; None: not a first responder then, or not known to us at all."""
    organisation = load("organisations").by_key.get(name_or_code.strip())
    if organisation is None:
        return None
    periods = _by_organisation().get(organisation.code, ())
    return next((period for period in periods if within(on, period.designated_from, period.designated_until)), None)


def all_designations() -> Iterator[Designation]:
    """Every time of every organisation, for whoever lists them."""
    for periods in _by_organisation().values():
        yield from periods


@cache
def _by_organisation() -> dict[str, tuple[Designation, ...]]:
    found: dict[str, tuple[Designation, ...]] = {}
    for row in rows("first_responders"):
        found[row["organisation"]] = (*found.get(row["organisation"], ()), _designation(row))
    return found


def _designation(row: dict[str, Any]) -> Designation:
    return Designation(
        organisation=load("organisations").by_key[row["organisation"]],
        referrer_kind=ReferrerKind(row["referrer_kind"]),
        statistics_type=StatisticsType(row["statistics_type"]),
        seat=Nation(row["seat"]) if "seat" in row else None,
        parent=row["parent"],
        designated_from=day(row["designated_from"]),
        designated_until=day(row["designated_until"]),
        verified=row["status"] == "verified",
        source=row["source"],
    )
