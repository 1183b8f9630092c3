"""T36 and T37: of a corpus of flows by a hostile provider beside honest ones none leads to anybody else's session."""

from collections.abc import AsyncIterator, Awaitable, Callable

import anyio
import httpx2
import pytest

from tests.api.development.issuing import ISSUERS_URL, POLICE, request
from tests.api.identity import forge
from tests.api.identity.hostile import ISSUER, PERSON, POLICE_JWKS, SLUG, Hostile, claims, metadata, signed
from tests.api.identity.platform import Platform, add_agency, with_query
from tests.api.identity.test_id_token import BAD as BAD_ID_TOKENS
from tests.api.identity.test_logout_token import BAD as BAD_LOGOUT_TOKENS

pytestmark = pytest.mark.anyio
Asked = dict[str, str]
POISONED: dict[str, dict[str, object]] = {
    "it calls itself the police": metadata(issuer=POLICE),
    "it calls itself the police with a slash": metadata(issuer=f"{POLICE}/"),
    "it names nobody": metadata(issuer=None),
    "it sends browsers to a script": metadata(authorization_endpoint="javascript:alert(1)"),
    "it sends browsers away unprotected": metadata(authorization_endpoint="http://evil.example/authorize"),
    "it sends us into a private network": metadata(token_endpoint="https://10.0.0.1/token"),
    "it sends us to this machine": metadata(jwks_uri="https://localhost/jwks"),
    "it sends us to a metadata service": metadata(jwks_uri="http://169.254.169.254/latest"),
    "it hides a user in the address": metadata(token_endpoint=f"https://police@{'evil.example'}/token"),
    "it has no token endpoint": metadata(token_endpoint=None),
    "it offers plain challenges only": metadata(code_challenge_methods_supported=["plain"]),
    "it offers no code flow": metadata(response_types_supported=["id_token"]),
    "its endpoints are lists": metadata(token_endpoint=[f"{ISSUER}/token"]),
}
TOKENS: dict[str, Callable[[Asked], str]] = {
    "the police's name": lambda asked: signed(claims(asked, iss=POLICE, sub="officer-7")),
    "the police's name with its kid": lambda asked: signed(claims(asked, iss=POLICE), kid="police-1"),
    "another audience": lambda asked: signed(claims(asked, aud="someone-else")),
    "two audiences": lambda asked: signed(claims(asked, aud=["concordat", "someone-else"])),
    "another authorised party": lambda asked: signed(claims(asked, azp="someone-else")),
    "another nonce": lambda asked: signed(claims(asked, nonce="other")),
    "no nonce": lambda asked: signed(claims(asked, nonce=None)),
    "the state as its nonce": lambda asked: signed(claims(asked, nonce=asked["state"])),
    "no subject": lambda asked: signed(claims(asked, sub=None)),
    "an array of subjects": lambda asked: signed(claims(asked, sub=[PERSON, "officer-7"])),
    "a subject of other letters": lambda asked: signed(claims(asked, sub="mоle-1")),
    "an expired one": lambda asked: signed(claims(asked, exp=1)),
    "one of tomorrow": lambda asked: signed(claims(asked, iat=2**32)),
    "a logout token": lambda asked: signed(claims(asked), typ="logout+jwt"),
    "an access token": lambda asked: signed(claims(asked), typ="at+jwt"),
    "a key that it brings": lambda asked: signed(
        claims(asked), forge.OTHER_EC, jwk=forge.published(forge.OTHER_EC), kid="other"
    ),
    "a key that it does not publish": lambda asked: signed(claims(asked), forge.OTHER_EC),
    "no signature": lambda asked: forge.unsigned() + "AA",
    "a shared secret": lambda asked: forge.confused(),
    "nothing": lambda asked: "",
    "the police's officer under its own name": lambda asked: signed(claims(asked, sub="officer-7")),
    "the charity's worker under its own name": lambda asked: signed(claims(asked, sub="worker-1")),
}


@pytest.fixture
def evil() -> Hostile:
    """The hostile provider, honest until a test says otherwise."""
    return Hostile()


@pytest.fixture
async def beside(platform: Platform, evil: Hostile) -> AsyncIterator[Platform]:
    """Three agencies, and the provider of one of them is hostile."""
    await add_agency(platform.admin, SLUG, PERSON, ISSUER)
    place = Platform(platform.tools, platform.desk, platform.admin, platform.settings, evil)
    yield place
    async with place.browser() as one, place.browser() as other:  # whatever it did, the others sign in as ever
        assert (await place.sign_in(one)).status_code == 303
        assert (await place.sign_in(other, "worker-1", "charity")).status_code == 303
        assert await place.who(one.cookies["concordat"]) == "officer-7"


