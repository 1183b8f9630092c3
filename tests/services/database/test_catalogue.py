"""T17, T19: what the catalogue says of tables, functions and roles; a new object is covered from its first day."""

import pytest

from services.database.openings import PUBLIC_TABLES
from tests.services.database.raw import connection, guarded_tables, refused, sign_in_connection, transaction
from tests.services.database.world import World

pytestmark = pytest.mark.anyio

BOOKKEEPING = {"alembic_version"}  # not readable by the application
INSERTED_DIRECTLY = {
    "case_fact", "referral", "clock", "outbox", "notice", "idempotency", "notice_step", "notice_preference",
}  # fmt: skip
TABLES = """
    SELECT c.relname AS name, c.relrowsecurity AND c.relforcerowsecurity AS guarded, c.relkind::text AS kind,
           pg_get_userbyid(c.relowner) AS owner, array_remove(array_agg(DISTINCT p.polcmd::text), NULL) AS commands,
           bool_or(p.polpermissive AND pg_get_expr(p.polqual, p.polrelid) = 'true') AS open
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_policy p ON p.polrelid = c.oid
    WHERE n.nspname = 'public' AND c.relkind = ANY ('{r,p,v,m,f}') GROUP BY c.oid ORDER BY c.relname
"""
GRANTS = """
    SELECT table_name AS name, privilege_type AS what FROM information_schema.table_privileges
    WHERE grantee = $1 AND table_schema = 'public'
"""
FUNCTIONS = """
    SELECT p.oid::regprocedure::text AS name, p.prosecdef AS definer, pg_get_userbyid(p.proowner) AS owner,
           p.proconfig AS config,
           EXISTS (SELECT FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
                   WHERE a.grantee = 0 AND a.privilege_type = 'EXECUTE') AS by_everybody,
           p.prosrc AS source, has_function_privilege('concordat_app', p.oid, 'EXECUTE') AS by_app,
           has_function_privilege('concordat_sign_in', p.oid, 'EXECUTE') AS by_sign_in
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = 'public'
"""
ROLES = """
    SELECT rolname AS name, rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication AS strong,
           rolbypassrls AS bypasses,
           rolcanlogin AS signs_in,
           ARRAY(SELECT g.rolname::text FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid
                 WHERE m.member = r.oid) AS joins
    FROM pg_roles r WHERE rolname LIKE 'concordat\\_%'
"""
INTERNAL = {
    "add_involvement", "standing", "cells", "case_classes", "change_of_access", "record_ids", "may", "leads",
    "my_charge", "barred", "is_listed", "is_my_line", "given_to", "may_receive", "held",
    "add_scoped_involvement", "close_share", "end_named_shares", "only_for_others",
    "who_gets", "request_status", "is_unanswered", "may_be_told", "takes_letter",
}  # fmt: skip


async def test_every_table_is_guarded_or_public(world: World) -> None:
    tables = await world.platform.admin.fetch(TABLES)

    assert len(tables) > 20
    unguarded = {table["name"] for table in tables if not table["guarded"]}
    assert unguarded == set(PUBLIC_TABLES) | BOOKKEEPING


async def test_a_public_table_is_about_no_person(world: World) -> None:
    """No column of it names a record, a member or a person."""
    columns = await world.platform.admin.fetch(
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_name = ANY ($1)",
        list(PUBLIC_TABLES),
    )
    about = {"record_id", "member_id", "person_id", "session_id", "subject", "display_name"}

    assert {row["column_name"] for row in columns} & about == set()


async def test_no_policy_lets_everything_through_and_no_view_goes_round_them(world: World) -> None:
    tables = await world.platform.admin.fetch(TABLES)

    assert [table["name"] for table in tables if table["open"]] == []
    assert {table["kind"] for table in tables} <= {"r", "p"}


async def test_a_grant_without_a_policy_for_it_stands_nowhere(world: World) -> None:
    letters = {"SELECT": "r", "INSERT": "a", "UPDATE": "w", "DELETE": "d"}
    commands = {table["name"]: set(table["commands"]) for table in await world.platform.admin.fetch(TABLES)}
    grants = await world.platform.admin.fetch(GRANTS, "concordat_app")
    given = {(row["name"], letters[row["what"]]) for row in grants if row["name"] not in PUBLIC_TABLES}

    assert {grant for grant in given if not commands[grant[0]] & {grant[1], "*"}} == set()
    assert {name for name, letter in given if letter == "a"} <= INSERTED_DIRECTLY
    assert {letter for _, letter in given} == {"r", "a", "d"}
    assert {name for name, letter in given if letter == "d"} == {"referral_draft"}  # no record yet: its agency's own


