"""What ties those records to each other and to others: links between two, names that two share, and shares of one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any
from uuid import UUID

import asyncpg

from policies.vocabulary import Function
from tests.services.database.many_ways import DAY, HOUR, Cast, Made
from tests.services.database.ways_written import insert

SAME = (("Testo", "Mann"), ("mann", "TESTÓ"), ("Test'o", "Mann"), ("Tèsto", "MANN"))
NAMES = (*SAME, *SAME, ("Testo", None), ("Otra", "Mann"))
TYPED = ("A12345{:02}", "HO ref. a12-345/{:02}", "a12345{:02} (port reference), seen on 12/03/2020", "not known")
BORN = (None, None, None, "1990", "1990", "1990-05", "1990-05-01", "1991")


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Two records that somebody linked, and whose reason that was."""

    id: UUID
    one: Made
    other: Made
    kind: str
    at: datetime
    is_open: bool
    is_ours: bool
    function: Function


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What was given of a record, or decided not to be: by whom, to whom, and whether it holds."""

    id: UUID
    made: Made
    is_given_by_us: bool
    is_given_to_us: bool
    named: UUID | None
    is_given: bool
    is_ended: bool
    days_left: int

    @property
    def is_live(self) -> bool:
        """Given, not ended, and its last day has not passed."""
        return self.is_given and not self.is_ended and self.days_left >= 0


def links(cast: Cast, records: Sequence[Made]) -> list[Link]:
    """Between records near each other, which are mostly of one function; no two pairs alike."""
    dice = Random(1931)  # noqa: S311 - the same links at every run
    return [
        Link(
            id=UUID(int=dice.getrandbits(128)),
            one=min(pair, key=lambda made: made.id),
            other=max(pair, key=lambda made: made.id),
            kind=dice.choice(("same_person", "same_family", "same_situation")),
            at=cast.now - dice.random() * DAY,
            is_open=dice.random() < 0.8,
            is_ours=dice.random() < 0.7,
            function=dice.choice((pair[0].function, pair[0].function, Function.HEALTH)),
        )
        for apart in (1, 2, 5)
        for pair in zip(records, records[apart:], strict=False)
    ]


def shares(cast: Cast, records: Sequence[Made]) -> list[Share]:
    """Two of each record."""
    dice = Random(1932)  # noqa: S311 - the same shares at every run
    return [
        Share(
            id=UUID(int=dice.getrandbits(128)),
            made=made,
            is_given_by_us=dice.random() < 0.4,
            is_given_to_us=dice.random() < 0.7,
            named=dice.choice((None, None, cast.person, cast.colleague)),
            is_given=dice.random() < 0.8,
            is_ended=dice.random() < 0.2,
            days_left=dice.choice((-1, 0, 1, 9)),
        )
        for made in records
        for _ in range(2)
    ]


async def write_links(admin: asyncpg.Connection, cast: Cast, records: Sequence[Made], found: Sequence[Link]) -> None:
    """Every row of them, and identities by which two records may be of one person."""
    await insert(
        admin,
        {
            "case_link": [_link(one, cast) for one in found],
            "case_link_reason": [
                {
                    "link_id": one.id,
                    "agency_id": cast.agency if one.is_ours else cast.elsewhere,
                    "function": one.function,
                    "reason": "r",
                }
                for one in found
            ],
            "group_content": [row for made in records for row in (*_identities(made, cast), *_references(made, cast))],
        },
    )


async def write_shares(admin: asyncpg.Connection, cast: Cast, found: Sequence[Share]) -> None:
    """Every row of them."""
    kept = {"statements": {}, "consent_asked": True, "consent_given": True, "risks": "r"}
    await insert(
        admin,
        {
            "share": [_share(one, cast) for one in found],
            "share_group": [{"share_id": one.id, "data_group": "identity"} for one in found],
            "share_reason": [{"share_id": one.id, **kept} for one in found],
        },
    )


def _link(one: Link, cast: Cast) -> dict[str, Any]:
    return {
        "id": one.id,
        "one_id": one.one.id,
        "other_id": one.other.id,
        "kind": one.kind,
        "linked_at": one.at,
        "linked_by": cast.colleague,
        "ended_at": None if one.is_open else cast.now,
        "ended_by": None if one.is_open else cast.colleague,
    }


def _identities(made: Made, cast: Cast) -> Iterator[dict[str, Any]]:
    """Up to three versions, of which the newest counts."""
    dice = Random(f"{made.id} identity")  # noqa: S311 - the same names at every run
    for version in range(1, dice.randint(2, 4)):
        first, last = dice.choice(NAMES)
        said = {"first_name": first, "last_name": last, "date_of_birth": dice.choice(BORN)}
        yield {
            "record_id": made.id,
            "data_group": "identity",
            "version": version,
            "content": {name: value for name, value in said.items() if value},
            "recorded_at": cast.now - HOUR,
            "recorded_by": cast.colleague,
        }


def _references(made: Made, cast: Cast) -> Iterator[dict[str, Any]]:
    """One or two versions, of which the newest counts; each typed in one of several ways."""
    dice = Random(f"{made.id} reference")  # noqa: S311 - the same references at every run
    for version in range(1, dice.choice((2, 3))):
        typed = dice.choice(TYPED).format(dice.randint(1, 2))
        yield {
            "record_id": made.id,
            "data_group": "immigration",
            "version": version,
            "content": {"home_office_reference": typed},
            "recorded_at": cast.now - HOUR,
            "recorded_by": cast.colleague,
        }


def _share(one: Share, cast: Cast) -> dict[str, Any]:
    function = one.made.function
    giver = (cast.agency, function) if one.is_given_by_us else (cast.elsewhere, Function.CHILDRENS_SERVICES)
    taker = (cast.agency, function) if one.is_given_to_us else (cast.elsewhere, Function.GUARDIAN)
    return {
        "id": one.id,
        "record_id": one.made.id,
        "given_by": cast.colleague,
        "agency_id": giver[0],
        "function": giver[1],
        "recipient_agency_id": taker[0],
        "recipient_function": taker[1],
        "recipient_member_id": one.named,
        "involvement_id": one.id if one.is_given else None,
        **dict.fromkeys(("purpose", "article_6", "condition", "power"), "p"),
        "words": ["w"],
        "conditions": "c" if one.is_given else None,
        "ends_on": cast.today + one.days_left * DAY if one.is_given else None,
        "decided_at": cast.now - DAY,
        "ended_at": cast.now if one.is_ended else None,
        "ended_by": cast.colleague if one.is_ended else None,
        "end_reason": "e" if one.is_ended else None,
    }