def _back(asked: Asked, code: str = "any", **changes: str) -> str:
    return with_query(f"/sign-in/{SLUG}/callback?code={code}&state={asked['state']}", **changes)


async def _session_agency(platform: Platform) -> object:
    return await platform.admin.fetchval(
        "SELECT a.code FROM session s JOIN agency a ON a.id = s.agency_id WHERE s.idle_limit IS NOT NULL"
    )


@pytest.mark.parametrize("name", POISONED)
async def test_t40_nobody_is_sent_to_a_provider_whose_metadata_lies(beside: Platform, evil: Hostile, name: str) -> None:
    evil.document = POISONED[name]
    async with beside.browser() as browser:
        response = await browser.get(f"/sign-in/{SLUG}")

    assert response.status_code == 400
    assert await beside.sessions() == 0


@pytest.mark.parametrize("name", TOKENS)
async def test_t37_no_token_of_a_hostile_provider_starts_a_session(beside: Platform, evil: Hostile, name: str) -> None:
    async with beside.browser() as browser:
        asked = await beside.leave(browser, SLUG)
        evil.token = TOKENS[name](asked)
        response = await browser.get(_back(asked))

    assert response.status_code in {400, 403}
    assert "concordat=" not in response.headers.get("set-cookie", "")
    assert await beside.sessions() == 0


async def test_t37_whatever_it_claims_its_own_person_stays_in_its_own_agency(beside: Platform, evil: Hostile) -> None:
    async with beside.browser() as browser:
        asked = await beside.leave(browser, SLUG)
        widened = {
            "agency": "sign-in-police",
            "email": "chief@police.example",
            "roles": ["administrator"],
            "acr": "high",
        }
        evil.token = signed(claims(asked, **widened))
        assert (await browser.get(_back(asked))).status_code == 303

    assert await _session_agency(beside) == f"sign-in-{SLUG}"


Flow = Callable[[Platform, Hostile, httpx2.AsyncClient], Awaitable[httpx2.Response]]


async def _sent_to_the_police(place: Platform, evil: Hostile, browser: httpx2.AsyncClient) -> httpx2.Response:
    """The classic mix-up: its authorization endpoint is the police's, to have the police's code redeemed here."""
    evil.document = metadata(authorization_endpoint=f"{POLICE}/authorize")
    asked = await place.leave(browser, SLUG)
    async with httpx2.AsyncClient(transport=evil, base_url=ISSUERS_URL) as away:
        refused = await away.post("/police/authorize", data=asked | {"subject": "officer-7"})
        assert "location" not in refused.headers  # the callback is not the one that the police registered
    return await browser.get(_back(asked))


async def _code_of_the_police(place: Platform, evil: Hostile, browser: httpx2.AsyncClient) -> httpx2.Response:
    """It got a police code and gives it to us under its own state; we redeem it there, where it is worth nothing."""
    asked = await place.leave(browser, SLUG)
    stolen = httpx2.URL(await place.picked(request(), "officer-7")).params["code"]
    evil.token = signed(claims(asked, iss=POLICE))
    return await browser.get(_back(asked, stolen))


async def _redeemed_at_the_police(place: Platform, evil: Hostile, browser: httpx2.AsyncClient) -> httpx2.Response:
    """Its token endpoint and keys are the police's; the code was given for another callback and challenge."""
    evil.document = metadata(token_endpoint=f"{POLICE}/token", jwks_uri=POLICE_JWKS)
    asked = await place.leave(browser, SLUG)
    stolen = request(state=asked["state"], nonce=asked["nonce"], code_challenge=asked["code_challenge"])
    return await browser.get(_back(asked, httpx2.URL(await place.picked(stolen, "officer-7")).params["code"]))


async def _at_the_police_callback(place: Platform, evil: Hostile, browser: httpx2.AsyncClient) -> httpx2.Response:
    """It answers at the police's callback with a state of its own."""
    asked = await place.leave(browser, SLUG)
    evil.token = signed(claims(asked))
    return await browser.get(_back(asked).replace(f"/{SLUG}/", "/police/"))


async def _for_a_police_attempt(place: Platform, evil: Hostile, browser: httpx2.AsyncClient) -> httpx2.Response:
    """The browser began at the police; it answers in their place."""
    asked = await place.leave(browser)
    evil.token = signed(claims(asked, iss=POLICE))
    return await browser.get(_back(asked))


async def _as_the_police_by_name(place: Platform, evil: Hostile, browser: httpx2.AsyncClient) -> httpx2.Response:
    """Its callback says that the police answer."""
    asked = await place.leave(browser, SLUG)
    evil.token = signed(claims(asked))
    return await browser.get(_back(asked, iss=POLICE))


