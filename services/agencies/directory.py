"""The public directory: every body of the reference lists as an agency, with what it did when. None of them is on the
platform by this; a body without an account is told by telephone, which makes it a task for somebody."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from policies.vocabulary import Function
from services.reference.designations import all_designations
from services.reference.lists import Entry, load
from services.regimes.queries import regimes

BEGINNING = date(2009, 4, 1)  # the National Referral Mechanism begins
ENGLAND_AND_WALES = ("england", "wales")
SUPPORT_PRIMES = (
    # Prime contractor for adults in England and Wales since July 2011 (The Salvation Army, new victim care contract).
    ("the-salvation-army", date(2011, 7, 1), ENGLAND_AND_WALES),
    # Adults in Scotland and Northern Ireland: as the public form names the providers.
    ("migrant-help", BEGINNING, ("scotland", "northern_ireland")),
)
NOTIFICATIONS_GO_TO = (
    ("ukvi", date(2015, 11, 1), date(2019, 4, 29)),
    ("sca", date(2019, 4, 29), None),
)
"""The Home Office, by law: its authority of the day. Since 2019 the public form sends both where it sends referrals."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A body by code and name, while it exists; `valid_until` is the first day on which it no longer does."""

    code: str
    name: str
    valid_from: date
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class Does:
    """What a body does, while it does it, and in which nations; None: in all."""

    code: str
    function: Function
    valid_from: date
    valid_until: date | None
    nations: tuple[str, ...] | None = None


def bodies() -> dict[str, Listed]:
    """Every body, by code."""
    found = {
        entry.code: _listed(entry)
        for name in ("organisations", "police_forces", "local_authorities")
        for entry in load(name).entries
    }
    for authority in regimes().authorities:
        code = authority.authority.value
        found[code] = Listed(code, authority.name, authority.valid_from, authority.valid_until)
    for area in regimes().areas:
        found[area.authority] = Listed(area.authority, area.name, area.valid_from, area.valid_until)
    return found


def functions() -> Iterator[Does]:
    """What each of them does."""
    for designation in all_designations():
        first, last = designation.designated_from or BEGINNING, designation.designated_until
        yield Does(designation.organisation.code, Function.FIRST_RESPONDER, first, _after(last))
    for name, function in (
        ("police_forces", Function.INVESTIGATING_POLICE),
        ("local_authorities", Function.CHILDRENS_SERVICES),
    ):
        for entry in load(name).entries:
            yield Does(entry.code, function, entry.valid_from or BEGINNING, _after(entry.valid_until))
    for authority in regimes().authorities:
        yield Does(authority.authority.value, Function.DECISION_MAKER, authority.valid_from, authority.valid_until)
    deciding = {
        Does(row.authority, Function.DECISION_MAKER, row.valid_from, row.valid_until) for row in regimes().areas
    }
    yield from sorted(deciding, key=lambda does: does.code)
    for code, since, until in NOTIFICATIONS_GO_TO:
        yield Does(code, Function.DUTY_TO_NOTIFY_RECORDING, since, until)
    for code, since, nations in SUPPORT_PRIMES:
        yield Does(code, Function.SUPPORT_PRIME, since, None, nations)


def _listed(entry: Entry) -> Listed:
    return Listed(entry.code, entry.name, entry.valid_from or BEGINNING, _after(entry.valid_until))


def _after(last: date | None) -> date | None:
    return None if last is None else last + timedelta(days=1)
