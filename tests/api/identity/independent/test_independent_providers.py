"""The client against two providers that nobody here wrote: it is not tuned to the development issuers."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace

import asyncpg
import httpx2
import pytest
import uvicorn

from services.secret_box import SecretBox
from services.tools import open_tools
from tests.api.identity.independent.forms import press, walk
from tests.api.identity.independent.servers import certified_provider, free_port, mock_provider
from tests.api.identity.platform import Platform, Settings, add_agency
from tests.world.processes import eventually
from tests.world.server import FreshDatabase

pytestmark = pytest.mark.anyio
PERSON = "officer-7"
TWO_FACTORS = "urn:example:two-factors"
BOTH = pytest.mark.parametrize("slug", ["mock", "certified"])
LET_GO = {"mock": f"/users/{PERSON}/revoke-tokens", "certified": f"/let-go/{PERSON}"}
FRESH = """
    SELECT p.step_up_acr = s.acr AND s.authenticated_at > now() - interval '1 minute'
    FROM session s JOIN member m ON m.id = s.member_id JOIN provider p ON p.id = m.provider_id
    WHERE s.secret_hash = sha256(convert_to($1, 'UTF8'))
"""
AGE = "SELECT authenticated_at > now() - interval '1 minute' FROM session WHERE ended_at IS NULL AND idle_limit > '0'"


@pytest.fixture(scope="module")
def home() -> str:
    """The platform's address, which the providers are told."""
    return f"http://127.0.0.1:{free_port()}"


@pytest.fixture(scope="module")
def issuers(home: str) -> Iterator[dict[str, str]]:
    """Both providers, for all tests here."""
    with mock_provider() as mock, certified_provider(home, "certified") as certified:
        yield {"mock": mock, "certified": certified}


@pytest.fixture
async def platform(fresh_database: FreshDatabase, home: str, issuers: dict[str, str]) -> AsyncIterator[Platform]:
    """The platform with both as providers of two agencies, and the real network between them."""
    box = SecretBox(("an invented key for client secrets of providers",))
    tools, desk = open_tools(fresh_database.app_url), open_tools(fresh_database.sign_in_url, box=box)
    admin = await asyncpg.connect(fresh_database.admin_url)
    network = httpx2.AsyncHTTPTransport()
    try:
        for slug, issuer in issuers.items():
            await add_agency(admin, slug, PERSON, issuer)
        # The one takes any secret and no public client, the other knows us as a public client.
        await admin.execute("UPDATE provider SET client_secret = $1 WHERE slug = 'mock'", box.seal("mock", "any"))
        yield Platform(tools, desk, admin, Settings(home), network)
    finally:
        await network.aclose()
        await admin.close()
        await tools.close()
        await desk.close()


async def _callback(
    platform: Platform,
    browser: httpx2.AsyncClient,
    away: httpx2.AsyncClient,
    slug: str,
    person: str = PERSON,
    proof: str = "any",
    **query: str,
) -> str:
    """Where the provider sends the browser back to."""
    leaving = await browser.get(f"/sign-in/{slug}", params=query)
    assert leaving.status_code == 303, leaving.text
    home = platform.settings.public_url
    back = await walk(away, leaving.headers["location"], home, login=person, password=proof, sub=person)
    return back.removeprefix(home)


@BOTH
async def test_a_person_signs_in_and_only_the_subject_is_taken_from_the_token(platform: Platform, slug: str) -> None:
    async with platform.browser() as browser, httpx2.AsyncClient() as away:
        back = await browser.get(await _callback(platform, browser, away, slug))

        assert back.status_code == 303, back.text
        assert await platform.who(browser.cookies["concordat"]) == PERSON
    agency = "SELECT a.code FROM session s JOIN agency a ON a.id = s.agency_id WHERE s.idle_limit IS NOT NULL"
    assert await platform.admin.fetchval(agency) == f"sign-in-{slug}"


@BOTH
async def test_whom_the_agency_has_not_added_gets_no_session(platform: Platform, slug: str) -> None:
    async with platform.browser() as browser, httpx2.AsyncClient() as away:
        back = await browser.get(await _callback(platform, browser, away, slug, person="somebody-else"))

    assert back.status_code == 403
    assert await platform.sessions() == 0


@BOTH
async def test_a_callback_works_once(platform: Platform, slug: str) -> None:
    async with platform.browser() as browser, httpx2.AsyncClient() as away:
        callback = await _callback(platform, browser, away, slug)
        first, again = await browser.get(callback), await browser.get(callback)

    assert (first.status_code, again.status_code) == (303, 400)
    assert await platform.sessions() == 1


async def test_t36_an_answer_of_one_is_no_answer_of_the_other(platform: Platform) -> None:
    async with platform.browser() as browser, httpx2.AsyncClient() as away:
        answers = {slug: await _callback(platform, browser, away, slug) for slug in ("mock", "certified")}
        query = {slug: httpx2.URL(answer).query.decode() for slug, answer in answers.items()}
        codes = {slug: httpx2.URL(answer).params["code"] for slug, answer in answers.items()}
        crossed = [
            f"/sign-in/mock/callback?{query['certified']}",
            f"/sign-in/certified/callback?{query['mock']}",
            answers["mock"].replace(codes["mock"], codes["certified"]),
            answers["certified"].replace(codes["certified"], codes["mock"]),
        ]
        assert [(await browser.get(path)).status_code for path in crossed] == [400] * 4

    assert await platform.sessions() == 0


