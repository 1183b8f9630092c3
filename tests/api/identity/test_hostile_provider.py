"""T37, T39 and T40: whatever a hostile provider publishes and signs, it signs in nobody but its own person."""

from collections.abc import Callable

import anyio
import pytest

from tests.api.development.issuing import POLICE
from tests.api.identity import forge
from tests.api.identity.hostile import ISSUER, PERSON, POLICE_JWKS, SLUG, Asked, Hostile, back, claims, metadata, signed
from tests.api.identity.platform import Platform

pytestmark = pytest.mark.anyio
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
        response = await browser.get(back(asked))

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
        assert (await browser.get(back(asked))).status_code == 303

    assert await _session_agency(beside) == f"sign-in-{SLUG}"


async def test_t39_a_storm_of_unknown_keys_at_one_provider_delays_no_other(beside: Platform, evil: Hostile) -> None:
    evil.document = metadata(jwks_uri=POLICE_JWKS)  # it spends its own allowance there, not the police's
    async with beside.browser() as browser:
        assert (await beside.sign_in(browser)).status_code == 303
    for number in range(10):
        async with beside.browser() as browser:
            asked = await beside.leave(browser, SLUG)
            evil.token = signed(claims(asked), kid=f"unknown-{number}")
            assert (await browser.get(back(asked))).status_code == 400
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
            await browser.get(back(asked))

    async with anyio.create_task_group() as crowd:
        for name in list(TOKENS)[:6]:
            crowd.start_soon(honest, "officer-7", "police")
            crowd.start_soon(honest, "worker-1", "charity")
            crowd.start_soon(dishonest, name)

    assert outcomes == [303] * 12
    assert await beside.sessions() == 12
