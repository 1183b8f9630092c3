"""The ledger is the key: a line of this very transaction and session opens its groups, and nothing else opens any."""

from datetime import timedelta
from uuid import UUID

import asyncpg
import pytest

from policies.vocabulary import DataGroup
from tests.services.database.raw import admit, connection, readable, transaction
from tests.services.database.world import World
from tests.world.template import IMPORTER_SECRET, WORKER_SECRET

pytestmark = pytest.mark.anyio

EVERY_GROUP = [group.value for group in DataGroup]
CONTENT = """
    SELECT data_group FROM group_content WHERE record_id = $1 UNION SELECT data_group FROM group_summary
    WHERE record_id = $1 UNION SELECT data_group FROM case_fact WHERE record_id = $1 UNION
    SELECT 'referrer' FROM referral WHERE record_id = $1 UNION SELECT 'core' FROM record WHERE id = $1
    UNION SELECT 'core' FROM lead_agency WHERE record_id = $1
"""
OF_A_CASE = (
    "identity", "contact", "account", "exploiters", "evidence", "referrer", "immigration", "criminalJustice",
    "supportPlan", "childProtection", "credibility",
)  # fmt: skip
OF_A_NOTIFICATION = ("particulars", "referrer", "account", "identity", "contact")
LOOK = """query ($reference: String) {{ case(reference: $reference) {{ reference {case} }}
          dutyToNotifyRecord(reference: $reference) {{ reference {notification} }} }}"""


PLANT = """
    INSERT INTO access_record (at, transaction, session_id, member_id, agency_id, function, access_level, act, verdict,
                               record_id, groups)
    SELECT $5, CAST($1 AS text)::xid8, s.id, s.member_id, s.agency_id, s.function, 'practitioner', 'see', 'viewed',
           $2, $3
    FROM session s WHERE secret_hash = sha256(convert_to($4, 'UTF8'))
"""


def fields(names: tuple[str, ...]) -> str:
    return " ".join(f"{name} {{ __typename }}" for name in names)


QUERY = LOOK.format(case=fields(OF_A_CASE), notification=fields(OF_A_NOTIFICATION))


def group_of(field: str) -> str:
    if field == "particulars":
        return "duty_to_notify"
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in field)


async def groups_read(raw: asyncpg.Connection, record: UUID) -> set[str]:
    return {row["data_group"] for row in await raw.fetch(CONTENT, record)}


async def groups_answered(world: World, who: tuple[str, str], reference: str) -> set[str]:
    """What the platform itself shows of a record: every group that is neither null nor withheld."""
    answer = await world.person(*who).ask(QUERY, reference=reference)
    found = answer["case"] or answer["dutyToNotifyRecord"]
    if found is None:
        return set()
    parts = {group_of(name): part["__typename"] for name, part in found.items() if name != "reference" and part}
    return {"core"} | {group for group, kind in parts.items() if kind != "Withheld"}


@pytest.mark.parametrize("name", ["adult", "supported", "child", "concern", "notification"])
async def test_the_database_alone_hands_out_exactly_what_the_platform_answers(world: World, name: str) -> None:
    record = world.records[name]
    reference = await world.platform.admin.fetchval("SELECT reference FROM record WHERE id = $1", record)
    readers = 0

    for who, secret in world.secrets.items():
        async with transaction(world.database, secret) as raw:
            await admit(raw, record, sorted(map(group_of, OF_A_NOTIFICATION if name == "notification" else OF_A_CASE)))
            handed_out = await groups_read(raw, record)
        assert handed_out == await groups_answered(world, who, reference), who
        readers += bool(handed_out)

    assert 0 < readers < len(world.secrets)


@pytest.mark.parametrize("secret", [WORKER_SECRET, IMPORTER_SECRET])
async def test_the_platforms_own_machines_read_no_record(world: World, secret: str) -> None:
    async with transaction(world.database, secret) as raw:
        for record in world.records.values():
            assert await admit(raw, record, EVERY_GROUP) is None
            assert await groups_read(raw, record) == set()


async def test_only_what_was_asked_for_is_handed_out(world: World) -> None:
    record = world.records["adult"]
    async with transaction(world.database, world.secret("wyp-1")) as raw:
        await admit(raw, record, ["identity"])
        first = await groups_read(raw, record)
        await admit(raw, record, ["contact"])
        second = await groups_read(raw, record)

    assert first == {"core", "identity"}
    assert second == {"core", "identity", "contact"}


