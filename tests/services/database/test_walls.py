"""Row security alone: the application role without a session, or without an act, reads nothing and writes nothing."""

import pytest

from tests.services.database.raw import admit, guarded_tables, readable, refused, transaction
from tests.services.database.world import World

pytestmark = pytest.mark.anyio

OWN = {"member", "team", "team_membership"}  # people and teams of one's own agency
LISTS = {"involvement", "notice", "idempotency"}  # one's own function's, and only of records one may know
NEVER_READ = {"session", "access_record", "provider", "member_function", "access_bar", "sign_in_flow", "person"}
FILLED = (
    "record", "person", "involvement", "involvement_scope", "assignment", "lead_agency", "case_fact", "group_content",
    "group_summary", "referral", "clock", "outbox", "notice", "idempotency", "access_record", "session", "member",
)  # fmt: skip
WRITTEN_BY_FUNCTIONS_ONLY = (
    "record", "person", "involvement", "involvement_scope", "assignment", "access_bar", "lead_agency", "group_content",
    "group_summary", "decision", "access_record", "session", "member", "member_function", "agency", "agency_function",
    "policy_grant", "policy_version", "gatekeeper_version",
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
            tables = set(await readable(world.platform.admin)) - OWN - LISTS
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


async def test_nothing_is_ever_changed_deleted_or_emptied(world: World) -> None:
    """Delivering a notice is the one exception, and only the worker's session finds a row for it."""
    attempts = {
        f"{what} {table}"
        for table in await guarded_tables_of(world)
        for what in ("DELETE FROM", "TRUNCATE", f"UPDATE {table} SET", "LOCK TABLE")
    }
    async with transaction(world.database, world.secret("wyp-1")) as raw:
        await admit(raw, world.records["adult"], ["clocks", "identity"], "referral.submit", ["core", "clocks"])
        done = [text for attempt in attempts if not await refused(raw, text := await _statement(world, attempt))]

    assert done == ["UPDATE outbox SET delivered_at = delivered_at"]


async def test_the_outbox_is_the_workers_alone(world: World) -> None:
    async with transaction(world.database, world.secret("wyp-1")) as raw:
        touched = await raw.execute("UPDATE outbox SET delivered_at = moment()")

    assert touched == "UPDATE 0"


async def guarded_tables_of(world: World) -> list[str]:
    return await guarded_tables(world.platform.admin)


async def _statement(world: World, attempt: str) -> str:
    """An update sets a column that the application role may set if there is one, or any other."""
    if not attempt.startswith("UPDATE"):
        return f"{attempt} IN EXCLUSIVE MODE" if attempt.startswith("LOCK") else attempt
    table = attempt.split()[1]
    column = await world.platform.admin.fetchval(
        "SELECT column_name FROM information_schema.columns WHERE table_name = $1 AND table_schema = 'public'"
        " ORDER BY has_column_privilege('concordat_app', $1::regclass, ordinal_position::smallint, 'UPDATE') DESC,"
        " ordinal_position LIMIT 1",
        table,
    )
    return f"UPDATE {table} SET {column} = {column}"
