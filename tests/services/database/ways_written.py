"""The rows of records to which one person stands in every way, written past every door."""

import json
from collections.abc import Iterator, Mapping, Sequence
from random import Random
from typing import Any

import asyncpg

from tests.services.database.many_ways import DAY, Bar, Cast, Given, Made, Way, an_id

FACTS = (
    ("age", "identity", ("adult", "child")),
    ("support_wanted", "support_plan", ("yes", "no")),
    ("cooperation", "criminal_justice", ("yes", "no")),
)


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
            "id": an_id(dice),
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