async def _without_the_name_it_promised(place: Platform, evil: Hostile, browser: httpx2.AsyncClient) -> httpx2.Response:
    evil.document = metadata(authorization_response_iss_parameter_supported=True)
    asked = await place.leave(browser, SLUG)
    evil.token = signed(claims(asked))
    return await browser.get(_back(asked))


async def _the_police_keys_as_its_own(place: Platform, evil: Hostile, browser: httpx2.AsyncClient) -> httpx2.Response:
    """It publishes the police's keys and signs with its own under their name."""
    evil.document = metadata(jwks_uri=POLICE_JWKS)
    asked = await place.leave(browser, SLUG)
    evil.token = signed(claims(asked))
    return await browser.get(_back(asked))


async def _another_browser(place: Platform, evil: Hostile, browser: httpx2.AsyncClient) -> httpx2.Response:
    """Its person began; a victim's browser is sent to the callback."""
    async with place.browser() as mole:
        asked = await place.leave(mole, SLUG)
    await place.leave(browser, SLUG)
    evil.token = signed(claims(asked))
    return await browser.get(_back(asked))


async def _twice(place: Platform, evil: Hostile, browser: httpx2.AsyncClient) -> httpx2.Response:
    """The same answer again, with a token for somebody else."""
    asked = await place.leave(browser, SLUG)
    assert (await browser.get(_back(asked))).status_code == 400  # no token: the attempt is used up
    evil.token = signed(claims(asked))
    return await browser.get(_back(asked))


FLOWS: dict[str, Flow] = {
    "mix-up by the authorization endpoint": _sent_to_the_police,
    "a stolen code under its own state": _code_of_the_police,
    "a stolen code at the police's token endpoint": _redeemed_at_the_police,
    "its answer at another's callback": _at_the_police_callback,
    "its answer to another's attempt": _for_a_police_attempt,
    "another's name in the callback": _as_the_police_by_name,
    "no name though it promised one": _without_the_name_it_promised,
    "another's keys": _the_police_keys_as_its_own,
    "another browser": _another_browser,
    "an attempt used up": _twice,
}


@pytest.mark.parametrize("name", FLOWS)
async def test_t36_a_mixed_up_flow_starts_no_session(beside: Platform, evil: Hostile, name: str) -> None:
    async with beside.browser() as browser:
        response = await FLOWS[name](beside, evil, browser)

    assert response.status_code == 400
    assert "concordat=" not in response.headers.get("set-cookie", "")
    assert await beside.sessions() == 0
    assert all(code.get("redirect_uri", "").endswith(f"/{SLUG}/callback") for code in evil.redeemed)


async def test_t39_a_storm_of_unknown_keys_at_one_provider_delays_no_other(beside: Platform, evil: Hostile) -> None:
    evil.document = metadata(jwks_uri=POLICE_JWKS)  # it spends its own allowance there, not the police's
    async with beside.browser() as browser:
        assert (await beside.sign_in(browser)).status_code == 303
    for number in range(10):
        async with beside.browser() as browser:
            asked = await beside.leave(browser, SLUG)
            evil.token = signed(claims(asked), kid=f"unknown-{number}")
            assert (await browser.get(_back(asked))).status_code == 400
    issuer = evil.honest.app.state.issuers["police"]  # type: ignore[attr-defined] # it is a Starlette
    beside.later += 31
    issuer.publish_next_key()
    issuer.sign_with_next_key()

    async with beside.browser() as browser:
        assert (await beside.sign_in(browser)).status_code == 303


async def test_several_providers_are_used_side_by_side(beside: Platform, evil: Hostile) -> None:
    outcomes: list[int] = []

    async def honest(subject: str, slug: str) -> None:
        async with beside.browser() as browser:
            outcomes.append((await beside.sign_in(browser, subject, slug)).status_code)

    async def dishonest(name: str) -> None:
        async with beside.browser() as browser:
            asked = await beside.leave(browser, SLUG)
            evil.token = TOKENS[name](asked)
            await browser.get(_back(asked))

    async with anyio.create_task_group() as crowd:
        for name in list(TOKENS)[:6]:
            crowd.start_soon(honest, "officer-7", "police")
            crowd.start_soon(honest, "worker-1", "charity")
            crowd.start_soon(dishonest, name)

    assert outcomes == [303] * 12
    assert await beside.sessions() == 12


def test_the_corpus_of_bad_tokens_and_flows_is_large_enough_to_mean_something() -> None:
    assert len(POISONED) + len(TOKENS) + len(FLOWS) >= 45
    assert len(BAD_ID_TOKENS) + len(BAD_LOGOUT_TOKENS) >= 120