async def test_nothing_is_granted_to_everybody(world: World) -> None:
    """The settable clock is the test template's own."""
    tables = {row["name"] for row in await world.platform.admin.fetch(GRANTS, "PUBLIC")}
    functions = {row["name"] for row in await world.platform.admin.fetch(FUNCTIONS) if row["by_everybody"]}

    assert (tables, functions) == ({"test_clock"}, set())


async def test_every_function_that_acts_for_the_gatekeeper_is_his_and_trusts_no_search_path(world: World) -> None:
    acting = [row for row in await world.platform.admin.fetch(FUNCTIONS) if row["definer"]]

    assert len(acting) > 30
    assert {row["owner"] for row in acting} == {"concordat_gatekeeper"}
    assert [r["name"] for r in acting if r["config"] != ["search_path=pg_catalog, public, pg_temp"]] == []


async def test_functions_that_check_nothing_are_the_gatekeepers_own(world: World) -> None:
    rows = await world.platform.admin.fetch(FUNCTIONS)
    callable_names = {row["name"].partition("(")[0] for row in rows if row["by_app"]}
    names = {row["name"].partition("(")[0] for row in rows}

    assert names >= INTERNAL
    assert callable_names & INTERNAL == set()
    assert len(callable_names) > 20


async def test_the_roles_have_the_attributes_they_are_promised(world: World) -> None:
    roles = {row["name"]: row for row in await world.platform.admin.fetch(ROLES)}

    assert {name: row["bypasses"] for name, row in roles.items()} == {
        "concordat_owner": False,
        "concordat_migrator": False,
        "concordat_app": False,
        "concordat_sign_in": False,
        "concordat_gatekeeper": True,
    }
    signing_in = {name for name, row in roles.items() if row["signs_in"]}
    assert signing_in == {"concordat_app", "concordat_sign_in", "concordat_migrator"}
    assert [name for name, row in roles.items() if row["strong"]] == []
    assert [roles[f"concordat_{name}"]["joins"] for name in ("app", "sign_in", "gatekeeper")] == [[], [], []]


async def test_only_the_sign_in_begins_sessions_and_it_does_nothing_else(world: World) -> None:
    """A statement slipped into the work cannot mint a session, and one slipped into the sign-in reads nothing."""
    rows = await world.platform.admin.fetch(FUNCTIONS)
    by_app = {row["name"] for row in rows if row["by_app"]}
    by_sign_in = {row["name"] for row in rows if row["by_sign_in"]}
    minting = {row["name"] for row in rows if "insert into session " in " ".join(row["source"].lower().split())}

    assert len(minting) == 2
    assert minting & by_app == set()
    # A system's two ways in share the step that begins a session, which nobody calls from outside.
    assert {name.partition("(")[0] for name in minting - by_sign_in} == {"begin_machine_session"}
    assert by_app & by_sign_in == {"moment()"}  # the clock is everybody's
    tables = {row["name"] for row in await world.platform.admin.fetch(GRANTS, "concordat_sign_in")}
    assert tables == set()
    async with sign_in_connection(world.database) as raw:
        assert {
            table for table in await guarded_tables(world.platform.admin) if not await refused(raw, f"TABLE {table}")
        } == set()
    async with connection(world.database) as raw:
        for call in ("sign_in_providers()", "start_session(NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)"):
            assert await refused(raw, f"SELECT * FROM {call}")


async def test_the_application_owns_nothing_and_makes_nothing(world: World) -> None:
    owned = "SELECT count(*) FROM pg_class WHERE pg_get_userbyid(relowner) = 'concordat_app'"
    assert await world.platform.admin.fetchval(owned) == 0
    assert not await world.platform.admin.fetchval("SELECT has_schema_privilege('concordat_app', 'public', 'CREATE')")


async def test_statistics_of_a_guarded_table_show_no_value_of_it(world: World) -> None:
    """T19: the planner keeps samples of the rows; the application role may not read those of what it may not read."""
    await world.platform.admin.execute("ANALYZE group_content, involvement, referral, access_record")
    sampled = "SELECT count(*) FROM pg_stats WHERE schemaname = 'public' AND tablename = ANY ($1)"
    tables = ["group_content", "involvement", "referral", "access_record"]
    async with transaction(world.database) as raw:
        shown = await raw.fetchval(sampled, tables)

    assert (shown, await world.platform.admin.fetchval(sampled, tables) > 0) == (0, True)
