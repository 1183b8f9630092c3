"""Someone signs in through their own agency, and out again, over HTTP and a real database."""

import hashlib
from http.cookies import SimpleCookie

import anyio
import httpx2
import pytest

from tests.api.identity.platform import Platform

pytestmark = pytest.mark.anyio
ATTEMPT = "concordat-sign-in"


def _cookies(response: httpx2.Response) -> dict[str, str]:
    """Each cookie that was set, by name, with its attributes as they were written."""
    lines = response.headers.get_list("set-cookie")
    return {line.split("=", 1)[0]: line.split(";", 1)[1].strip() for line in lines}


async def test_a_registered_person_signs_in_and_the_database_knows_them(platform: Platform) -> None:
    async with platform.browser() as browser:
        response = await platform.sign_in(browser, return_to="/cases?first=20")
        secret = browser.cookies["concordat"]

    assert (response.status_code, response.headers["location"]) == (303, "/cases?first=20")
    assert await platform.who(secret) == "officer-7"
    assert await platform.who("guess") is None


async def test_t42_the_database_holds_a_hash_and_never_the_secret(platform: Platform) -> None:
    async with platform.browser() as browser:
        await platform.sign_in(browser)
        secret = browser.cookies["concordat"]

    row = await platform.admin.fetchrow("SELECT * FROM session WHERE idle_limit IS NOT NULL")
    assert row["secret_hash"] == hashlib.sha256(secret.encode()).digest()
    assert secret not in str(dict(row))
    assert len(secret) == 43
    assert row["authenticated_at"] is not None


async def test_t41_nothing_secret_travels_through_the_browser(platform: Platform) -> None:
    async with platform.browser() as browser:
        asked = await platform.leave(browser)
        kept = await platform.admin.fetchrow("SELECT * FROM sign_in_flow")

    assert kept["verifier"] not in str(asked)
    assert (asked["code_challenge_method"], asked["response_type"], asked["scope"]) == ("S256", "code", "openid")
    assert asked["nonce"] == kept["nonce"]
    assert asked["state"] not in str(dict(kept))
    assert browser.cookies[ATTEMPT] not in str(dict(kept))


async def _check_cookies(platform: Platform, prefix: str, secure: str) -> None:
    async with platform.browser() as browser:
        begun = await browser.get("/sign-in/police")
        done = await platform.sign_in(browser)
    assert done.status_code == 303
    assert _cookies(begun) == {f"{prefix}{ATTEMPT}": f"HttpOnly; Max-Age=600; Path=/; SameSite=lax{secure}"}
    assert _cookies(done)[f"{prefix}concordat"] == f"HttpOnly; Path=/; SameSite=lax{secure}"
    assert "Max-Age=0" in _cookies(done)[f"{prefix}{ATTEMPT}"]


async def test_t42_cookies_on_loopback_have_plain_names(platform: Platform) -> None:
    await _check_cookies(platform, "", "")


async def test_t42_cookies_in_production_are_bound_to_the_host(production: Platform) -> None:
    await _check_cookies(production, "__Host-", "; Secure")


async def test_t42_a_plain_cookie_is_nothing_in_production(production: Platform) -> None:
    async with production.browser() as browser:
        callback = await production.picked(await production.leave(browser), "officer-7")
        proof = browser.cookies[f"__Host-{ATTEMPT}"]
    async with production.browser(**{ATTEMPT: proof}) as downgraded:
        assert (await downgraded.get(callback)).status_code == 400


async def test_t42_a_new_sign_in_brings_a_new_secret_and_ends_the_old_session(platform: Platform) -> None:
    async with platform.browser() as browser:
        await platform.sign_in(browser)
        first = browser.cookies["concordat"]
        await platform.sign_in(browser)
        second = browser.cookies["concordat"]

    assert first != second
    assert await platform.who(first) is None
    assert await platform.who(second) == "officer-7"


async def test_t42_a_secret_planted_before_signing_in_is_never_taken_over(platform: Platform) -> None:
    planted = "A" * 43
    async with platform.browser(concordat=planted) as browser:
        response = await platform.sign_in(browser)

    assert SimpleCookie(response.headers["set-cookie"])["concordat"].value != planted
    assert await platform.who(planted) is None


