"""Nothing of what somebody may not read comes to them by way of what they write, neither into it nor by an error."""

import json
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from tests.services.database.raw import admit, transaction
from tests.services.database.world import World
from tests.world.template import IMPORTER_SECRET

pytestmark = pytest.mark.anyio

LATER = "Kayleigh Madeup"
ADD_VERSION = """
    INSERT INTO group_content (record_id, data_group, version, content, recorded_at, recorded_by)
    SELECT $1, 'identity', max(g.version) + 1, $2::jsonb, moment(), min(m.id::text)::uuid
    FROM group_content g, member m WHERE g.record_id = $1 AND g.data_group = 'identity'
"""
RECORD = "SELECT record_groups($1::jsonb[])"
INVOLVE = "SELECT involve($1::jsonb[])"
READ = "SELECT version, content FROM group_content WHERE data_group = 'identity'"
OPENER = "eps-1"


async def concern_that_went_on(world: World) -> UUID:
    """A school's concern of which somebody else has recorded the identity anew, with a name."""
    record = world.records["concern"]
    content = {"first_name": LATER, "nationality": "British"}
    await world.platform.admin.execute(ADD_VERSION, record, json.dumps(content))
    return record


def identity(record: UUID, **changes: Any) -> str:
    """One group as the program gives it to the database."""
    return json.dumps({"record": str(record), "group": "identity", "content": {}} | changes)


async def words_of(raw: asyncpg.Connection, statement: str, *values: Any) -> str:
    """Everything that the error says."""
    undone = raw.transaction()
    await undone.start()
    with pytest.raises(asyncpg.PostgresError) as problem:
        await raw.execute(statement, *values)
    await undone.rollback()
    return str(problem.value.as_dict())


async def test_who_is_shown_what_they_wrote_keeps_nothing_of_what_others_wrote_since(own_world: World) -> None:
    record = await concern_that_went_on(own_world)
    async with transaction(own_world.database, own_world.secret(OPENER)) as raw:
        (mine,) = await own_world.platform.admin.fetch(READ + " AND record_id = $1 AND version = 1", record)
        said = json.loads(mine["content"])
        assert (await admit(raw, record, (), "case.wait", ["identity"]))["writes"] == ["identity"]

        await raw.execute(RECORD, [identity(record, content={"gender": "female"}, kept=["first_name", *said])])
        await admit(raw, record, ["identity"])
        read = {row["version"]: json.loads(row["content"]) for row in await raw.fetch(READ)}

    assert LATER not in str(read)
    assert read == {3: said | {"gender": "female"}}


async def test_who_stands_to_a_record_without_a_scope_keeps_what_is_there(own_world: World) -> None:
    record = own_world.records["adult"]
    async with transaction(own_world.database, own_world.secret("wyp-1")) as raw:
        await admit(raw, record, ["identity"], "referral.submit", ["identity"])
        (before,) = [json.loads(row["content"]) for row in await raw.fetch(READ)]

        await raw.execute(RECORD, [identity(record, kept=[*before])])
        contents = [json.loads(row["content"]) for row in await raw.fetch(READ + " ORDER BY version")]

    assert before
    assert contents == [before, before]


@pytest.mark.parametrize("content", [[], "text", None, 1])
@pytest.mark.parametrize("secret", [OPENER, None], ids=["the opener", "the import"])
async def test_an_error_of_what_is_written_shows_nothing_of_what_stands_there(
    own_world: World, content: Any, secret: str | None
) -> None:
    record = await concern_that_went_on(own_world)
    async with transaction(own_world.database, own_world.secret(secret) if secret else IMPORTER_SECRET) as raw:
        if secret is None:
            reference = await own_world.platform.admin.fetchval("SELECT reference FROM record WHERE id = $1", record)
            assert await raw.fetchval("SELECT join_concern($1, 'p', 'b')", reference) == record
        act = "case.wait" if secret else "referral.import"
        assert (await admit(raw, record, (), act, ["identity"]))["writes"] == ["identity"]
        wrong = identity(record, content=content, kept=["first_name"])

        words = await words_of(raw, RECORD, [wrong])
        twice = await words_of(raw, RECORD, [identity(record), identity(record)])

    assert "one object" in words
    for told in (words, twice):
        assert "Kayleigh" not in told
        assert "Failing row" not in told
        assert "already exists" not in told


@pytest.mark.parametrize("part", ["agency", "function", "purpose", "lawful_basis", "source"])
@pytest.mark.parametrize("value", ["", None])
async def test_an_error_of_an_involvement_shows_no_day_of_the_record(world: World, part: str, value: Any) -> None:
    record = world.records["adult"]
    agency = await world.platform.admin.fetchval("SELECT id FROM agency WHERE code = 'greater-manchester-police'")
    asked = {
        "record": str(record),
        "agency": str(agency),
        "function": "investigating_police",
        "relation": "investigating_police",
        "purpose": "p",
        "lawful_basis": "b",
        "source": "s",
    }
    async with transaction(world.database, world.secret("wyp-4", "first_responder")) as raw:
        assert (await admit(raw, record, (), "referral.submit"))["may_act"]

        words = await words_of(raw, INVOLVE, [json.dumps(asked | {part: value})])

    assert "says all of this" in words
    assert "Failing row" not in words
