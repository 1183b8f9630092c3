"""What the database holds by itself of machine clients: nothing to read or write, and no other agency's form."""

import hashlib
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from tests.services.database.raw import admit, refused, sign_in_connection, transaction
from tests.services.database.world import World
from tests.world.machines import Machine, registered
from tests.world.template import IMPORTER_SECRET

pytestmark = pytest.mark.anyio

TABLES = ("machine_client", "machine_key", "machine_assertion")
INSERT = """
    INSERT INTO referral (record_id, kind, organisation_code, organisation_name, nation, channel, form_version,
                          received_at, source_agency_id, external_id, authority_row, recorded_at, recorded_by)
    VALUES ($1, 'nrm', $2, 'Invented', 'england', 'online', '2025-04', moment(), my_agency(), 'a-form', 'row', moment(),
            my_member())
"""
OPEN = """
    SELECT record_id FROM open_records(ARRAY['{"kind": "case", "act": "referral.import",
        "purpose": "Take in a message", "lawful_basis": "Public task"}'::jsonb])
"""
JOIN = "SELECT join_concern($1, 'Take in a message', 'Public task')"
START = "SELECT start_machine_session($1, $2, $3, $4, $5)"


async def forms_let_in(world: World, secret: str) -> list[str]:
    """Of whose forms this session can store one, by hand."""
    async with transaction(world.database, secret) as raw:
        record = await raw.fetchval(OPEN)
        await admit(raw, record, (), "referral.import", ("referrer",))
        codes = ("west-yorkshire-police", "leeds-city-council", "the-salvation-army")
        return [code for code in codes if not await refused(raw, INSERT, record, code)]


async def test_the_application_reads_and_writes_no_table_of_machines(own_world: World) -> None:
    machine = await registered(own_world.platform)
    for secret in (own_world.secret("wyp-5"), await machine.sign_in()):
        async with transaction(own_world.database, secret) as raw:
            for table in TABLES:
                assert await refused(raw, f"SELECT FROM {table}")
                assert await refused(raw, f"DELETE FROM {table}")
                assert await refused(raw, f"INSERT INTO {table} DEFAULT VALUES")


async def test_the_gatekeepers_own_steps_are_not_for_the_application(own_world: World) -> None:
    steps = (
        "SELECT register_machine(my_agency(), '{}', NULL)",
        "SELECT end_machine(my_agency(), NULL)",
        "SELECT imports_for_everybody()",
    )
    async with transaction(own_world.database, own_world.secret("wyp-5")) as raw:
        assert [step for step in steps if not await refused(raw, step)] == []


async def test_row_security_lets_in_the_forms_of_the_machines_own_agency_only(own_world: World) -> None:
    police = await registered(own_world.platform)
    council = await registered(own_world.platform, agency="lcc")
    reader = await registered(own_world.platform, operations=("ReadViewer",))

    assert await forms_let_in(own_world, await police.sign_in()) == ["west-yorkshire-police"]
    assert await forms_let_in(own_world, await council.sign_in()) == ["leeds-city-council"]
    assert await forms_let_in(own_world, await reader.sign_in()) == []
    assert len(await forms_let_in(own_world, IMPORTER_SECRET)) == 3, "the platform's own import brings everybody's"


async def test_only_the_platforms_import_joins_a_concern(own_world: World) -> None:
    machine = await registered(own_world.platform)
    reference = await own_world.platform.admin.fetchval(
        "SELECT r.reference FROM record r WHERE r.kind = 'case' "
        "AND NOT EXISTS (SELECT FROM referral f WHERE f.record_id = r.id) LIMIT 1"
    )
    assert reference
    async with transaction(own_world.database, await machine.sign_in()) as raw:
        assert await refused(raw, JOIN, reference)
    async with transaction(own_world.database, IMPORTER_SECRET) as raw:
        assert await raw.fetchval(JOIN, reference)


async def test_a_session_starts_for_a_living_client_with_a_living_key_and_an_unused_assertion(own_world: World) -> None:
    machine = await registered(own_world.platform)

    assert await started(own_world, machine, "one") == "ok"
    assert await started(own_world, machine, "one") == "replayed"
    assert await started(own_world, machine, "two", kid="key-9") == "unknown_client"
    await own_world.platform.admin.execute("UPDATE machine_key SET valid_until = valid_from + 1")
    await own_world.platform.set_clock((datetime.now(UTC) + timedelta(days=2)).isoformat())
    assert await started(own_world, machine, "three") == "unknown_client"


async def started(world: World, machine: Machine, name: str, kid: str = "key-1") -> str:
    """How the database answers a verified assertion of this name; what it did stays done."""
    jti, secret = (hashlib.sha256(text.encode()).digest() for text in (name, str(uuid4())))
    until = datetime.now(UTC) + timedelta(minutes=2)
    async with sign_in_connection(world.database) as raw:
        found: str = await raw.fetchval(START, UUID(machine.id), kid, jti, until, secret)
        return found
