"""What the tables themselves refuse, by whichever way somebody writes to them."""

from collections.abc import AsyncIterator

import asyncpg
import pytest

from tests.services.database.raw import REFUSED, give_session, transaction
from tests.world.platform import Platform, running_platform
from tests.world.server import FreshDatabase

pytestmark = pytest.mark.anyio
GIVE = """
    INSERT INTO member_function (member_id, function, access_level, valid_from, valid_until)
    SELECT id, $2, 'practitioner', $3::text::date, $4::text::date FROM member WHERE subject = $1
"""
WRITTEN_BY_FUNCTIONS_ONLY = (
    "administrative_proposal",
    "administrative_record",
    "training",
    "incompatible_pair",
    "entered_regime_row",
)


@pytest.fixture
async def platform(fresh_database: FreshDatabase) -> AsyncIterator[Platform]:
    async with running_platform(fresh_database) as built:
        yield built


async def test_who_decides_never_enforces_and_the_other_way_round(platform: Platform) -> None:
    with pytest.raises(asyncpg.CheckViolationError):
        await platform.admin.execute(GIVE, "sca-1", "home_office_operations", "2026-01-01", None)
    await platform.admin.execute(GIVE, "wyp-1", "home_office_operations", "2026-01-01", "2026-02-01")
    with pytest.raises(asyncpg.CheckViolationError):
        await platform.admin.execute(GIVE, "wyp-1", "decision_maker", "2026-01-31", None)
    await platform.admin.execute(GIVE, "wyp-1", "decision_maker", "2026-02-01", None)
    with pytest.raises(asyncpg.CheckViolationError):
        await platform.admin.execute("UPDATE member_function SET valid_until = NULL WHERE valid_until = '2026-02-01'")


async def test_one_function_is_held_once_at_a_time(platform: Platform) -> None:
    with pytest.raises(asyncpg.ExclusionViolationError):
        await platform.admin.execute(GIVE, "wyp-1", "first_responder", "2026-01-01", None)


async def test_both_pairs_stand_as_rows_with_their_source(platform: Platform) -> None:
    rows = await platform.admin.fetch("SELECT kind, one, other, because, source FROM incompatible_pair ORDER BY kind")

    assert [(row["kind"], row["one"], row["other"]) for row in rows] == [
        ("acts_on_one_case", "decide", "reconsider"),
        ("functions_of_one_person", "decision_maker", "home_office_operations"),
    ]
    assert all(row["because"] and row["source"] for row in rows)


@pytest.mark.parametrize("statement", ["UPDATE {} SET at = moment()", "DELETE FROM {}"])
async def test_a_line_of_the_administrative_ledger_is_never_changed(platform: Platform, statement: str) -> None:
    await (await platform.sign_in("wyp-5")).ask("{ people { edges { node { id } } } }")
    assert await platform.admin.fetchval("SELECT count(*) FROM administrative_record WHERE verdict = 'read'") == 1

    with pytest.raises(REFUSED):
        await platform.admin.execute(statement.format("administrative_record"))


async def test_the_application_reads_and_writes_none_of_it_by_hand(platform: Platform) -> None:
    secret = await give_session(platform.admin, "wyp-5", "first_responder")
    for table in (*WRITTEN_BY_FUNCTIONS_ONLY, "member_function"):
        for statement in (f"SELECT FROM {table}", f"DELETE FROM {table}", f"INSERT INTO {table} DEFAULT VALUES"):
            async with transaction(platform.database, secret) as raw:
                with pytest.raises(REFUSED):
                    await raw.execute(statement)


@pytest.mark.parametrize(
    "inner",
    [
        "add_member(NULL, '{}', 'administrator', NULL)", "give_function(NULL, '{}', 'administrator', NULL)",
        "change_level(NULL, 'x', 'approver', NULL)", "apply_change('function.give', NULL, '{}', NULL)",
        "apply_single('function.end', NULL, '{}')", "onboard_agency('{}', NULL)", "end_function(NULL, 'x', NULL)",
        "write_administration('x', 'done', NULL, NULL, NULL, NULL, NULL, NULL)", "member_state(NULL)",
    ],
)  # fmt: skip
async def test_the_bare_changes_are_the_gatekeepers_own(platform: Platform, inner: str) -> None:
    secret = await give_session(platform.admin, "wyp-5", "first_responder")
    async with transaction(platform.database, secret) as raw:
        with pytest.raises(REFUSED, match="permission denied for function"):
            await raw.execute(f"SELECT {inner}")
