"""Freshness is the database's word, and using a session never gets in the way of using it."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text

from services.sessions.signed_in import sign_in_age
from tests.world.platform import Platform, running_platform
from tests.world.server import FreshDatabase
from tests.world.template import WORKER_SECRET

pytestmark = pytest.mark.anyio
FRESH = text("SELECT fresh_sign_in() AS fresh")
ENTER = text("SELECT member_name FROM enter(:secret)")
TWO_FACTORS = "urn:example:two-factors"


@pytest.fixture
async def platform(fresh_database: FreshDatabase) -> AsyncIterator[Platform]:
    """The platform at nine on a Friday morning."""
    async with running_platform(fresh_database) as built:
        await built.set_clock("2026-05-22T09:00+01:00")
        yield built


async def _is_fresh(platform: Platform, secret: str) -> bool:
    """What Python and the database say; they must agree."""
    async with platform.tools.enter(secret) as reading:
        assert reading is not None
        row = await reading.row(FRESH)
        age = await sign_in_age(reading)
    assert row is not None
    assert row["fresh"] is (age.fresh_until is not None)
    return bool(row["fresh"])


async def test_t47_a_sign_in_is_fresh_for_five_minutes_and_no_longer(platform: Platform) -> None:
    officer = await platform.sign_in("wyp-1")
    assert await _is_fresh(platform, officer.secret)
    await platform.set_clock("2026-05-22T09:04:59+01:00")
    assert await _is_fresh(platform, officer.secret)
    await platform.set_clock("2026-05-22T09:05+01:00")
    assert not await _is_fresh(platform, officer.secret)


async def test_t47_a_provider_that_names_a_level_proves_a_step_up_with_it_only(platform: Platform) -> None:
    await platform.admin.execute("UPDATE provider SET step_up_acr = $1", TWO_FACTORS)
    browser = platform.browser()
    officer = await platform.sign_in("wyp-1", browser)
    assert not await _is_fresh(platform, officer.secret)

    await platform.sign_in("wyp-1", browser, step_up="1")

    assert await _is_fresh(platform, officer.secret)


async def test_t47_a_provider_that_does_not_say_when_makes_nobody_fresh(platform: Platform) -> None:
    officer = await platform.sign_in("wyp-1")
    await platform.admin.execute("UPDATE session SET authenticated_at = NULL WHERE idle_limit IS NOT NULL")

    assert not await _is_fresh(platform, officer.secret)


async def test_t47_a_service_is_never_fresh(platform: Platform) -> None:
    assert not await _is_fresh(platform, WORKER_SECRET)
    async with platform.tools.enter(WORKER_SECRET) as reading:
        assert reading is not None
        assert (await sign_in_age(reading)).authenticated_at is None


async def test_t47_a_step_up_goes_on_in_the_function_acted_in(platform: Platform) -> None:
    browser = platform.browser()
    officer = await platform.sign_in("wyp-1", browser)
    function = "SELECT function FROM session WHERE secret_hash = sha256(convert_to($1, 'UTF8'))"
    await platform.admin.execute(
        "INSERT INTO member_function SELECT id, 'investigating_police', 'practitioner', '2010-01-01' FROM member "
        "WHERE subject = 'wyp-1' ON CONFLICT DO NOTHING"
    )
    await platform.admin.execute("UPDATE session SET function = 'investigating_police' WHERE idle_limit IS NOT NULL")

    await platform.sign_in("wyp-1", browser, step_up="1")
    assert await platform.admin.fetchval(function, officer.secret) == "investigating_police"
    await platform.sign_in("wyp-1", browser)
    assert await platform.admin.fetchval(function, officer.secret) == "first_responder"


async def test_two_requests_of_one_session_at_one_moment_neither_wait_nor_fail(platform: Platform) -> None:
    officer = await platform.sign_in("wyp-1")
    await platform.set_clock("2026-05-22T09:10+01:00")
    database = platform.tools.database

    async with database.transaction() as first:
        assert (await first.execute(ENTER, {"secret": officer.secret})).scalar() == "PC Asha Invented"
        async with database.transaction() as second:  # the first one's row is written and not committed
            assert (await second.execute(ENTER, {"secret": officer.secret})).scalar() == "PC Asha Invented"

    assert await platform.admin.fetchval("SELECT count(*) FROM session_use") == 1


async def test_a_session_that_rests_is_over_for_every_reader_in_the_database(platform: Platform) -> None:
    officer = await platform.sign_in("wyp-1")
    await platform.set_clock("2026-05-22T09:30+01:00")

    async with platform.tools.enter(officer.secret) as reading:
        assert reading is None
    async with platform.tools.enter(WORKER_SECRET) as reading:
        assert reading is not None
