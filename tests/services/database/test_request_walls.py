"""What the database holds of information requests whatever a program forgets: sides, conflicts, acts."""

from uuid import UUID

import pytest

from schema.node import global_id
from tests.services.database.raw import admit, refused, transaction
from tests.services.database.world import World
from tests.world.requests import act, asked

pytestmark = pytest.mark.anyio

SURGERY = ("example-street-surgery", "HEALTH")
OWN = ["information_requests"]
ASK = """SELECT ask_for_information($1, jsonb_build_object(
    'agency', (SELECT id FROM agency WHERE code = 'example-street-surgery'), 'function', 'health', 'purpose', 'p',
    'question', 'q', 'necessity', 'n', 'groups', '[]'::jsonb, 'told', $2::jsonb, 'article_6', 'a', 'condition', 'c',
    'power', 'w', 'words', '[]'::jsonb, 'urgency', 'emergency', 'due_on', london_today(), 'expires_on', london_today(),
    'conflict', $3::text))"""
GO_ON = 'SELECT go_on_with_request($1, $2, \'{"words": "w", "code": "not_held"}\')'


def told(*groups: str) -> str:
    return "[" + ", ".join(f'{{"group": "{group}", "live": false}}' for group in groups) + "]"


async def one_request(world: World) -> tuple[UUID, UUID]:
    """A request of the officer to the surgery, with a suspicion; its record and its id."""
    record = world.records["adult"]
    case = {"id": await public(world, record)}
    await asked(world.platform, world.person("wyp-1"), case, SURGERY, conflict="A relative works there.")
    request: UUID = await world.platform.admin.fetchval("SELECT id FROM information_request")
    return record, request


async def public(world: World, record: UUID) -> str:
    reference = await world.platform.admin.fetchval("SELECT reference FROM record WHERE id = $1", record)
    found = await world.person("wyp-1").ask("query ($r: String) { case(reference: $r) { id } }", r=reference)
    return str(found["case"]["id"])


@pytest.mark.parametrize(
    ("groups", "conflict"),
    [(("account",), None), (("contact",), None), (("support_plan",), None), (("identity",), "Works there.")],
)
async def test_no_more_is_told_than_the_name_and_none_to_the_danger(
    world: World, groups: tuple[str, ...], conflict: str | None
) -> None:
    record = world.records["adult"]
    async with transaction(world.database, world.secret("wyp-1")) as raw:
        await admit(raw, record, (), "request.ask")

        assert await refused(raw, ASK, record, told(*groups), conflict)
        assert not await refused(raw, ASK, record, told("identity"), None)
        assert not await refused(raw, ASK, record, told(), "Works there.")


async def test_nobody_asks_without_the_act(world: World) -> None:
    record = world.records["adult"]
    async with transaction(world.database, world.secret("wyp-1")) as raw:
        for other in ("see", "share.give", "case.assign"):
            await admit(raw, record, OWN, other)
            assert await refused(raw, ASK, record, told(), None)
    async with transaction(world.database, world.secret("wyp-2")) as raw:
        assert not (await admit(raw, record, (), "request.ask"))["may_act"], "a colleague"
        assert await refused(raw, ASK, record, told(), None)


async def test_each_side_reads_its_own_and_a_suspicion_stays_with_the_asker(own_world: World) -> None:
    record, request = await one_request(own_world)
    await take_on(own_world, request)
    counts = {}
    for subject, function in (("wyp-1", None), ("ess-1", None), ("sca-1", None), ("wyp-3", None)):
        async with transaction(own_world.database, own_world.secret(subject, function)) as raw:
            assert await raw.fetchval("SELECT count(*) FROM information_request") == 0, "nothing without a look"
            await admit(raw, record, OWN)
            counts[subject] = [
                await raw.fetchval(f"SELECT count(*) FROM information_request{part}")
                for part in ("", "_step", "_conflict")
            ]
    assert counts == {"wyp-1": [1, 1, 1], "ess-1": [1, 1, 0], "sca-1": [0, 0, 0], "wyp-3": [0, 0, 0]}


async def test_only_the_right_side_goes_on_and_only_by_the_act(own_world: World) -> None:
    record, request = await one_request(own_world)
    await take_on(own_world, request)
    async with transaction(own_world.database, own_world.secret("wyp-1")) as raw:
        await admit(raw, record, OWN, "request.ask")
        for status in ("acknowledged", "fulfilled", "refused"):
            assert await refused(raw, GO_ON, request, status), "who asked does not answer"
    async with transaction(own_world.database, own_world.secret("ess-1")) as raw:
        await admit(raw, record, OWN)
        assert await refused(raw, GO_ON, request, "refused"), "looking is no act"
        await admit(raw, record, OWN, "request.answer")
        assert await refused(raw, GO_ON, request, "withdrawn"), "who was asked does not withdraw"
        assert not await refused(raw, GO_ON, request, "refused")


async def take_on(world: World, request: UUID) -> None:
    """The surgery has no intake team: its doctor takes the request on."""
    doctor = world.person("ess-1")
    me = (await doctor.ask("{ viewer { id } }"))["viewer"]["id"]
    sent = {"requestId": global_id("InformationRequest", request), "memberId": me, "reason": "My patient."}
    assert (await act(doctor, "AssignRequest", **sent))["problem"] is None
