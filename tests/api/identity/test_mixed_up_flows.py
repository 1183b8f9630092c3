"""T36: of a corpus of flows in which a hostile provider stands in for an honest one none leads to a session."""

from collections.abc import Awaitable, Callable

import httpx2
import pytest

from tests.api.development.issuing import ISSUERS_URL, POLICE, request
from tests.api.identity.hostile import POLICE_JWKS, SLUG, Hostile, back, claims, metadata, signed
from tests.api.identity.platform import Platform
from tests.api.identity.test_hostile_provider import POISONED, TOKENS
from tests.api.identity.test_id_token import BAD as BAD_ID_TOKENS
from tests.api.identity.test_logout_token import BAD as BAD_LOGOUT_TOKENS

pytestmark = pytest.mark.anyio
Flow = Callable[[Platform, Hostile, httpx2.AsyncClient], Awaitable[httpx2.Response]]


async def _sent_to_the_police(place: Platform, evil: Hostile, browser: httpx2.AsyncClient) -> httpx2.Response:
    """The classic mix-up: its authorization endpoint is the police's, to have the police's code redeemed here."""
    evil.document = metadata(authorization_endpoint=f"{POLICE}/authorize")
    asked = await place.leave(browser, SLUG)
    async with httpx2.AsyncClient(transport=evil, base_url=ISSUERS_URL) as away:
        refused = await away.post("/police/authorize", data=asked | {"subject": "officer-7"})
        assert "location" not in refused.headers  # the callback is not the one that the police registered
    return await browser.get(back(asked))


async def _code_of_the_police(place: Platform, evil: Hostile, browser: httpx2.AsyncClient) -> httpx2.Response:
    """It got a police code and gives it to us under its own state; we redeem it there, where it is worth nothing."""
    asked = await place.leave(browser, SLUG)
    stolen = httpx2.URL(await place.picked(request(), "officer-7")).params["code"]
    evil.token = signed(claims(asked, iss=POLICE))
    return await browser.get(back(asked, stolen))


async def _redeemed_at_the_police(place: Platform, evil: Hostile, browser: httpx2.AsyncClient) -> httpx2.Response:
    """Its token endpoint and keys are the police's; the code was given for another callback and challenge."""
    evil.document = metadata(token_endpoint=f"{POLICE}/token", jwks_uri=POLICE_JWKS)
    asked = await place.leave(browser, SLUG)
    stolen = request(state=asked["state"], nonce=asked["nonce"], code_challenge=asked["code_challenge"])
    return await browser.get(back(asked, httpx2.URL(await place.picked(stolen, "officer-7")).params["code"]))


async def _at_the_police_callback(place: Platform, evil: Hostile, browser: httpx2.AsyncClient) -> httpx2.Response:
    """It answers at the police's callback with a state of its own."""
    asked = await place.leave(browser, SLUG)
    evil.token = signed(claims(asked))
    return await browser.get(back(asked).replace(f"/{SLUG}/", "/police/"))


async def _for_a_police_attempt(place: Platform, evil: Hostile, browser: httpx2.AsyncClient) -> httpx2.Response:
    """The browser began at the police; it answers in their place."""
    asked = await place.leave(browser)
    evil.token = signed(claims(asked, iss=POLICE))
    return await browser.get(back(asked))


async def _as_the_police_by_name(place: Platform, evil: Hostile, browser: httpx2.AsyncClient) -> httpx2.Response:
    """Its callback says that the police answer."""
    asked = await place.leave(browser, SLUG)
    evil.token = signed(claims(asked))
    return await browser.get(back(asked, iss=POLICE))


async def _without_the_name_it_promised(place: Platform, evil: Hostile, browser: httpx2.AsyncClient) -> httpx2.Response:
    evil.document = metadata(authorization_response_iss_parameter_supported=True)
    asked = await place.leave(browser, SLUG)
    evil.token = signed(claims(asked))
    return await browser.get(back(asked))


async def _the_police_keys_as_its_own(place: Platform, evil: Hostile, browser: httpx2.AsyncClient) -> httpx2.Response:
    """It publishes the police's keys and signs with its own under their name."""
    evil.document = metadata(jwks_uri=POLICE_JWKS)
    asked = await place.leave(browser, SLUG)
    evil.token = signed(claims(asked))
    return await browser.get(back(asked))


async def _another_browser(place: Platform, evil: Hostile, browser: httpx2.AsyncClient) -> httpx2.Response:
    """Its person began; a victim's browser is sent to the callback."""
    async with place.browser() as mole:
        asked = await place.leave(mole, SLUG)
    await place.leave(browser, SLUG)
    evil.token = signed(claims(asked))
    return await browser.get(back(asked))


async def _twice(place: Platform, evil: Hostile, browser: httpx2.AsyncClient) -> httpx2.Response:
    """The same answer again, with a token for somebody else."""
    asked = await place.leave(browser, SLUG)
    assert (await browser.get(back(asked))).status_code == 400  # no token: the attempt is used up
    evil.token = signed(claims(asked))
    return await browser.get(back(asked))


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


def test_the_corpus_of_bad_tokens_and_flows_is_large_enough_to_mean_something() -> None:
    assert len(POISONED) + len(TOKENS) + len(FLOWS) >= 45
    assert len(BAD_ID_TOKENS) + len(BAD_LOGOUT_TOKENS) >= 120
