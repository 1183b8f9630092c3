"""Each wall alone still hides: one is taken away at a time, and nothing more is handed out."""

from collections.abc import Sequence
from uuid import UUID

import pytest

from policies.permit import Permit
from policies.vocabulary import Action, DataGroup
from services import gate
from services.cases.store import reads
from services.gate import WallsDisagreeError
from services.tools import Reading
from tests.services.database.raw import guarded_tables
from tests.services.database.test_admissions import LOOK as LOOK_AT_EVERYTHING
from tests.services.database.test_admissions import OF_A_CASE, OF_A_NOTIFICATION, fields
from tests.services.database.world import World

pytestmark = pytest.mark.anyio

GRANT = "INSERT INTO policy_grant SELECT version, 'first_responder', {}, 'allow', 'R000' FROM policy_version"
OF_OFFICERS = "function = 'first_responder' AND relation = 'referrer' AND data_group = 'identity' AND action = 'see'"
DISAGREEMENTS = {
    "the database allows more": GRANT.format("'referrer', 'always', 'practitioner', 'support_plan', 'see'"),
    "the database allows less": f"DELETE FROM policy_grant WHERE {OF_OFFICERS}",
    "the database denies": f"UPDATE policy_grant SET effect = 'deny' WHERE {OF_OFFICERS}",
}
LOOK = """query ($reference: String) {
    case(reference: $reference) { reference identity { __typename } supportPlan { __typename } } }"""


MORE = """ stage lead { name } assignments { name } clocks { __typename ... on Clocks { all { kind } } }
           decisions { __typename }"""
EVERYTHING = LOOK_AT_EVERYTHING.format(
    case=fields(OF_A_CASE) + MORE, notification=fields(OF_A_NOTIFICATION) + " lead { name } assignments { name }"
)


def forged(reading: Reading, record: UUID, see: Sequence[DataGroup]) -> Permit:
    """A permit that no rule gave: what a program could hold if the mint were open to all."""
    permit = object.__new__(Permit)
    everything = frozenset(see)
    parts = {
        "actor": reading.actor,
        "record_id": record,
        "see": everything,
        "summary": everything,
        "silent": frozenset(),
        "pins": {},
        "items": {},
    }
    for name, part in parts.items():
        object.__setattr__(permit, name, part)
    return permit


async def reference_of(world: World, name: str) -> str:
    found: str = await world.platform.admin.fetchval("SELECT reference FROM record WHERE id = $1", world.records[name])
    return found


@pytest.mark.parametrize("sql", DISAGREEMENTS.values(), ids=DISAGREEMENTS)
async def test_where_the_two_evaluations_differ_nothing_is_answered(own_world: World, sql: str) -> None:
    officer, reference = own_world.person("wyp-1"), await reference_of(own_world, "adult")
    assert (await officer.ask(LOOK, reference=reference))["case"]["reference"] == reference
    lines = len(await own_world.platform.ledger())
    assert await own_world.platform.admin.execute(sql) not in ("DELETE 0", "UPDATE 0")

    response = await officer.post(LOOK, {"reference": reference})

    assert response.status_code == 500
    assert not response.json().get("data")
    assert reference not in response.text
    assert len(await own_world.platform.ledger()) == lines


async def test_an_act_that_only_the_database_allows_is_not_done(own_world: World) -> None:
    act = "'referrer', 'always', 'practitioner', 'core', 'case.close'"
    await own_world.platform.admin.execute(GRANT.format(act))
    async with own_world.platform.tools.enter(own_world.secret("wyp-1")) as reading:
        assert reading is not None

        with pytest.raises(WallsDisagreeError):
            await gate.ask(reading, Action.CASE_CLOSE, str(own_world.records["adult"]))


@pytest.mark.parametrize("name", ["adult", "child", "concern", "notification"])
async def test_row_security_alone_hides_a_record_from_who_is_not_involved(world: World, name: str) -> None:
    """The permit says everything; the ledger has no line; the database hands out nothing."""
    for who in (("exh-1", "accommodating_provider"), ("gmp-2", "first_responder"), ("ess-1", "health")):
        async with world.platform.tools.enter(world.secrets[who]) as reading:
            assert reading is not None
            permit = forged(reading, world.records[name], list(DataGroup))

            assert await reads.read(reading, [permit]) == []


async def test_row_security_alone_hides_a_group_that_was_not_admitted(world: World) -> None:
    record = world.records["adult"]
    async with world.platform.tools.enter(world.secret("wyp-1")) as reading:
        assert reading is not None
        await gate.look(reading, [str(record)], [DataGroup.IDENTITY])
        (row,) = await reads.read(reading, [forged(reading, record, list(DataGroup))])

    assert set(row["contents"]) == {"identity"}
    assert {row["clocks"], row["decisions"], row["referral"]} == {None}


async def test_the_permit_alone_hides_as_much_as_both_walls(own_world: World) -> None:
    """Row security is switched off on every table; the answers to everybody stay the same, byte for byte."""
    references = [await reference_of(own_world, name) for name in own_world.records]
    asked = [(who, reference) for who in own_world.secrets for reference in references]
    before = {one: (await own_world.person(*one[0]).post(EVERYTHING, {"reference": one[1]})).content for one in asked}
    for table in await guarded_tables(own_world.platform.admin):
        await own_world.platform.admin.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")

    after = {one: (await own_world.person(*one[0]).post(EVERYTHING, {"reference": one[1]})).content for one in asked}

    assert len(asked) > 50
    assert [one for one in asked if before[one] != after[one]] == []
    assert len(set(before.values())) > 10
