"""T4: a bar never grows any answer, takes everything from whom it names, and nothing from anybody else."""

from typing import Any
from uuid import UUID

import asyncpg
import pytest

from tests.services.database.raw import ADMIT
from tests.services.database.world import World
from tests.world.server import FreshDatabase

pytestmark = pytest.mark.anyio

Key = tuple[str, str, UUID]
GROUPS = "SELECT DISTINCT data_group FROM policy_grant WHERE action IN ('see', 'summary') ORDER BY 1"
BAR = """
    INSERT INTO access_bar (record_id, member_id, agency_id, reason, from_at)
    VALUES ($1, $2, $3, 'Invented', '2020-01-01')
"""
PEOPLE = "SELECT subject, id, agency_id FROM member WHERE NOT is_service"


async def answers(raw: asyncpg.Connection, world: World, record: UUID, groups: list[str]) -> dict[Key, Any]:
    """What everybody is handed out of one record, by person and function; nothing is kept."""
    found: dict[Key, Any] = {}
    for (subject, function), secret in world.secrets.items():
        await raw.fetch("SELECT * FROM enter($1)", secret)
        for row in await raw.fetch(ADMIT, [str(record)], groups, "see", []):
            parts = {*row["groups"], *(f"summary of {g}" for g in row["summaries"]), *row["pins"]}
            found[subject, function, record] = parts
    return found


async def test_over_everybody_and_every_bar(own_copy: FreshDatabase, own_world: World) -> None:
    admin = own_world.platform.admin
    people = {row["subject"]: row for row in await admin.fetch(PEOPLE)}
    groups = [row["data_group"] for row in await admin.fetch(GROUPS)]
    compared = 0
    for record in own_world.records.values():
        before = await _undone(admin, own_world, record, groups, None, None)
        knowing = {people[subject]["agency_id"] for subject, _, _ in before}
        bars = [(people[subject]["id"], None) for subject, _, _ in before] + [(None, agency) for agency in knowing]
        for member, agency in bars:
            after = await _undone(admin, own_world, record, groups, member, agency)
            for key, parts in before.items():
                is_barred = people[key[0]]["id"] == member or people[key[0]]["agency_id"] == agency
                assert after.get(key, set()) == (set() if is_barred else parts), (key, member, agency)
                compared += 1
            assert after.keys() <= before.keys()
    assert compared > 200


async def _undone(
    admin: asyncpg.Connection, world: World, record: UUID, groups: list[str], member: UUID | None, agency: UUID | None
) -> dict[Key, Any]:
    trial = admin.transaction()
    await trial.start()
    try:
        if member or agency:
            await admin.execute(BAR, record, member, agency)
        return await answers(admin, world, record, groups)
    finally:
        await trial.rollback()
