"""Somebody leaves while something is given to them: it is lost by neither, because one of the two begins again."""

import asyncio
from uuid import UUID

import asyncpg
import pytest

from tests.services.database.raw import admit, connection, refused, transaction
from tests.services.database.world import World
from tests.world.leaving import end, leaving, live_assignments, orphans
from tests.world.stories import assign, id_of, seen

pytestmark = pytest.mark.anyio

END = "SELECT problem FROM end_membership($1, $2, '[]', 'a reason')"
GIVE = "SELECT assign($1, $2, NULL, 'a reason', false)"
JOIN = """INSERT INTO team_membership (team_id, member_id, standing, from_at)
    SELECT t.id, $1, 'member', moment() FROM team t WHERE t.name = 'Duty and advice team'"""


async def who(world: World, subject: str) -> tuple[UUID, int]:
    row = await world.platform.admin.fetchrow("SELECT id, version FROM member WHERE subject = $1", subject)
    return row["id"], row["version"]


async def give(raw: asyncpg.Connection, record: UUID, member: UUID) -> None:
    await admit(raw, record, (), "case.assign")
    await raw.execute(GIVE, record, member)


async def give_for_good(world: World, record: UUID, member: UUID) -> None:
    async with connection(world.database) as raw, raw.transaction(isolation="repeatable_read"):
        await raw.fetch("SELECT * FROM enter($1)", world.secret("lcc-2"))
        await give(raw, record, member)


async def test_whoever_ends_it_with_an_older_view_begins_again(own_world: World) -> None:
    member, version = await who(own_world, "lcc-3")
    async with transaction(own_world.database, own_world.secret("lcc-4")) as ending:
        await give_for_good(own_world, own_world.records["child"], member)

        with pytest.raises(asyncpg.SerializationError):
            await ending.fetchval(END, member, version)


async def test_whoever_ends_it_waits_for_what_is_being_given(own_world: World) -> None:
    member, version = await who(own_world, "lcc-3")
    async with (
        transaction(own_world.database, own_world.secret("lcc-2")) as giving,
        transaction(own_world.database, own_world.secret("lcc-4")) as ending,
    ):
        await give(giving, own_world.records["child"], member)
        await ending.execute("SET LOCAL lock_timeout = '200ms'")
        with pytest.raises(asyncpg.LockNotAvailableError):
            await ending.fetchval(END, member, version)
    async with transaction(own_world.database, own_world.secret("lcc-4")) as ending:
        assert await ending.fetchval(END, member, version) is None


@pytest.mark.parametrize("gift", ["a case", "a place in a team"])
async def test_whoever_gives_with_an_older_view_begins_again_and_is_refused(own_world: World, gift: str) -> None:
    member, version = await who(own_world, "lcc-3")
    record = own_world.records["child"]
    async with transaction(own_world.database, own_world.secret("lcc-2")) as giving:
        await admit(giving, record, (), "case.assign")
        async with connection(own_world.database) as raw, raw.transaction(isolation="repeatable_read"):
            await raw.fetch("SELECT * FROM enter($1)", own_world.secret("lcc-4"))
            assert await raw.fetchval(END, member, version) is None

        with pytest.raises(asyncpg.SerializationError):
            await giving.execute(GIVE, record, member)
    async with transaction(own_world.database, own_world.secret("lcc-2")) as giving:
        await admit(giving, record, (), "case.assign")
        assert await refused(giving, GIVE, record, member)


async def test_a_place_in_a_team_given_meanwhile_is_seen(own_world: World) -> None:
    member, version = await who(own_world, "lcc-3")
    async with transaction(own_world.database, own_world.secret("lcc-4")) as ending:
        await own_world.platform.admin.execute(JOIN, member)

        with pytest.raises(asyncpg.SerializationError):
            await ending.fetchval(END, member, version)


async def test_two_who_give_to_one_person_do_not_get_in_each_others_way(own_world: World) -> None:
    member, _ = await who(own_world, "wyp-2")
    officer = own_world.secret("wyp-1")
    async with (
        transaction(own_world.database, officer) as first,
        transaction(own_world.database, officer) as second,
        transaction(own_world.database, officer) as third,
    ):
        lanes = {await raw.fetchval("SELECT pg_backend_pid() % 8"): raw for raw in (first, second, third)}
        assert len(lanes) > 1
        for raw, name in zip(lanes.values(), ("adult", "supported", "child"), strict=False):
            await raw.execute("SET LOCAL lock_timeout = '200ms'")
            await give(raw, own_world.records[name], member)


@pytest.mark.parametrize("turn", range(3))
async def test_at_the_same_moment_over_http_nothing_stays_with_whoever_left(own_world: World, turn: int) -> None:
    officer, administrator = own_world.person("wyp-1"), own_world.person("wyp-5")
    reference = "SELECT reference FROM record WHERE id = $1"
    cases = [
        await seen(officer, {"reference": await own_world.platform.admin.fetchval(reference, own_world.records[name])})
        for name in ("adult", "supported")
    ]
    ben, known = await id_of(officer, "PC Ben Invented"), await leaving(administrator, "PC Ben Invented")

    answers = await asyncio.gather(
        assign(officer, cases[0], memberId=ben), end(administrator, known), assign(officer, cases[1], memberId=ben)
    )

    assert answers[1]["problem"] is None, answers[1]
    assert await live_assignments(own_world.platform, "wyp-2") == 0
    assert await orphans(own_world.platform) == 0


async def test_two_administrators_who_end_each_other_at_once_do_not_both_succeed(own_world: World) -> None:
    uma, viktor = own_world.person("lcc-4"), own_world.person("lcc-5")
    of_viktor, of_uma = await leaving(uma, "Viktor Invented"), await leaving(viktor, "Uma Invented")

    await asyncio.gather(end(uma, of_viktor), end(viktor, of_uma), return_exceptions=True)

    alive = "SELECT count(*) FROM member m WHERE m.subject IN ('lcc-4', 'lcc-5') AND is_administrator(m.id, NULL, NULL)"
    assert await own_world.platform.admin.fetchval(alive) == 1


async def test_the_gatekeeper_asks_who_ends_a_membership(own_world: World) -> None:
    member, version = await who(own_world, "lcc-3")
    for subject, answer in (("lcc-2", "not_an_administrator"), ("wyp-5", "unknown"), ("lcc-4", None)):
        async with transaction(own_world.database, own_world.secret(subject)) as raw:
            assert await raw.fetchval(END, member, version) == answer
    async with transaction(own_world.database) as raw:
        assert await raw.fetchval(END, member, version) == "not_an_administrator"
