"""Each test has a database of its own, and leaves none behind."""

import asyncio

import asyncpg

from tests.world.server import clone


async def databases(server: str) -> set[str]:
    connection = await asyncpg.connect(server)
    try:
        return {row["datname"] for row in await connection.fetch("SELECT datname FROM pg_database")}
    finally:
        await connection.close()


def test_two_clones_share_nothing_and_are_dropped_afterwards(database_server: str) -> None:
    before = asyncio.run(databases(database_server))
    with clone(database_server, "template1") as first, clone(database_server, "template1") as second:
        asyncio.run(_write(first.admin_url))
        assert asyncio.run(_tables(second.admin_url)) == 0
        assert asyncio.run(_tables(first.admin_url)) == 1
        assert len(asyncio.run(databases(database_server)) - before) == 2
    assert asyncio.run(databases(database_server)) == before


def test_the_application_address_names_its_role_and_not_the_administrator(database_server: str) -> None:
    with clone(database_server, "template1") as database:
        assert "://concordat_app:" in database.app_url
        assert database.app_url.partition("@")[2] == database.admin_url.partition("@")[2]
        assert database.admin_url.partition("@")[0] not in database.app_url


async def _write(address: str) -> None:
    connection = await asyncpg.connect(address)
    await connection.execute("CREATE TABLE written (a int)")
    connection.terminate()


async def _tables(address: str) -> object:
    connection = await asyncpg.connect(address)
    try:
        return await connection.fetchval("SELECT count(*) FROM pg_tables WHERE tablename = 'written'")
    finally:
        await connection.close()
