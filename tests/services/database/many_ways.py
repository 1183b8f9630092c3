"""Records to which one person stands in every way there is, always the same: made up, written past every door."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from random import Random
from typing import Any
from uuid import UUID

import asyncpg

from policies.vocabulary import DataGroup, Function, Relation

EACH = 2  # records for every function and relation
GROUPS = (DataGroup.CLOCKS, DataGroup.INFORMATION_REQUESTS, DataGroup.STRATEGY_MINUTES, DataGroup.IDENTITY)
FACTS = (
    ("age", "identity", ("adult", "child")),
    ("support_wanted", "support_plan", ("yes", "no")),
    ("cooperation", "criminal_justice", ("yes", "no")),
)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ENDING = frozenset({Relation.RECIPIENT, Relation.REQUESTED})  # always with an end
BY_SCOPE = frozenset({Relation.RECIPIENT, Relation.ATTENDEE, Relation.RELEASED_TO})
GIVEN_NOWHERE = frozenset({Relation.UNRELATED, Relation.AUTHOR, Relation.COLLEAGUE})


class Given(Enum):
    """Who has the work that an involvement brings."""

    ME = "the person"
    MY_TEAM = "a team that they manage"
    MY_PEOPLE = "somebody of that team"
    SOMEBODY = "another colleague"
    NOBODY = "nobody"
    ONCE_ME = "the person, until yesterday"


MINE = frozenset({Given.ME, Given.MY_TEAM, Given.MY_PEOPLE})


class Bar(Enum):
    """Whom a bar keeps from a record."""

    ME = "the person"
    AGENCY = "their agency"
    SOMEBODY = "another person"
    ONCE_ME = "the person, until yesterday"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Who there is, and what time it is. `teams`: one of each function, which the person manages."""

    now: datetime
    today: date
    person: UUID
    worker: UUID
    colleague: UUID
    agency: UUID
    elsewhere: UUID
    teams: dict[str, UUID]


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """An involvement of the person's agency. `scope`: group, version, item; `is_for_me`: none, or whom it names."""

    id: UUID
    relation: Relation
    given: Given
    from_at: datetime
    until_at: datetime | None
    is_for_me: bool | None
    scope: tuple[tuple[DataGroup, int | None, UUID | None], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A record and all that is there of it. `told`: the id of a notice about it."""

    id: UUID
    kind: str
    function: Function
    restricted: bool
    bar: Bar | None
    is_open: bool
    next_due: date | None
    told: UUID
    meeting: UUID
    parts: tuple[UUID, UUID]  # the open one, and a closed one
    ways: tuple[Way, ...]
    seed: int


def every_way(cast: Cast) -> list[Made]:
    """Some records for every function and every relation, each with one to three involvements."""
    dice = Random(1927)  # noqa: S311 - the same records at every run
    relations = [relation for relation in Relation if relation not in GIVEN_NOWHERE]
    return [
        _made(dice, cast, function, relation, [other for other in relations if other is not relation])
        for function in Function
        for relation in relations
        for _ in range(EACH)
    ]


def _made(dice: Random, cast: Cast, function: Function, relation: Relation, others: Sequence[Relation]) -> Made:
    meeting, parts = _id(dice), (_id(dice), _id(dice))
    relations = [relation, *dice.sample(others, dice.choice((0, 0, 0, 1, 1, 2)))]
    return Made(
        id=_id(dice),
        kind="duty_to_notify" if dice.random() < 0.25 else "case",
        function=function,
        restricted=dice.random() < 0.15,
        bar=dice.choice(list(Bar)) if dice.random() < 0.2 else None,
        is_open=dice.random() < 0.85,
        next_due=cast.today + dice.randint(-3, 6) * DAY if dice.random() < 0.7 else None,
        told=_id(dice),
        meeting=meeting,
        parts=parts,
        ways=tuple(_way(dice, cast.now, one, (meeting, *parts)) for one in relations),
        seed=dice.getrandbits(32),
    )


def _way(dice: Random, now: datetime, relation: Relation, items: Sequence[UUID]) -> Way:
    begins = now + HOUR if dice.random() < 0.08 else now - dice.randint(1, 12) * HOUR
    ends = dice.choice((begins, now + HOUR) if begins < now else (now + DAY,))
    has_end = relation in ENDING or dice.random() < 0.15
    return Way(
        id=_id(dice),
        relation=relation,
        given=dice.choice((Given.ME, *Given)),
        from_at=begins,
        until_at=(now + DAY if relation in ENDING and dice.random() < 0.7 else ends) if has_end else None,
        is_for_me=dice.choice((None, True, False)) if relation is Relation.RECIPIENT else None,
        scope=tuple(_scope(dice, items)) if relation in BY_SCOPE or dice.random() < 0.2 else (),
    )


def _scope(dice: Random, items: Sequence[UUID]) -> Iterator[tuple[DataGroup, int | None, UUID | None]]:
    for group in dice.sample(GROUPS, dice.randint(0, len(GROUPS))):
        yield group, 2 if group is DataGroup.IDENTITY and dice.random() < 0.5 else None, None  # others have no versions
    yield from ((DataGroup.STRATEGY_MINUTES, None, item) for item in items if dice.random() < 0.5)


def _id(dice: Random) -> UUID:
    return UUID(int=dice.getrandbits(128))


async def write(admin: asyncpg.Connection, cast: Cast, records: Sequence[Made]) -> None:
    """Every row of them."""
    await insert(admin, _rows(cast, records))


async def insert(admin: asyncpg.Connection, tables: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
    """Rows by table, past triggers and keys, as only an administrator of the database can."""
    await admin.execute("SET session_replication_role = replica")
    for table, rows in tables.items():
        columns = ", ".join(rows[0])
        await admin.execute(
            f"INSERT INTO {table} ({columns}) SELECT {columns} FROM jsonb_populate_recordset(NULL::public.{table}, $1)",
            json.dumps(rows, default=str),
        )
    await admin.execute("RESET session_replication_role")
    await admin.execute("ANALYZE")


def _rows(cast: Cast, records: Sequence[Made]) -> dict[str, list[dict[str, Any]]]:
    ways = [(made, way) for made in records for way in made.ways]
    return {
        "record": [_record(made, cast) for made in records],
        "case_fact": [fact for made in records for fact in _facts(made, cast)],
        "access_bar": [_bar(made, made.bar, cast) for made in records if made.bar],
        "involvement": [_involvement(made, way, cast) for made, way in ways],
        "involvement_scope": [
            {
                "involvement_id": way.id,
                "data_group": group,
                "pinned_version": pin,
                "item_id": item,
                "recorded_at": cast.now,
            }
            for _, way in ways
            for group, pin, item in way.scope
        ],
        "assignment": [_assignment(made, way, cast) for made, way in ways if way.given is not Given.NOBODY],
        "notice": [_notice(made, cast) for made in records],
    }


def _record(made: Made, cast: Cast) -> dict[str, Any]:
    person = made.id if made.kind == "case" else None
    kept = {"id": made.id, "kind": made.kind, "reference": f"W-{made.id}".upper(), "person_id": person}
    return {**kept, "opened_at": cast.now - DAY, "restricted": made.restricted, "access_version": 1}


def _facts(made: Made, cast: Cast) -> Iterator[dict[str, Any]]:
    dice = Random(made.seed)  # noqa: S311 - the same at every run
    for kind, group, values in FACTS:
        yield {
            "id": _id(dice),
            "record_id": made.id,
            "data_group": group,
            "kind": kind,
            "value": dice.choice(values),
            "effective_from": cast.today - DAY,
            "recorded_at": cast.now - DAY,
            "recorded_by": cast.colleague,
        }


def _bar(made: Made, bar: Bar, cast: Cast) -> dict[str, Any]:
    whom = {Bar.AGENCY: None, Bar.SOMEBODY: cast.colleague}.get(bar, cast.person)
    return {
        "id": made.id,
        "record_id": made.id,
        "member_id": whom,
        "agency_id": cast.agency if bar is Bar.AGENCY else None,
        "reason": "r",
        "given_by": cast.worker,
        "from_at": cast.now - 2 * DAY,
        "until_at": cast.now - DAY if bar is Bar.ONCE_ME else None,
    }


def _involvement(made: Made, way: Way, cast: Cast) -> dict[str, Any]:
    named = None if way.is_for_me is None else cast.person if way.is_for_me else cast.colleague
    return {
        "id": way.id,
        "record_id": made.id,
        "record_kind": made.kind,
        "agency_id": cast.agency,
        "function": made.function,
        "relation": way.relation,
        **dict.fromkeys(("purpose", "lawful_basis", "source"), "p"),
        "given_by": cast.colleague,
        "from_at": way.from_at,
        "until_at": way.until_at,
        "next_due": made.next_due,
        "record_open": made.is_open,
        "named_member_id": named,
    }


def _assignment(made: Made, way: Way, cast: Cast) -> dict[str, Any]:
    people = {Given.ME: cast.person, Given.ONCE_ME: cast.person, Given.MY_PEOPLE: cast.worker}
    of_team = way.given is Given.MY_TEAM
    return {
        "id": way.id,
        "record_id": made.id,
        "involvement_id": way.id,
        "agency_id": cast.agency,
        "function": made.function,
        "member_id": None if of_team else people.get(way.given, cast.colleague),
        "team_id": cast.teams[made.function] if of_team else None,
        "reason": "r",
        "given_by": cast.colleague,
        "from_at": cast.now - 2 * DAY,
        "until_at": cast.now - DAY if way.given is Given.ONCE_ME else None,
    }


def _notice(made: Made, cast: Cast) -> dict[str, Any]:
    return {
        "id": made.told,
        "kind": "information_requested",
        "record_id": made.id,
        "agency_id": cast.agency,
        "function": made.function,
        "created_at": cast.now,
        "reference": f"N-{made.told}",
        "for_administrators": False,
    }
