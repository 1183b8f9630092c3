"""What signing in leaves behind is removed by the worker alone, and only when it is too old to matter."""

import hashlib

import pytest
from sqlalchemy.exc import DBAPIError

from services.notices import worker
from services.sessions.housekeeping import forget_old_sign_ins
from tests.api.identity.platform import Platform
from tests.world.template import WORKER_SECRET

pytestmark = pytest.mark.anyio
OLD = """
    INSERT INTO sign_in_flow (state_hash, browser_hash, provider_id, nonce, verifier, return_to, expires_at)
    SELECT sha256(n::text::bytea), 'b', p.id, 'n', 'v', '/', now() - make_interval(mins => n)
    FROM provider p, generate_series(1, 120) n WHERE p.slug = 'police'
"""


async def test_a_sign_in_removes_nothing_and_the_worker_what_is_over_for_an_hour(platform: Platform) -> None:
    await platform.admin.execute(OLD)
    async with platform.browser() as browser:
        assert (await platform.sign_in(browser)).status_code == 303
    assert await platform.admin.fetchval("SELECT count(*) FROM sign_in_flow") == 120

    assert await forget_old_sign_ins(platform.tools, WORKER_SECRET) == 61

    assert await platform.admin.fetchval("SELECT count(*) FROM sign_in_flow") == 59
    assert await forget_old_sign_ins(platform.tools, WORKER_SECRET) == 0


async def test_uses_and_logout_tokens_go_when_they_can_count_no_more(platform: Platform) -> None:
    async with platform.browser() as browser:
        await platform.sign_in(browser)
        secret = browser.cookies["concordat"]
    session = await platform.admin.fetchval(
        "SELECT id FROM session WHERE secret_hash = $1", hashlib.sha256(secret.encode()).digest()
    )
    for hours in (0, 1, 25, 26):
        await platform.admin.execute(
            "INSERT INTO session_use VALUES ($1, now() - make_interval(hours => $2))", session, hours
        )
    await platform.admin.execute(
        "INSERT INTO logout_token SELECT id, sha256(h::text::bytea), now() - make_interval(hours => h) "
        "FROM provider, generate_series(0, 3) h WHERE slug = 'police'"
    )

    assert await forget_old_sign_ins(platform.tools, WORKER_SECRET) == 5  # two uses, three tokens

    assert await platform.admin.fetchval("SELECT count(*) FROM session_use") == 2
    assert await platform.admin.fetchval("SELECT count(*) FROM logout_token") == 1
    assert await platform.who(secret) == "officer-7"


async def test_a_person_cannot_do_the_workers_work(platform: Platform) -> None:
    async with platform.browser() as browser:
        await platform.sign_in(browser)
        secret = browser.cookies["concordat"]

    with pytest.raises(DBAPIError, match="only the worker forgets"):
        await forget_old_sign_ins(platform.tools, secret)
    assert await forget_old_sign_ins(platform.tools, "nobody's secret") == 0


async def test_the_worker_does_it_now_and_then_and_not_at_every_bell(platform: Platform) -> None:
    await platform.admin.execute(OLD)

    done = await worker._tidy(platform.tools, WORKER_SECRET, tidied=float("-inf"))

    assert await platform.admin.fetchval("SELECT count(*) FROM sign_in_flow") == 59
    await platform.admin.execute("UPDATE sign_in_flow SET expires_at = now() - interval '1 day'")
    assert await worker._tidy(platform.tools, WORKER_SECRET, done) == done
    assert await platform.admin.fetchval("SELECT count(*) FROM sign_in_flow") == 59