async def test_an_admission_to_one_record_opens_no_other(world: World) -> None:
    async with transaction(world.database, world.secret("wyp-1")) as raw:
        await admit(raw, world.records["adult"], EVERY_GROUP)

        assert await groups_read(raw, world.records["adult"])
        assert await groups_read(raw, world.records["supported"]) == set()


async def test_another_persons_session_opens_nothing_in_a_transaction_that_was_admitted_before(world: World) -> None:
    record = world.records["adult"]
    async with transaction(world.database, world.secret("wyp-1")) as raw:
        await admit(raw, record, EVERY_GROUP)
        assert await groups_read(raw, record)
        await raw.fetch("SELECT * FROM enter($1)", world.secret("wyp-2"))

        assert await groups_read(raw, record) == set()


async def test_another_transaction_of_the_same_session_has_to_ask_again(own_world: World) -> None:
    """Even where the clock stands still."""
    record, secret = own_world.records["adult"], own_world.secret("wyp-1")
    await own_world.platform.admin.execute("UPDATE test_clock SET at = now()")
    async with connection(own_world.database) as raw:
        async with raw.transaction(isolation="repeatable_read"):
            await raw.fetch("SELECT * FROM enter($1)", secret)
            await admit(raw, record, EVERY_GROUP)
            assert await groups_read(raw, record)
        async with raw.transaction(isolation="repeatable_read"):
            await raw.fetch("SELECT * FROM enter($1)", secret)
            await raw.fetch("SELECT pg_current_xact_id()")

            assert await groups_read(raw, record) == set()


async def test_a_session_does_not_stay_on_a_connection_that_is_used_again(world: World) -> None:
    """T16: the secret is the transaction's, so a pooled connection comes back without it."""
    async with connection(world.database) as raw:
        async with raw.transaction():
            await raw.fetch("SELECT * FROM enter($1)", world.secret("wyp-1"))
            assert await raw.fetchval("SELECT my_session()") is not None

        assert await raw.fetchval("SELECT my_session()") is None
        assert not await raw.fetchval("SELECT current_setting('concordat.session', true)")


async def test_a_line_of_the_same_number_from_before_a_restore_opens_nothing(own_world: World) -> None:
    """Transaction ids begin anew where the rows are restored, and a machine's session outlives that."""
    record, secret = own_world.records["adult"], own_world.secret("wyp-1")
    async with connection(own_world.database) as raw, raw.transaction():  # READ COMMITTED sees what is planted
        await raw.fetch("SELECT * FROM enter($1)", secret)
        number, now = await raw.fetchrow("SELECT pg_current_xact_id()::text, moment()")
        line = (number, record, EVERY_GROUP, secret)
        await own_world.platform.admin.execute(PLANT, *line, now - timedelta(days=1))
        before = await groups_read(raw, record)
        await own_world.platform.admin.execute(PLANT, *line, now)

        assert (before, await groups_read(raw, record) > {"core"}) == (set(), True)


async def test_an_admission_that_was_rolled_back_is_none(world: World) -> None:
    record = world.records["adult"]
    async with transaction(world.database, world.secret("wyp-1")) as raw:
        undone = raw.transaction()
        await undone.start()
        await admit(raw, record, EVERY_GROUP)
        await undone.rollback()

        assert await groups_read(raw, record) == set()


async def test_a_refusal_in_the_ledger_opens_nothing(world: World) -> None:
    record = world.records["adult"]
    async with transaction(world.database, world.secret("wyp-1")) as raw:
        await raw.execute("SELECT refuse($1, 'see', $2)", [str(record)], EVERY_GROUP)

        assert await groups_read(raw, record) == set()


async def test_looking_never_opens_a_group_for_writing(world: World) -> None:
    async with transaction(world.database, world.secret("wyp-1")) as raw:
        row = await admit(raw, world.records["adult"], (), "see", ["core", "identity"])

        assert row["writes"] == []
        assert await raw.fetch("SELECT * FROM writable()") == []


async def test_a_read_leaves_its_line_or_no_row(own_world: World) -> None:
    """What is read can't be separated from its line: both stand in one transaction."""
    record, before = own_world.records["adult"], len(await own_world.platform.ledger())
    async with transaction(own_world.database, own_world.secret("wyp-1")) as raw:
        await admit(raw, record, EVERY_GROUP)
        assert await groups_read(raw, record)

    assert len(await own_world.platform.ledger()) == before
    assert {"record", "group_content"} <= set(await readable(own_world.platform.admin))