@pytest.mark.parametrize(("subject", "has_function"), [("officer-8", True), ("officer-7", False)])
async def test_t37_a_person_without_a_place_gets_no_session(
    platform: Platform, subject: str, *, has_function: bool
) -> None:
    if not has_function:
        await platform.admin.execute("UPDATE member_function SET valid_until = '2010-01-01'")
    async with platform.browser() as browser:
        response = await platform.sign_in(browser, subject)

    assert response.status_code == 403
    assert "Ask your agency's administrator" in response.text
    assert "Test police &lt;agency&gt;" in response.text
    assert "concordat" not in _cookies(response)
    assert await platform.sessions() == 0


async def test_the_agencies_are_offered_as_plain_links(platform: Platform) -> None:
    async with platform.browser() as browser:
        page = await browser.get("/sign-in", params={"return_to": "/cases?a=1&b=2"})

    assert page.status_code == 200
    assert '<a href="/sign-in/police?return_to=%2Fcases%3Fa%3D1%26b%3D2">Test police &lt;agency&gt;</a>' in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]


async def test_a_hint_travels_to_the_provider(platform: Platform) -> None:
    async with platform.browser() as browser:
        asked = await platform.leave(browser, login_hint="officer-8")

    assert asked["login_hint"] == "officer-8"


@pytest.mark.parametrize(
    "target",
    ["https://evil.example", "//evil.example", "/\\evil.example", "evil", "/a\nb", "/a b", "/é", "/" + "a" * 500],
)
async def test_after_signing_in_the_browser_stays_with_us(platform: Platform, target: str) -> None:
    async with platform.browser() as browser:
        response = await platform.sign_in(browser, return_to=target)

    assert response.headers["location"] == "/"


@pytest.mark.parametrize("path", ["/sign-in?return_to=%2Fa", "/sign-in/police?login_hint=officer-7"])
async def test_another_host_name_leads_to_the_public_one_before_any_cookie(platform: Platform, path: str) -> None:
    async with platform.browser() as browser:
        response = await browser.get(path, headers={"Host": "localhost:8000"})

    assert (response.status_code, response.headers["location"]) == (303, platform.settings.public_url + path)
    assert not _cookies(response)


async def test_signing_out_ends_the_session_and_takes_the_cookie(platform: Platform) -> None:
    async with platform.browser() as browser:
        await platform.sign_in(browser)
        secret = browser.cookies["concordat"]
        response = await browser.post("/sign-out", headers={"Origin": platform.settings.public_url})

    assert response.status_code == 200
    assert "Max-Age=0" in _cookies(response)["concordat"]
    assert await platform.who(secret) is None


@pytest.mark.parametrize(
    "headers",
    [{}, {"Origin": "http://127.0.0.1:8001"}, {"Origin": "null"}, {"Sec-Fetch-Site": "same-site"}],
)
async def test_t45_another_page_cannot_sign_someone_out(platform: Platform, headers: dict[str, str]) -> None:
    async with platform.browser() as browser:
        await platform.sign_in(browser)
        refused = await browser.post("/sign-out", headers=headers)
        by_link = await browser.get("/sign-out")

    assert (refused.status_code, by_link.status_code) == (403, 405)
    assert await platform.sessions() == 1


async def test_two_tabs_of_one_browser_do_not_lose_each_other(platform: Platform) -> None:
    async with platform.browser() as browser:
        first = await platform.leave(browser)
        second = await platform.leave(browser)
        assert (await browser.get(await platform.picked(second, "officer-7"))).status_code == 303
        # The first tab's attempt ended with the sign-in of the second, which it shares.
        late = await browser.get(await platform.picked(first, "officer-7"))

    assert late.status_code == 400
    assert await platform.sessions() == 1


async def test_many_sign_ins_at_once_all_arrive(platform: Platform) -> None:
    await platform.admin.execute(
        "INSERT INTO sign_in_flow SELECT sha256(n::text::bytea), 'b', id, 'n', 'v', '/', now() - interval '1 day' "
        "FROM provider, generate_series(1, 50) n WHERE slug = 'police'"
    )

    async def one() -> None:
        async with platform.browser() as browser:
            assert (await platform.sign_in(browser)).status_code == 303

    async with anyio.create_task_group() as crowd:
        for _ in range(8):
            crowd.start_soon(one)

    assert await platform.sessions() == 8
