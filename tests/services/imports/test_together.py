"""Messages taken in together become what each would have become for itself, and no fault of one harms another."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import asyncpg
import pytest

from api.taking_in import Became, NoSessionError, take_in
from services.errors import Invalid
from services.imports.commands import Arrival, Imported, import_message
from services.tools import GivenUpError, Reading, Tools, open_tools
from tests.services.imports import upstream
from tests.world.server import FreshDatabase
from tests.world.template import IMPORTER_SECRET

pytestmark = pytest.mark.anyio

ONE, MANY = "one by one", "together"
NOW = [name for name in upstream.NAMES if name not in upstream.RECEIVED]
MADE = """
    SELECT table_name FROM information_schema.columns c
    JOIN information_schema.tables t USING (table_schema, table_name)
    WHERE table_schema = 'public' AND column_name = 'record_id' AND table_type = 'BASE TABLE'
      AND table_name <> 'notice' ORDER BY table_name
"""  # notices are the worker's, who did not run yet
OF_A_RECORD = "SELECT to_jsonb(t)::text FROM {} t WHERE t.record_id = $1"
SCOPES = """
    SELECT to_jsonb(s)::text FROM involvement_scope s JOIN involvement i ON i.id = s.involvement_id
    WHERE i.record_id = $1
"""
KEYS = "SELECT operation, outcome_id = $1 FROM idempotency WHERE outcome_id = $1"
RECORDS = """
    SELECT f.external_id, r.id, r.kind, r.person_id IS NOT NULL AS person, r.restricted FROM referral f
    JOIN record r ON r.id = f.record_id
"""
CHANGING = ("id", "record_id", "involvement_id", "involvements", "external_id", "transaction", "sequence")


def message(name: str, way: str, **changes: object) -> dict[str, Any]:
    """A message of the public form with an external id of its own."""
    return upstream.message(name) | {"ExternalId": str(uuid5(NAMESPACE_URL, f"{name} {way}"))} | changes


@pytest.fixture
async def tools(fresh_database: FreshDatabase) -> AsyncIterator[Tools]:
    opened = open_tools(fresh_database.app_url, pool_size=2)
    yield opened
    await opened.close()


@pytest.fixture
async def admin(fresh_database: FreshDatabase) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(fresh_database.admin_url)
    yield connection
    await connection.close()


async def taken_in(tools: Tools, *messages: object, secret: str = IMPORTER_SECRET) -> list[Became]:
    return [became async for became in take_in(tools, secret, [(message, Arrival()) for message in messages])]


def said(row: str) -> str:
    """A row without what differs between any two records: ids and moments."""
    kept = {key: value for key, value in json.loads(row).items() if key not in CHANGING and not key.endswith("_at")}
    if "proof" in kept:
        kept["proof"] = {key: value for key, value in kept["proof"].items() if key != "event_at"}
    kept.pop("at", None)
    return json.dumps(kept, sort_keys=True)


async def trail(admin: asyncpg.Connection, record: Any) -> dict[str, list[str]]:
    """Everything that stands about a record."""
    found = {}
    for (table,) in await admin.fetch(MADE):
        found[table] = sorted(said(row) for (row,) in await admin.fetch(OF_A_RECORD.format(table), record))
    found["scopes"] = sorted(said(row) for (row,) in await admin.fetch(SCOPES, record))
    found["keys"] = [str(tuple(row)) for row in await admin.fetch(KEYS, record)]
    return found


async def stored(admin: asyncpg.Connection) -> int:
    count: int = await admin.fetchval("SELECT (SELECT count(*) FROM record) + (SELECT count(*) FROM access_record)")
    return count


async def test_together_and_one_by_one_leave_the_same_behind(tools: Tools, admin: asyncpg.Connection) -> None:
    for name in NOW:
        assert isinstance((await taken_in(tools, message(name, ONE)))[0], Imported)
    found = await taken_in(tools, *(message(name, MANY) for name in NOW))

    assert [(one.kind, one.is_new) for one in found if isinstance(one, Imported)] == [
        ("duty_to_notify" if name.startswith("duty") else "nrm", True) for name in NOW
    ]
    made = {row["external_id"]: row for row in await admin.fetch(RECORDS)}
    for name in NOW:
        alone, in_company = (made[message(name, way)["ExternalId"]] for way in (ONE, MANY))
        assert tuple(alone)[2:] == tuple(in_company)[2:]
        assert await trail(admin, alone["id"]) == await trail(admin, in_company["id"]), name


async def test_many_cost_little_more_than_one(tools: Tools) -> None:
    async with tools.enter(IMPORTER_SECRET) as reading:
        assert reading
        await import_message(reading, message("child", ONE), Arrival())
        alone = reading.statements
    async with tools.enter(IMPORTER_SECRET) as reading:
        assert reading
        await reading.all_of([import_message(reading, message(name, MANY), Arrival()) for name in NOW])

    assert len(NOW) > 8
    assert reading.statements < 3 * alone


async def test_one_that_is_wrong_is_refused_and_the_others_stand(tools: Tools, admin: asyncpg.Connection) -> None:
    wrong = message("child", MANY, **{"Customer.DOB": "yesterday"})

    good, refused, other = await taken_in(tools, message("child", ONE), wrong, message("adult_without_support", ONE))

    assert isinstance(good, Imported)
    assert isinstance(refused, Invalid)
    assert isinstance(other, Imported)
    assert [problem.path for problem in refused.problems] == ["Customer.DOB"]
    references = {row[0] for row in await admin.fetch("SELECT reference FROM record")}
    assert references == {good.reference, other.reference}


async def test_the_same_form_twice_is_taken_in_once(tools: Tools, admin: asyncpg.Connection) -> None:
    first, again, other = await taken_in(
        tools, message("child", ONE), message("child", ONE), message("adult_without_support", ONE)
    )

    assert isinstance(first, Imported)
    assert isinstance(other, Imported)
    assert again == replace(first, is_new=False)
    assert sorted(row[0] for row in await admin.fetch("SELECT reference FROM record")) == sorted(
        [first.reference, other.reference]
    )


@pytest.mark.parametrize("many", [1, 2])
async def test_without_a_session_nothing_is_taken_in(tools: Tools, admin: asyncpg.Connection, many: int) -> None:
    before = await stored(admin)

    with pytest.raises(NoSessionError):
        await taken_in(tools, *[message("child", ONE)] * many, secret="nobody's secret")
    assert await stored(admin) == before


async def test_what_one_gives_up_nobody_keeps(tools: Tools, admin: asyncpg.Connection) -> None:
    async def gives_up(reading: Reading) -> None:
        async with reading.attempt() as attempt:
            attempt.give_up()

    async def all_of_them() -> None:
        async with tools.enter(IMPORTER_SECRET) as reading:
            assert reading
            await reading.all_of([import_message(reading, message("child", ONE), Arrival()), gives_up(reading)])

    before = await stored(admin)
    with pytest.raises(GivenUpError):
        await all_of_them()

    assert await stored(admin) == before
    assert isinstance((await taken_in(tools, message("child", ONE)))[0], Imported)
