"""Row security alone over entries under a caveat: whatever a program of ours asks, only their author's rows come."""

import pytest

from services.caveats import store
from services.caveats.queries import NEWEST
from tests.services.database.raw import admit, refused, transaction
from tests.services.database.test_locks import forged
from tests.services.database.world import World

pytestmark = pytest.mark.anyio

COUNT = "SELECT count(*) FROM caveated_entry"
WRITE = "SELECT record_caveated($1, 'intelligence', 'Kanarienvogel')"
FILL = """
    INSERT INTO caveated_entry (record_id, agency_id, function, caveat, content, written_by, written_at)
    SELECT DISTINCT i.record_id, i.agency_id, i.function, 'legal_advice', i.agency_id || i.function, m.id, moment()
    FROM involvement i JOIN member m ON m.subject = 'wyp-1' WHERE i.record_id = $1
"""
WHOSE = "SELECT DISTINCT agency_id = my_agency() AND function = my_function() FROM caveated_entry"


@pytest.fixture
async def written(own_world: World) -> World:
    """Everybody who stands in the supported adult's case wrote an entry there."""
    await own_world.platform.admin.execute(FILL, own_world.records["supported"])
    return own_world


async def test_each_agency_is_handed_its_own_rows_and_no_other(written: World) -> None:
    record, readers = written.records["supported"], 0
    for secret in written.secrets.values():
        async with transaction(written.database, secret) as raw:
            await admit(raw, record, ["caveated"])
            found = await raw.fetchval(COUNT)
            assert [row[0] for row in await raw.fetch(WHOSE)] in ([], [True])
            assert found in (0, 1)
            readers += found

    assert readers >= 4
    assert await written.platform.admin.fetchval(COUNT) >= 4


async def test_no_row_comes_without_a_look_at_entries_alone(written: World) -> None:
    record = written.records["supported"]
    async with transaction(written.database, written.secret("wyp-1")) as raw:
        assert await raw.fetchval(COUNT) == 0
        for asked in (["core"], ["identity", "clocks"], ["caveated", "identity"]):
            await admit(raw, record, asked)
            assert await raw.fetchval(COUNT) == 0, asked
        await admit(raw, written.records["adult"], ["caveated"])
        assert await raw.fetchval(COUNT) == 0, "another case"
        await admit(raw, record, ["caveated"])
        assert await raw.fetchval(COUNT) == 1


async def test_an_entry_is_written_by_its_own_act_only(written: World) -> None:
    record = written.records["supported"]
    async with transaction(written.database, written.secret("wyp-1")) as raw:
        assert await refused(raw, WRITE, record)
        for act in ("see", "case.wait", "case.assign"):
            await admit(raw, record, (), act)
            assert await refused(raw, WRITE, record), act
        assert (await admit(raw, record, (), "caveat.record"))["may_act"]
        assert await raw.fetchval(WRITE, record) is not None
        assert await refused(raw, WRITE, written.records["child"]), "the act was on another record"
        assert await refused(raw, "INSERT INTO caveated_entry DEFAULT VALUES")
    async with transaction(written.database, written.secret("wyp-2")) as raw:
        assert not (await admit(raw, record, (), "caveat.record"))["may_act"], "a colleague"
        assert await refused(raw, WRITE, record)


async def test_the_store_reads_its_authors_entries_where_row_security_hands_out_all(written: World) -> None:
    """The other wall alone."""
    admin, record = written.platform.admin, written.records["supported"]
    await admin.execute("ALTER TABLE caveated_entry DISABLE ROW LEVEL SECURITY")
    async with written.platform.tools.enter(written.secret("wyp-1")) as reading:
        assert reading is not None
        rows = await store.entries(reading, forged(reading, record, []), NEWEST, 50)

    assert [row["content"] for row in rows] == [f"{reading.actor.agency_id}first_responder"]
