"""T36, T37 and T41: replayed, foreign, mixed-up and weakened callbacks start no session and say nothing about why."""

import anyio
import httpx2
import pytest
import structlog

from api.identity.refusal import Reason
from tests.api.development.issuing import ISSUERS_URL, request
from tests.api.identity.platform import Platform, with_query

pytestmark = pytest.mark.anyio


async def _is_refused(platform: Platform, response: httpx2.Response, sessions: int = 0) -> None:
    assert response.status_code == 400
    assert "Sign-in did not work" in response.text
    assert "Start again" in response.text
    assert "concordat=" not in response.headers.get("set-cookie", "")
    assert await platform.sessions() == sessions
    for reason in ("state", "issuer", "nonce", "token", "provider", "expired"):
        assert reason not in response.text


async def test_t41_a_callback_works_once(platform: Platform) -> None:
    async with platform.browser() as browser:
        callback = await platform.picked(await platform.leave(browser), "officer-7")
        proof = dict(browser.cookies)
        assert (await browser.get(callback)).status_code == 303
    async with platform.browser(**proof) as again:
        await _is_refused(platform, await again.get(callback), sessions=1)


async def test_t41_ten_replays_at_once_start_one_session(platform: Platform) -> None:
    statuses: list[int] = []
    async with platform.browser() as browser:
        callback = await platform.picked(await platform.leave(browser), "officer-7")
        proof = dict(browser.cookies)

    async def replay() -> None:
        async with platform.browser(**proof) as copy:
            statuses.append((await copy.get(callback)).status_code)

    async with anyio.create_task_group() as crowd:
        for _ in range(10):
            crowd.start_soon(replay)

    assert sorted(statuses) == [303] + [400] * 9
    assert await platform.sessions() == 1


@pytest.mark.parametrize("cookies", [{}, {"concordat-sign-in": "B" * 43}, {"concordat-sign-in": "short"}])
async def test_t41_another_browser_cannot_use_a_callback_nor_use_it_up(
    platform: Platform, cookies: dict[str, str]
) -> None:
    async with platform.browser() as victim, platform.browser(**cookies) as thief:
        callback = await platform.picked(await platform.leave(victim), "officer-7")
        await _is_refused(platform, await thief.get(callback))
        assert (await victim.get(callback)).status_code == 303


async def test_t41_a_victim_cannot_be_signed_in_as_the_attacker(platform: Platform) -> None:
    async with platform.browser() as attacker, platform.browser() as victim:
        planted = await platform.picked(await platform.leave(attacker), "officer-7")
        await platform.leave(victim)
        await _is_refused(platform, await victim.get(planted))


async def test_an_attempt_grows_old(platform: Platform) -> None:
    async with platform.browser() as browser:
        callback = await platform.picked(await platform.leave(browser), "officer-7")
        await platform.admin.execute("UPDATE sign_in_flow SET expires_at = now() - interval '1 second'")
        await _is_refused(platform, await browser.get(callback))


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"state": None}, Reason.BAD_CALLBACK),
        ({"state": ""}, Reason.BAD_CALLBACK),
        ({"state": "guess"}, Reason.UNKNOWN_STATE),
        ({"state": "s" * 200}, Reason.BAD_CALLBACK),
        ({"state": "a\x00b"}, Reason.BAD_CALLBACK),
        ({"code": None}, Reason.BAD_CALLBACK),
        ({"code": ""}, Reason.BAD_CALLBACK),
        ({"code": "guess"}, Reason.TOKEN_REQUEST_REFUSED),
        ({"code": "c" * 5000}, Reason.BAD_CALLBACK),
        ({"iss": None}, Reason.WRONG_CALLBACK_ISSUER),
        ({"iss": ""}, Reason.WRONG_CALLBACK_ISSUER),
        ({"iss": f"{ISSUERS_URL}/charity"}, Reason.WRONG_CALLBACK_ISSUER),
        ({"iss": f"{ISSUERS_URL}/police/"}, Reason.WRONG_CALLBACK_ISSUER),
        ({"error": "access_denied"}, Reason.PROVIDER_ERROR),
        ({"error": "access_denied", "code": None}, Reason.PROVIDER_ERROR),
    ],
)
async def test_t36_a_callback_that_was_tampered_with_is_refused(
    platform: Platform, changes: dict[str, str | None], reason: Reason
) -> None:
    async with platform.browser() as browser:
        callback = await platform.picked(await platform.leave(browser), "officer-7")
        with structlog.testing.capture_logs() as lines:
            await _is_refused(platform, await browser.get(with_query(callback, **changes)))

    assert [line["reason"] for line in lines if line["event"] == "sign_in_refused"] == [reason.value]


