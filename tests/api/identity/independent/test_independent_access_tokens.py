"""Access tokens of a provider that nobody here wrote become sessions of the agency's system, and nothing else does."""

from collections.abc import AsyncIterator, Iterator
from datetime import date, timedelta

import asyncpg
import httpx2
import pytest

from services.tools import open_tools
from tests.api.identity.independent.forms import walk
from tests.api.identity.independent.servers import certified_provider, free_port
from tests.api.identity.platform import Platform, Settings, add_agency
from tests.world.issued import EXCHANGE, SYSTEM
from tests.world.server import FreshDatabase

pytestmark = pytest.mark.anyio
SLUG, PERSON = "certified", "officer-7"
SECRET = "a-secret-of-the-provider-alone"
OF_THE_SYSTEM = (
    "SELECT count(*) FROM session s JOIN member m ON m.id = s.member_id AND m.display_name = 'Records system'"
)
REGISTER = """
    WITH proposal AS (
        INSERT INTO administrative_proposal (act, agency_id, content, reason, proposed_by, proposed_at, expires_at)
        SELECT 'machine_client.register', m.agency_id, '{}', 'A test.', m.id, moment(), moment() + interval '1 day'
        FROM member m WHERE m.subject = $1 RETURNING id, agency_id)
    SELECT register_machine(p.agency_id, jsonb_build_object(
        'name', 'Records system', 'purpose', 'Reads.', 'function', 'first_responder',
        'operations', '["ReadViewer"]'::jsonb, 'keys', '[]'::jsonb, 'from', $2::date, 'until', $3::date,
        'issued_by', jsonb_build_object('provider', $4::text, 'client', $5::text, 'subject', $5::text)), p.id)
    FROM proposal p
"""


@pytest.fixture(scope="module")
def home() -> str:
    """The platform's address, which the provider is told."""
    return f"http://127.0.0.1:{free_port()}"


@pytest.fixture(scope="module")
def issuer(home: str) -> Iterator[str]:
    """The provider."""
    with certified_provider(home, SLUG) as certified:
        yield certified


@pytest.fixture
async def platform(fresh_database: FreshDatabase, home: str, issuer: str) -> AsyncIterator[Platform]:
    """The platform with an agency, its provider, and a system that the provider knows."""
    tools, desk = open_tools(fresh_database.app_url), open_tools(fresh_database.sign_in_url)
    admin = await asyncpg.connect(fresh_database.admin_url)
    network = httpx2.AsyncHTTPTransport()
    today = await admin.fetchval("SELECT london_today()")
    assert isinstance(today, date)
    try:
        await add_agency(admin, SLUG, PERSON, issuer)
        await admin.execute(REGISTER, PERSON, today, today + timedelta(days=30), SLUG, SYSTEM)
        yield Platform(tools, desk, admin, Settings(home), network)
    finally:
        await network.aclose()
        await admin.close()
        await tools.close()
        await desk.close()


async def issued(issuer: str, resource: str) -> str:
    """What the provider gives its client for this resource."""
    form = {"grant_type": "client_credentials", "resource": resource}
    async with httpx2.AsyncClient() as system:
        answer = await system.post(f"{issuer}/token", data=form, auth=(SYSTEM, SECRET))
    assert answer.status_code == 200, answer.text
    return str(answer.json()["access_token"])


async def exchanged(platform: Platform, token: str) -> httpx2.Response:
    async with platform.browser() as system:
        return await system.post("/oauth/token", data=EXCHANGE | {"subject_token": token})


async def test_its_token_for_us_becomes_one_session_of_the_system(platform: Platform, issuer: str, home: str) -> None:
    token = await issued(issuer, home)

    answer, again = await exchanged(platform, token), await exchanged(platform, token)

    assert (answer.status_code, again.status_code) == (200, 400), answer.text
    assert answer.json()["expires_in"] == 600
    assert await platform.who(answer.json()["access_token"]) == "Records system"


async def test_its_tokens_for_others_are_worth_nothing_here(platform: Platform, issuer: str, home: str) -> None:
    for resource in (f"{home}/another", "https://other.example", f"{home}/opaque"):
        answer = await exchanged(platform, await issued(issuer, resource))
        assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request"), resource


async def test_what_it_gives_a_person_is_no_systems_token(platform: Platform, issuer: str, home: str) -> None:
    async with platform.browser() as browser, httpx2.AsyncClient() as away:
        leaving = await browser.get(f"/sign-in/{SLUG}")
        back = await walk(away, leaving.headers["location"], home, login=PERSON, password="any", sub=PERSON)
        form = {
            "grant_type": "authorization_code",
            "code": httpx2.URL(back).params["code"],
            "redirect_uri": f"{home}/sign-in/{SLUG}/callback",
            "client_id": "concordat",
            "code_verifier": await platform.admin.fetchval("SELECT verifier FROM sign_in_flow"),
        }
        tokens = (await away.post(f"{issuer}/token", data=form)).json()

    for name in ("access_token", "id_token"):
        assert (await exchanged(platform, tokens[name])).status_code == 400, name
    assert await platform.admin.fetchval(OF_THE_SYSTEM) == 0


async def test_a_closed_provider_vouches_for_nobody(platform: Platform, issuer: str, home: str) -> None:
    token = await issued(issuer, home)
    await platform.admin.execute("UPDATE provider SET closed_at = moment() WHERE slug = $1", SLUG)

    assert (await exchanged(platform, token)).status_code == 400
