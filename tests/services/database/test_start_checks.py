"""Nothing is served on a database that does not protect its rows or may lose what it acknowledged."""

import os
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

import pytest

from services.database.addresses import as_role
from services.database.engine import Database
from services.database.start_checks import UnsafeDatabaseError, check, check_sign_in
from tests.services.database.world import World

pytestmark = pytest.mark.anyio

OPENED = {
    "a table without row security": ("ALTER TABLE referral DISABLE ROW LEVEL SECURITY", "referral"),
    "a table whose owner goes round it": ("ALTER TABLE clock NO FORCE ROW LEVEL SECURITY", "clock"),
    "a new table that nobody thought of": (
        "CREATE TABLE note (record_id uuid, said text); GRANT SELECT ON note TO concordat_app",
        "note",
    ),
    "a view that goes round it": (
        "CREATE VIEW all_content AS SELECT * FROM group_content; GRANT SELECT ON all_content TO concordat_app",
        "all_content",
    ),
    "a copy of the rows": (
        "CREATE MATERIALIZED VIEW copied AS SELECT * FROM case_fact; GRANT SELECT ON copied TO concordat_app",
        "copied",
    ),
    "a sign-in that the work may begin": (
        "GRANT EXECUTE ON FUNCTION end_session(text) TO concordat_app",
        "end_session",
    ),
    "another gatekeeper": ("UPDATE gatekeeper_version SET digest = 'another'", "gatekeeper"),
    "no gatekeeper": ("DELETE FROM gatekeeper_version", "gatekeeper"),
    "another policy": ("INSERT INTO policy_version (version, loaded_at) VALUES ('another', now())", "policy"),
}


async def checked(url: str, ask: Callable[..., Awaitable[None]] = check, *, allow_loss: bool = True) -> None:
    """Run the check as the processes do, on an address."""
    database = Database(url, pool_size=1)
    try:
        await (ask(database, allow_loss=allow_loss) if ask is check else ask(database))
    finally:
        await database.close()


async def test_a_prepared_database_is_safe(world: World) -> None:
    await checked(world.database.app_url)


async def test_the_administrators_address_is_refused(world: World) -> None:
    with pytest.raises(UnsafeDatabaseError, match="too strong"):
        await checked(world.database.admin_url)


@pytest.mark.parametrize(("sql", "named"), OPENED.values(), ids=OPENED)
async def test_a_wall_that_was_taken_down_stops_the_start(own_world: World, sql: str, named: str) -> None:
    await checked(own_world.database.app_url)
    await own_world.platform.admin.execute(sql)

    with pytest.raises(UnsafeDatabaseError, match=named):
        await checked(own_world.database.app_url)


async def test_a_sign_in_that_reads_is_refused(own_world: World) -> None:
    database = Database(own_world.database.sign_in_url, pool_size=1)
    try:
        await check_sign_in(database)
        await own_world.platform.admin.execute("GRANT SELECT (issuer) ON provider TO concordat_sign_in")
        with pytest.raises(UnsafeDatabaseError, match="reaches tables: provider"):
            await check_sign_in(database)
    finally:
        await database.close()


TOO_STRONG = {
    "a superuser": "ALTER ROLE {role} SUPERUSER",
    "one that row security does not bind": "ALTER ROLE {role} BYPASSRLS",
    "one that makes roles": "ALTER ROLE {role} CREATEROLE",
    "one that copies the whole server": "ALTER ROLE {role} REPLICATION",
    "a friend of the gatekeeper's": "GRANT concordat_gatekeeper TO {role}",
    "the migrator's deputy": "GRANT concordat_migrator TO {role}",
    "an owner": "CREATE TABLE own (a int); ALTER TABLE own OWNER TO {role}",
}


@pytest.mark.parametrize("sql", TOO_STRONG.values(), ids=TOO_STRONG)
async def test_a_role_that_may_do_more_than_it_needs_is_refused(own_world: World, sql: str) -> None:
    """Roles belong to the whole server, so each is tried on one of this test's own."""
    admin, role = own_world.platform.admin, f"concordat_test_{os.getpid()}"
    await admin.execute(f"CREATE ROLE {role} LOGIN PASSWORD 'invented'")
    try:
        await admin.execute(sql.format(role=role))
        for ask in (check, check_sign_in):
            with pytest.raises(UnsafeDatabaseError, match="too strong"):
                await checked(as_role(own_world.database.admin_url, role, "invented"), ask)
    finally:
        await admin.execute(f"DROP OWNED BY {role}; DROP ROLE {role}")


async def test_a_server_that_may_lose_what_it_acknowledged_is_for_tests_only(own_world: World) -> None:
    name = urlsplit(own_world.database.admin_url).path.strip("/")
    await own_world.platform.admin.execute(f'ALTER DATABASE "{name}" SET synchronous_commit = off')

    await checked(own_world.database.app_url)
    with pytest.raises(UnsafeDatabaseError, match="synchronous_commit"):
        await checked(own_world.database.app_url, allow_loss=False)
