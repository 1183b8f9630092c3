"""Row security alone: the application role without a session, or without an act, reads nothing and writes nothing."""

import pytest

from tests.services.database.raw import (
    admit,
    carrying_a_record,
    guarded_tables,
    readable,
    refused,
    touches,
    transaction,
)
from tests.services.database.world import World
from tests.world.template import WORKER_SECRET

pytestmark = pytest.mark.anyio

LISTS = {"involvement", "notice"}  # one's own function's, and only of records one may know
NEVER_READ = {"session", "access_record", "provider", "member_function", "access_bar", "sign_in_flow", "person"}
NEVER_READ |= {"session_use", "logout_token"}
SETTABLE = """
    SELECT quote_ident(column_name) FROM information_schema.columns WHERE table_name = $1 AND table_schema = 'public'
    ORDER BY has_column_privilege('concordat_app', $1::text::regclass, ordinal_position::smallint, 'UPDATE') DESC,
             ordinal_position
    LIMIT 1
"""
FILLED = (
    "record", "person", "involvement", "involvement_scope", "assignment", "lead_agency", "case_fact", "group_content",
    "group_summary", "referral", "clock", "outbox", "notice", "idempotency", "access_record", "session", "member",
)  # fmt: skip
WRITTEN_BY_FUNCTIONS_ONLY = (
    "record", "person", "involvement", "involvement_scope", "assignment", "access_bar", "lead_agency", "group_content",
    "group_summary", "decision", "access_record", "session", "member", "member_function", "agency", "agency_function",
    "policy_grant", "policy_version", "gatekeeper_version", "session_use", "logout_token",
)  # fmt: skip


async def test_there_is_something_to_read_in_the_tables_that_matter(world: World) -> None:
    counts = {table: await world.platform.admin.fetchval(f"SELECT count(*) FROM {table}") for table in FILLED}

    assert {table for table, count in counts.items() if count == 0} == set()
    assert set(FILLED) <= set(await guarded_tables_of(world))


async def test_without_a_session_every_table_with_row_security_reads_as_empty(world: World) -> None:
    async with transaction(world.database) as raw:
        counts = {t: await raw.fetchval(f"SELECT count(*) FROM {t}") for t in await readable(world.platform.admin)}

    assert len(counts) > 10
    assert {table: count for table, count in counts.items() if count} == {}


async def test_what_nobody_needs_to_read_cannot_be_asked_for(world: World) -> None:
    async with transaction(world.database, world.secret("wyp-1")) as raw:
        open_to_all = [table for table in NEVER_READ if not await refused(raw, f"SELECT FROM {table}")]

    assert open_to_all == []


async def test_a_living_session_alone_reads_no_record(world: World) -> None:
    for secret in world.secrets.values():
        async with transaction(world.database, secret) as raw:
            tables = set(await carrying_a_record(world.platform.admin)) - LISTS
            counts = {table: await raw.fetchval(f"SELECT count(*) FROM {table}") for table in tables}

        assert {table: count for table, count in counts.items() if count} == {}


@pytest.mark.parametrize("signed_in", [False, True])
async def test_nothing_can_be_inserted_before_an_act(world: World, signed_in: bool) -> None:
    async with transaction(world.database, world.secret("wyp-1") if signed_in else None) as raw:
        tables = await guarded_tables_of(world)
        accepted = [table for table in tables if not await refused(raw, f"INSERT INTO {table} DEFAULT VALUES")]

    assert accepted == []


async def test_an_act_opens_no_table_that_only_functions_write(world: World) -> None:
    async with transaction(world.database, world.secret("wyp-1")) as raw:
        assert (await admit(raw, world.records["adult"], (), "referral.submit", ["core"]))["may_act"]
        accepted = [t for t in WRITTEN_BY_FUNCTIONS_ONLY if not await refused(raw, f"INSERT INTO {t} DEFAULT VALUES")]

    assert accepted == []


async def test_no_row_is_ever_changed_deleted_or_emptied(world: World) -> None:
    """Where a column may be set, as the worker must, an officer finds no row to set it in. Drafts have own tests."""
    tables = [table for table in await guarded_tables_of(world) if table != "referral_draft"]
    attempts = [f"{what} {table}" for table in tables for what in ("DELETE FROM", "TRUNCATE")]
    attempts += [f"LOCK TABLE {table} IN EXCLUSIVE MODE" for table in tables]
    updates = [await _update(world, table) for table in tables]
    async with transaction(world.database, world.secret("wyp-1")) as raw:
        await admit(raw, world.records["adult"], ["clocks", "identity"], "referral.submit", ["core", "clocks"])

        assert [attempt for attempt in attempts if not await refused(raw, attempt)] == []
        assert [update for update in updates if await touches(raw, update)] == []


async def test_the_worker_alone_empties_the_outbox(world: World) -> None:
    update = "UPDATE outbox SET delivered_at = NULL WHERE delivered_at IS NOT NULL"
    async with transaction(world.database, WORKER_SECRET) as raw:
        assert await raw.fetchval("SELECT count(*) FROM outbox") > 0
        assert not await touches(raw, update)  # what was delivered stays delivered
    async with transaction(world.database, world.secret("wyp-1")) as raw:
        assert await raw.fetchval("SELECT count(*) FROM outbox") == 0


async def guarded_tables_of(world: World) -> list[str]:
    return await guarded_tables(world.platform.admin)


async def _update(world: World, table: str) -> str:
    """Setting a column that the application role may set if there is one, or any other."""
    return f"UPDATE {table} SET {(column := await world.platform.admin.fetchval(SETTABLE, table))} = {column}"
