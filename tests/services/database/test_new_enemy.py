"""T28: content that is written after a change of access never reaches who was shut out, and a look never waits."""

import asyncpg
import pytest

from tests.services.database.raw import admit, connection, transaction
from tests.services.database.world import World

pytestmark = pytest.mark.anyio

TAKE_ON = "SELECT assign($1, my_member(), NULL, 'a reason', false)"
CHANGES = {
    "assign": ("wyp-2", "case.assign", (), TAKE_ON),
    "involve": (
        "wyp-4",
        "referral.submit",
        (),
        "SELECT involve(array_agg(jsonb_build_object('record', $1::uuid, 'agency', id, 'function',"
        " 'investigating_police', 'relation', 'investigating_police', 'purpose', 'p', 'lawful_basis', 'b',"
        " 'source', 's')))"
        " FROM agency WHERE code = 'greater-manchester-police'",
    ),
    "end_own_involvement": ("wyp-4", "case.assign", (), "SELECT end_own_involvement(ARRAY[$1::uuid], 'referrer')"),
}


async def change(world: World, name: str) -> None:
    """Somebody's access to the record changes, for good."""
    subject, act, to_write, statement = CHANGES[name]
    function = "first_responder" if subject == "wyp-4" else None
    async with connection(world.database) as raw, raw.transaction(isolation="repeatable_read"):
        await raw.execute("SET LOCAL lock_timeout = '200ms'")
        await raw.fetch("SELECT * FROM enter($1)", world.secret(subject, function))
        row = await admit(raw, world.records["adult"], (), act, to_write)
        assert row is not None
        assert row["may_act"]
        await raw.execute(statement, world.records["adult"])


@pytest.mark.parametrize("name", CHANGES)
async def test_a_writer_who_began_before_a_change_of_access_has_to_begin_again(own_world: World, name: str) -> None:
    record = own_world.records["adult"]
    async with transaction(own_world.database, own_world.secret("wyp-1")) as writer:
        await change(own_world, name)

        with pytest.raises(asyncpg.SerializationError) as problem:
            await admit(writer, record, (), "case.assign", ["identity"])
    assert problem.value.sqlstate == "40001"


async def test_a_change_of_access_waits_for_a_writer_who_was_admitted(own_world: World) -> None:
    record = own_world.records["adult"]
    async with transaction(own_world.database, own_world.secret("wyp-1")) as writer:
        await admit(writer, record, (), "case.assign", ["identity"])
        with pytest.raises(asyncpg.LockNotAvailableError):
            await change(own_world, "assign")

    await change(own_world, "assign")


async def test_two_writers_of_a_record_do_not_wait_for_each_other(own_world: World) -> None:
    record = own_world.records["adult"]
    database = own_world.database
    async with (
        transaction(database, own_world.secret("wyp-1")) as first,
        transaction(database, own_world.secret("wyp-4", "first_responder")) as second,
    ):
        await second.execute("SET LOCAL lock_timeout = '200ms'")
        for writer in (first, second):
            assert (await admit(writer, record, (), "case.assign", ["identity"]))["writes"] == ["identity"]


async def test_a_look_neither_waits_for_a_change_of_access_nor_sees_half_of_it(own_world: World) -> None:
    record = own_world.records["adult"]
    async with (
        transaction(own_world.database, own_world.secret("wyp-2")) as changing,
        transaction(own_world.database, own_world.secret("wyp-1")) as reader,
    ):
        await admit(changing, record, (), "case.assign")
        await changing.execute(TAKE_ON, record)
        await reader.execute("SET LOCAL lock_timeout = '200ms'")
        await admit(reader, record)

        assert await reader.fetchval("SELECT access_version FROM record WHERE id = $1", record) is not None
        assert (
            await reader.fetchval(
                "SELECT count(*) FROM assignment WHERE record_id = $1 AND member_id IS NOT NULL", record
            )
            == 1
        )


@pytest.mark.parametrize("name", CHANGES)
async def test_every_change_of_access_counts_the_record_on(own_world: World, name: str) -> None:
    version = "SELECT access_version FROM record WHERE id = $1"
    before = await own_world.platform.admin.fetchval(version, own_world.records["adult"])

    await change(own_world, name)

    assert await own_world.platform.admin.fetchval(version, own_world.records["adult"]) > before
