"""Somebody begins to act while what they would act in ends: no session lives on until it is given back."""

import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
import pytest

from tests.services.database.raw import connection, sign_in_connection, transaction
from tests.services.database.world import World

pytestmark = pytest.mark.anyio

SECRET = "s" * 43
START = "SELECT start_session($1, 'lcc-3', $2, NULL, NULL, NULL, NULL, false, NULL)"
PROVIDER = "SELECT provider_id FROM member WHERE subject = 'lcc-3'"
GIVE_BACK = """
    INSERT INTO member_function (member_id, function, access_level, valid_from)
    SELECT id, 'childrens_services', 'practitioner', london_today() FROM member WHERE subject = 'lcc-3'
"""
SECOND_FUNCTION = """
    INSERT INTO member_function (member_id, function, access_level, valid_from)
    SELECT id, 'first_responder', 'practitioner', '2010-01-01' FROM member WHERE subject = 'lcc-3'
"""
# By whom, and the act as the gatekeeper is asked for it.
ENDINGS = {
    "the membership": (
        "lcc-4",
        "SELECT problem FROM end_membership((SELECT id FROM member WHERE subject = 'lcc-3'), "
        "(SELECT version FROM member WHERE subject = 'lcc-3'), '[]', 'a reason')",
    ),
    "the function": (
        "lcc-4",
        "SELECT problem FROM administer('function.end', NULL, jsonb_build_object('function', 'childrens_services', "
        "'member', (SELECT id FROM member WHERE subject = 'lcc-3')), 'a reason')",
    ),
    "the agency's function": (
        "con-1",
        "SELECT problem FROM administer('agency_function.end', "
        "(SELECT id FROM agency WHERE code = 'leeds-city-council'), "
        """'{"function": "childrens_services"}', 'a reason')""",
    ),
}
# An agency's function ends at once only where nobody has anything in hand in it.
NOTHING_OPEN = "UPDATE assignment SET until_at = moment() WHERE until_at IS NULL"
each_ending = pytest.mark.parametrize(("by", "end"), ENDINGS.values(), ids=ENDINGS)


@asynccontextmanager
async def signing_in(world: World, *, for_good: bool = True) -> AsyncIterator[Any]:
    """A sign-in that has begun to read; it is finished by calling what this gives, and committed if it may be."""
    provider = await world.platform.admin.fetchval(PROVIDER)
    async with sign_in_connection(world.database) as raw:
        begun = raw.transaction(isolation="repeatable_read")
        await begun.start()
        await raw.execute("SELECT FROM sign_in_providers()")

        async def finish() -> str:
            return str(await raw.fetchval(START, provider, hashlib.sha256(SECRET.encode()).digest()))

        yield finish
        await (begun.commit() if for_good else begun.rollback())


async def ended(world: World, by: str, end: str) -> str | None:
    """The whole act, for good; the problem, if there is one."""
    async with connection(world.database) as raw, raw.transaction(isolation="repeatable_read"):
        await raw.fetch("SELECT * FROM enter($1)", world.secret(by))
        problem: str | None = await raw.fetchval(end)
        return problem


async def is_alive(world: World, secret: str = SECRET) -> bool:
    """Whether the session answers anything."""
    async with transaction(world.database) as raw:
        return bool(await raw.fetch("SELECT * FROM enter($1)", secret))


@each_ending
async def test_whoever_ends_it_with_an_older_view_begins_again_and_ends_the_session_too(
    own_world: World, by: str, end: str
) -> None:
    await own_world.platform.admin.execute(NOTHING_OPEN)
    async with transaction(own_world.database, own_world.secret(by)) as ending:
        async with signing_in(own_world) as finish:
            assert await finish() == "ok"
        assert await is_alive(own_world)
        with pytest.raises(asyncpg.SerializationError):
            await ending.fetchval(end)

    assert await ended(own_world, by, end) is None

    await given_back(own_world, end)
    assert not await is_alive(own_world)


@each_ending
async def test_whoever_signs_in_with_an_older_view_begins_again_and_gets_nothing(
    own_world: World, by: str, end: str
) -> None:
    await own_world.platform.admin.execute(NOTHING_OPEN)
    async with signing_in(own_world, for_good=False) as finish:
        assert await ended(own_world, by, end) is None
        with pytest.raises(asyncpg.SerializationError):
            await finish()
    async with signing_in(own_world) as finish:
        assert await finish() == "no_function"

    await given_back(own_world, end)
    assert not await is_alive(own_world)


@pytest.mark.parametrize("name", ["the membership", "the function"])
async def test_whoever_switches_with_an_older_view_begins_again(own_world: World, name: str) -> None:
    await own_world.platform.admin.execute(SECOND_FUNCTION)
    by, end = ENDINGS[name]
    secret = own_world.secret("lcc-3")
    await own_world.platform.admin.execute(
        "UPDATE session SET function = 'first_responder' WHERE member_id = "
        "(SELECT id FROM member WHERE subject = 'lcc-3')"
    )
    async with transaction(own_world.database, secret) as switching:
        assert await ended(own_world, by, end) is None
        with pytest.raises(asyncpg.SerializationError):
            await switching.fetchval("SELECT act_as('childrens_services')")


async def given_back(world: World, end: str) -> None:
    """What ended, given again on the same day."""
    if "agency_function" in end:
        await world.platform.admin.execute(
            "UPDATE agency_function SET valid_until = NULL, ended_at = NULL WHERE function = 'childrens_services'"
        )
    else:
        await world.platform.admin.execute(GIVE_BACK)


async def test_a_provider_that_is_closed_meanwhile_lets_nobody_through(own_world: World) -> None:
    close = """SELECT problem FROM administer('provider.close', NULL, '{"slug": "leeds-city-council"}', 'a reason')"""
    async with transaction(own_world.database, own_world.secret("lcc-4")) as closing:
        async with signing_in(own_world) as finish:
            assert await finish() == "ok"
        with pytest.raises(asyncpg.SerializationError):
            await closing.fetchval(close)
    async with signing_in(own_world, for_good=False) as finish:
        assert await ended(own_world, "lcc-4", close) is None
        with pytest.raises(asyncpg.SerializationError):
            await finish()
    async with signing_in(own_world) as finish:
        assert await finish() == "unknown_person"

    await own_world.platform.admin.execute("UPDATE provider SET closed_at = NULL")
    assert not await is_alive(own_world)
