"""T8: a worklist is in the order of the dates that its reader may see, and of no others."""

from uuid import UUID

import asyncpg
import pytest

from tests.noninterference.scene import Reader, Scene
from tests.noninterference.side import Side
from tests.services.database.raw import connection

pytestmark = pytest.mark.anyio

BLIND = "DELETE FROM policy_grant WHERE function = $1 AND relation = $2 AND data_group = 'clocks'"
SOONER = """
    INSERT INTO clock (record_id, kind, form, awaits, awaits_agency_id, starts_on, due_on, proof, recorded_at)
    SELECT $1, 'hidden', 'target', 'A hidden step', agency_id, '2026-05-01', '2026-05-02', '{}', moment()
    FROM involvement WHERE record_id = $1 LIMIT 1
"""
PINNED = """
    INSERT INTO involvement_scope (involvement_id, data_group, recorded_at)
    SELECT id, 'core', moment() FROM involvement WHERE record_id = $1 AND relation = 'decision_maker'
"""


async def listed(side: Side, reader: Reader, size: int = 50) -> list[tuple[UUID, object]]:
    """Records with the date under which they stand, page after page."""
    found: list[asyncpg.Record] = []
    async with connection(side.platform.database) as raw, raw.transaction():
        await raw.fetch("SELECT * FROM enter($1)", reader.secret)
        page = await raw.fetch(f"SELECT * FROM my_records('case', '-infinity', '2000-01-01', $1, {size})", UUID(int=0))
        while page:
            found += page
            last = page[-1]
            page = await raw.fetch(
                f"SELECT * FROM my_records('case', coalesce($1, DATE '9999-12-31'), $2, $3, {size})",
                last["next_due"], last["from_at"], last["record_id"],
            )  # fmt: skip
    return [(row["record_id"], row["next_due"]) for row in found]


@pytest.mark.parametrize("size", [1, 2, 50])
async def test_t8_a_date_that_is_not_seen_moves_nothing(scene: Scene, own_side: Side, size: int) -> None:
    decider = next(reader for reader in scene.readers if reader.subject == "sca-1")
    seen = await listed(own_side, decider, size)
    assert len(seen) > 3
    assert all(due for _, due in seen)
    await own_side.platform.admin.execute(BLIND, "decision_maker", "decision_maker")

    before = await listed(own_side, decider, size)
    await own_side.platform.admin.execute(SOONER, before[-1][0])

    assert await listed(own_side, decider, size) == before
    assert {record for record, _ in before} == {record for record, _ in seen}
    assert not any(due for _, due in before)


async def test_t8_a_scope_without_dates_has_none(scene: Scene, own_side: Side) -> None:
    decider = next(reader for reader in scene.readers if reader.subject == "sca-1")
    scoped, *others = [record for record, _ in await listed(own_side, decider)]

    await own_side.platform.admin.execute(PINNED, scoped)

    assert [record for record, _ in await listed(own_side, decider, 1)] == [*others, scoped]
    assert (await listed(own_side, decider))[-1] == (scoped, None)