async def test_t47_a_step_up_is_proven_by_the_time_of_the_sign_in(platform: Platform) -> None:
    async with platform.browser() as browser, httpx2.AsyncClient() as away:
        assert (await browser.get(await _callback(platform, browser, away, "certified"))).status_code == 303
        before = browser.cookies["concordat"]

        # The provider knows the browser, and asks for the password again all the same.
        back = await browser.get(await _callback(platform, browser, away, "certified", step_up="1"))

        assert back.status_code == 303, back.text
        assert browser.cookies["concordat"] != before
        assert await platform.who(before) is None
        assert await platform.admin.fetchval(AGE) is True


async def test_t47_a_level_that_the_provider_does_not_prove_is_no_step_up(platform: Platform) -> None:
    await platform.admin.execute("UPDATE provider SET step_up_acr = $1 WHERE slug = 'certified'", TWO_FACTORS)
    async with platform.browser() as browser, httpx2.AsyncClient() as away:
        back = await browser.get(await _callback(platform, browser, away, "certified", step_up="1"))

    assert back.status_code == 400
    assert await platform.sessions() == 0


async def test_t47_a_level_that_the_provider_proves_by_acr_is_a_step_up(platform: Platform) -> None:
    await platform.admin.execute("UPDATE provider SET step_up_acr = $1 WHERE slug = 'certified'", TWO_FACTORS)
    async with platform.browser() as browser, httpx2.AsyncClient() as away:
        assert (await browser.get(await _callback(platform, browser, away, "certified"))).status_code == 303
        before = browser.cookies["concordat"]
        assert await platform.admin.fetchval(FRESH, before) is None  # the time alone proves nothing here
        with_one = await _callback(platform, browser, away, "certified", step_up="1")
        assert (await browser.get(with_one)).status_code == 400

        with_two = await _callback(platform, browser, away, "certified", proof="second factor", step_up="1")
        back = await browser.get(with_two)

        assert back.status_code == 303, back.text
        assert await platform.who(before) is None
        assert await platform.admin.fetchval(FRESH, browser.cookies["concordat"]) is True


@BOTH
async def test_t44_who_is_let_go_there_is_out_here_when_the_provider_is_asked_again(
    platform: Platform, slug: str, issuers: dict[str, str]
) -> None:
    secrets = []
    for _ in range(2):
        async with platform.browser() as browser, httpx2.AsyncClient() as away:
            assert (await browser.get(await _callback(platform, browser, away, slug))).status_code == 303
            secrets.append(browser.cookies["concordat"])
    await platform.admin.execute("UPDATE test_clock SET at = now() + interval '15 minutes'")
    assert await platform.who(secrets[0]) is None  # until it has been asked
    assert [await _still_in(platform, secret) for secret in secrets] == [True, True]

    async with httpx2.AsyncClient() as office:
        (await office.post(f"{issuers[slug]}{LET_GO[slug]}")).raise_for_status()
    assert await _still_in(platform, secrets[0])
    await platform.admin.execute("UPDATE test_clock SET at = now() + interval '30 minutes'")

    assert [await _still_in(platform, secret) for secret in secrets] == [False, False]
    async with httpx2.AsyncClient() as office:
        await office.post(f"{issuers['certified']}/take-back/{PERSON}")  # the process serves other tests as well
    because = await platform.admin.fetch("SELECT DISTINCT ended_because FROM session WHERE ended_at IS NOT NULL")
    assert [row[0] for row in because] == ["provider_said_no"]


async def _still_in(platform: Platform, secret: str) -> bool:
    """Whether the platform's next answer to the holder of this secret is one."""
    async with replace(platform.tools, ask_provider=platform.asking_again.ask).enter(secret) as reading:
        return reading is not None


async def test_t43_signing_out_at_the_certified_provider_ends_the_session_here(platform: Platform, home: str) -> None:
    async with _served(platform), platform.browser() as browser, httpx2.AsyncClient() as away:
        leaving = await browser.get("/sign-in/certified")
        issuer = f"http://{httpx2.URL(leaving.headers['location']).netloc.decode()}"
        assert (await browser.get(await _callback(platform, browser, away, "certified"))).status_code == 303
        secret = browser.cookies["concordat"]
        assert await platform.who(secret) == PERSON

        await press(away, f"{issuer}/session/end", logout="yes")

        assert await platform.who(secret) is None


@asynccontextmanager
async def _served(platform: Platform) -> AsyncIterator[None]:
    """The platform where the provider can reach it."""
    port = httpx2.URL(platform.settings.public_url).port
    assert port is not None
    config = uvicorn.Config(
        platform._app, "127.0.0.1", port, lifespan="off", log_config=None, access_log=False, ws="none"
    )
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server._serve())
    try:
        while not server.started:  # noqa: ASYNC110 - the server rings no bell
            await asyncio.sleep(0.01)
        yield
    finally:
        server.should_exit = True
        await serving


def test_nothing_of_a_provider_outlives_it() -> None:
    with mock_provider() as issuer:
        assert httpx2.get(f"{issuer}/jwks").status_code == 200

    def is_gone() -> bool:
        try:
            httpx2.get(f"{issuer}/jwks")
        except httpx2.HTTPError:
            return True
        return False

    assert eventually(is_gone, 5)
