"""Nothing is served on a database that does not protect its rows or may lose what it acknowledged."""

import os
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

import pytest

from services.database.addresses import as_role
from services.database.engine import Database
from services.database.start_checks import UnsafeDatabaseError, check, check_quickly, check_sign_in
from tests.services.database.world import World

pytestmark = pytest.mark.anyio

HEADER = "LANGUAGE sql SECURITY DEFINER"
SAFE = "SET search_path = pg_catalog, public, pg_temp"
OPENED = {
    "a table without row security": ("ALTER TABLE referral DISABLE ROW LEVEL SECURITY", "no row security: referral"),
    "a table whose owner goes round it": ("ALTER TABLE clock NO FORCE ROW LEVEL SECURITY", "no row security: clock"),
    "a new table that nobody thought of": (
        "CREATE TABLE note (record_id uuid, said text); GRANT SELECT ON note TO concordat_app",
        "no row security: note",
    ),
    "one column of it": (
        "CREATE TABLE note (record_id uuid, said text); GRANT SELECT (said) ON note TO concordat_app",
        "no row security: note",
    ),
    "a new table in a schema of its own": (
        "CREATE SCHEMA reports; CREATE TABLE reports.week (said text); GRANT SELECT ON reports.week TO concordat_app",
        "no row security: week",
    ),
    "a public table to write in": ("GRANT INSERT ON policy_grant TO concordat_app", "reading only: policy_grant"),
    "a view that goes round it": (
        "CREATE VIEW all_content AS SELECT * FROM group_content; GRANT SELECT ON all_content TO concordat_app",
        "somebody else: all_content",
    ),
    "a copy of the rows": (
        "CREATE MATERIALIZED VIEW copied AS SELECT * FROM case_fact; GRANT SELECT ON copied TO concordat_app",
        "somebody else: copied",
    ),
    "a sign-in that the work may begin": (
        "GRANT EXECUTE ON FUNCTION end_session(text) TO concordat_app",
        "open to the work: end_session",
    ),
    "a rule that copies what is written": (
        "CREATE TABLE copied (said text);"
        " CREATE RULE copy AS ON INSERT TO case_fact DO ALSO INSERT INTO copied VALUES (new.value)",
        "rewrite what is asked of them: case_fact",
    ),
    "a policy for all": (
        "CREATE POLICY helpful ON group_content FOR SELECT TO concordat_app USING (true)",
        "everything through: helpful on group_content",
    ),
    "a function that trusts its caller's search path": (
        f"CREATE FUNCTION peek() RETURNS bigint {HEADER} AS 'SELECT count(*) FROM record';"
        " ALTER FUNCTION peek() OWNER TO concordat_gatekeeper",
        "who calls: peek",
    ),
    "a function of the superuser's": (
        f"CREATE FUNCTION peek() RETURNS bigint {HEADER} {SAFE} AS 'SELECT count(*) FROM record'",
        "another than the gatekeeper: peek",
    ),
    "a function for everybody": ("GRANT EXECUTE ON FUNCTION standing(uuid[]) TO PUBLIC", "may run these .*standing"),
    "a place to put things": ("GRANT CREATE ON SCHEMA public TO concordat_app", "create things here: public"),
    "samples of the rows": ("GRANT SELECT ON pg_statistic TO concordat_app", "samples of hidden rows: pg_statistic"),
    "a function changed by hand": (
        "CREATE OR REPLACE FUNCTION my_agency() RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER"
        f" {SAFE} AS 'SELECT id FROM agency LIMIT 1'",
        "by hand.*: function public.my_agency",
    ),
    "a function that is not of the files": (
        f"CREATE FUNCTION peek() RETURNS bigint {HEADER} {SAFE} AS 'SELECT count(*) FROM record';"
        " ALTER FUNCTION peek() OWNER TO concordat_gatekeeper; REVOKE ALL ON FUNCTION peek() FROM PUBLIC",
        "by hand.*: function public.peek",
    ),
    "a function given to the application": (
        "GRANT EXECUTE ON FUNCTION standing(uuid[]) TO concordat_app",
        "by hand.*: function public.standing",
    ),
    "a function in other hands": ("ALTER FUNCTION moment() OWNER TO concordat_owner", "by hand.*: function public.mom"),
    "a policy that is wider": (
        "ALTER POLICY admitted ON group_content USING (record_id IS NOT NULL)",
        "by hand.*: policy admitted on group_content",
    ),
    "a policy that is gone": ("DROP POLICY imported_for ON referral", "by hand.*: policy imported_for on referral"),
    "more than the list of grants": ("GRANT SELECT ON access_bar TO concordat_app", "by hand.*: grants on access_bar"),
    "a column more": ("GRANT SELECT (reason) ON access_bar TO concordat_app", "by hand.*: grants on access_bar"),
    "a grant to somebody unknown": ("GRANT SELECT ON record TO PUBLIC", "by hand.*: grants on record"),
    "a check that is gone": (
        "ALTER TABLE administrative_proposal DROP CONSTRAINT two_people_decide",
        "by hand.*: constraint two_people_decide",
    ),
    "a trigger that sleeps": (
        "ALTER TABLE administrative_record DISABLE TRIGGER never_changed",
        "by hand.*: trigger never_changed",
    ),
    "another order of things": ("DROP INDEX involvement_once", "by hand.*: index involvement_once"),
    "another gatekeeper": ("UPDATE gatekeeper_version SET digest = 'another'", "gatekeeper"),
    "no gatekeeper": ("DELETE FROM gatekeeper_version", "gatekeeper"),
    "another policy": ("INSERT INTO policy_version (version, loaded_at) VALUES ('another', now())", "policy"),
    "a rule more": (
        "INSERT INTO policy_grant SELECT policy_version, 'oversight', relation, case_class, access_level, data_group,"
        " action, effect, 'R999' FROM policy_grant LIMIT 1",
        "not those of the rules: R999",
    ),
    "a rule less": ("DELETE FROM policy_grant WHERE rule = 'R801'", "not those of the rules: R801"),
    "a rule turned round": ("UPDATE policy_grant SET effect = 'allow' WHERE rule = 'R801'", "not those .*: R801"),
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


async def test_a_view_that_reads_as_its_reader_is_no_hole_but_nobody_made_it(own_world: World) -> None:
    view = "CREATE VIEW mine WITH (security_invoker = true) AS SELECT * FROM group_content"
    await own_world.platform.admin.execute(view)

    with pytest.raises(UnsafeDatabaseError, match=r"^Changed by hand since `migrate`: grants on mine, table mine"):
        await checked(own_world.database.app_url)


async def test_a_server_whose_triggers_are_off_serves_nothing(own_world: World) -> None:
    name = urlsplit(own_world.database.admin_url).path.strip("/")
    await own_world.platform.admin.execute(f'ALTER DATABASE "{name}" SET session_replication_role = replica')

    with pytest.raises(UnsafeDatabaseError, match="switched off"):
        await checked(own_world.database.app_url)


async def test_somebody_who_may_become_the_gatekeeper_is_named(own_world: World) -> None:
    """Roles belong to the whole server, so it is one of this test's own."""
    admin, role = own_world.platform.admin, f"concordat_deputy_{os.getpid()}"
    await admin.execute(f"CREATE ROLE {role} LOGIN; GRANT concordat_gatekeeper TO {role}")
    try:
        with pytest.raises(UnsafeDatabaseError, match=f"may become the owner or the gatekeeper: {role}"):
            await checked(own_world.database.app_url)
    finally:
        await admin.execute(f"DROP ROLE {role}")


async def test_the_quick_check_for_health_knows_the_version_and_the_role(own_world: World) -> None:
    database = Database(own_world.database.app_url, pool_size=1)
    try:
        await check_quickly(database)
        await own_world.platform.admin.execute("UPDATE gatekeeper_version SET digest = 'another'")
        with pytest.raises(UnsafeDatabaseError, match="gatekeeper"):
            await check_quickly(database)
    finally:
        await database.close()


TOO_STRONG = {
    "a superuser": "ALTER ROLE {role} SUPERUSER",
    "one that row security does not bind": "ALTER ROLE {role} BYPASSRLS",
    "one that makes roles": "ALTER ROLE {role} CREATEROLE",
    "one that copies the whole server": "ALTER ROLE {role} REPLICATION",
    "a friend of the gatekeeper's": "GRANT concordat_gatekeeper TO {role}",
    "the migrator's deputy": "GRANT concordat_migrator TO {role}",
    "one that makes databases": "ALTER ROLE {role} CREATEDB",
    "one that reads every table": "GRANT pg_read_all_data TO {role}",
    "one that reads what others ask": "GRANT pg_read_all_stats TO {role}",
    "an owner of a function": "CREATE FUNCTION own() RETURNS int LANGUAGE sql AS 'SELECT 1';"
    " ALTER FUNCTION own() OWNER TO {role}",
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