@pytest.mark.parametrize("name", ["state", "code", "iss"])
async def test_a_parameter_given_twice_is_refused(platform: Platform, name: str) -> None:
    async with platform.browser() as browser:
        callback = await platform.picked(await platform.leave(browser), "officer-7")
        await _is_refused(platform, await browser.get(f"{callback}&{name}=x"))


async def test_t36_an_answer_of_one_agencys_provider_is_no_answer_of_anothers(platform: Platform) -> None:
    async with platform.browser() as browser:
        police = await platform.picked(await platform.leave(browser, "police"), "officer-7")
        charity = await platform.picked(await platform.leave(browser, "charity"), "worker-1", "charity")
        for path, other in (("police", charity), ("charity", police)):
            crossed = f"/sign-in/{path}/callback?{httpx2.URL(other).query.decode()}"
            await _is_refused(platform, await browser.get(crossed))


@pytest.mark.parametrize("issuer", ["police", "charity", None])
async def test_t36_a_code_of_one_provider_with_the_state_of_another_is_refused(
    platform: Platform, issuer: str | None
) -> None:
    async with platform.browser() as browser:
        police = await platform.picked(await platform.leave(browser, "police"), "officer-7")
        charity = await platform.picked(await platform.leave(browser, "charity"), "worker-1", "charity")
        code = httpx2.URL(charity).params["code"]
        mixed = with_query(police, code=code, iss=f"{ISSUERS_URL}/{issuer}" if issuer else None)
        await _is_refused(platform, await browser.get(mixed))


async def test_t37_the_same_subject_at_another_provider_is_another_person(platform: Platform) -> None:
    await platform.admin.execute("UPDATE member SET subject = 'worker-1' WHERE subject = 'officer-7'")
    async with platform.browser() as browser:
        await platform.sign_in(browser, "worker-1", "charity")
        agency = await platform.admin.fetchval(
            "SELECT a.code FROM session s JOIN agency a ON a.id = s.agency_id WHERE s.ended_at IS NULL"
        )

    assert agency == "sign-in-charity"


async def test_t41_a_code_that_was_asked_for_without_our_challenge_is_refused(platform: Platform) -> None:
    async with platform.browser() as browser:
        asked = await platform.leave(browser)
        # The attacker starts a flow with a challenge of their own and injects its code under the victim's state.
        injected = request(state=asked["state"], nonce=asked["nonce"], redirect_uri=asked["redirect_uri"])
        await _is_refused(platform, await browser.get(await platform.picked(injected, "officer-7")))


async def test_t41_a_code_with_our_challenge_and_another_nonce_is_refused(platform: Platform) -> None:
    async with platform.browser() as browser:
        asked = await platform.leave(browser)
        callback = await platform.picked(asked | {"nonce": "another"}, "officer-7")
        await _is_refused(platform, await browser.get(callback))


@pytest.mark.parametrize("path", ["/sign-in/nobody", "/sign-in/nobody/callback?state=a&code=b", "/sign-in/police%20"])
async def test_an_unknown_agency_ends_on_the_same_page(platform: Platform, path: str) -> None:
    async with platform.browser() as browser:
        await _is_refused(platform, await browser.get(path))


async def test_an_issuer_that_is_not_the_registered_one_is_never_followed(platform: Platform) -> None:
    await platform.admin.execute("UPDATE provider SET issuer = issuer || '/' WHERE slug = 'police'")
    async with platform.browser() as browser:
        await _is_refused(platform, await browser.get("/sign-in/police"))
