"""The demo's issuers are honest OIDC providers, and refuse whatever a real one would refuse."""

import pytest

from tests.api.development.issuing import (
    ISSUERS_URL,
    POLICE,
    PUBLIC_URL,
    client,
    request,
)

pytestmark = pytest.mark.anyio


async def test_each_issuer_describes_itself_under_its_own_address() -> None:
    async with client() as browser:
        described = (await browser.get("/police/.well-known/openid-configuration")).json()
        other = (await browser.get("/charity/.well-known/openid-configuration")).json()

    assert described["issuer"] == POLICE
    assert other["issuer"] == f"{ISSUERS_URL}/charity"
    assert described["authorization_response_iss_parameter_supported"] is True
    assert described["code_challenge_methods_supported"] == ["S256"]


async def test_each_issuer_has_a_key_of_its_own_and_shows_its_public_half_only() -> None:
    async with client() as browser:
        keys = [(await browser.get(f"/{slug}/jwks")).json()["keys"] for slug in ("police", "charity")]

    assert [len(found) for found in keys] == [1, 1]
    assert keys[0][0]["kid"] != keys[1][0]["kid"]
    assert all(set(key) == {"kty", "crv", "x", "y", "kid", "use", "alg"} for [key] in keys)


async def test_the_picker_offers_the_agencys_people_and_runs_under_a_strict_policy() -> None:
    async with client() as browser:
        page = await browser.get("/police/authorize", params=request())

    assert page.status_code == 200
    assert "These people are invented" in page.text
    assert "Asha O&#x27;Neil &amp; co, Police officer" in page.text
    assert "Anyshire Police &lt;test&gt;" in page.text
    assert "Carys Lloyd" not in page.text
    assert "<script" not in page.text
    assert "style=" not in page.text
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    # Chromium holds the redirect after a form to form-action as well.
    assert f"form-action 'self' {PUBLIC_URL}" in policy


async def test_every_choice_has_a_label_and_the_first_is_selected() -> None:
    async with client() as browser:
        page = (await browser.get("/police/authorize", params=request())).text

    assert page.count('<label class="choice"><input type="radio" name="subject"') == 2
    assert page.count(" checked") == 1
    assert 'value="officer-7" required checked' in page
    assert '<button type="submit">' in page
    assert '<html lang="en-GB">' in page


async def test_a_hint_selects_a_person_and_signs_nobody_in() -> None:
    async with client() as browser:
        page = await browser.get("/police/authorize", params=request() | {"login_hint": "officer-8"})
        stranger = await browser.get("/police/authorize", params=request() | {"login_hint": "worker-1"})

    assert page.status_code == 200
    assert 'value="officer-8" required checked' in page.text
    assert 'value="officer-7" required checked' in stranger.text


async def test_a_person_of_another_agency_cannot_be_picked() -> None:
    async with client() as browser:
        answer = await browser.post("/police/authorize", data=request() | {"subject": "worker-1"})

    assert (answer.status_code, "location" in answer.headers) == (400, False)


async def test_ending_a_session_leads_home_and_nowhere_else() -> None:
    async with client() as browser:
        plain = await browser.get("/police/end-session")
        home = await browser.get("/police/end-session", params={"post_logout_redirect_uri": f"{PUBLIC_URL}/"})
        away = await browser.get("/police/end-session", params={"post_logout_redirect_uri": "https://evil.example/"})

    assert (plain.status_code, away.status_code) == (200, 400)
    assert (home.status_code, home.headers["location"]) == (303, f"{PUBLIC_URL}/")


async def test_an_unknown_agency_has_no_issuer() -> None:
    async with client() as browser:
        answer = await browser.get("/nobody/.well-known/openid-configuration")

    assert answer.status_code == 404
