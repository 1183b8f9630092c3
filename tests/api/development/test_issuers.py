"""The demo's issuers are honest OIDC providers, and refuse whatever a real one would refuse."""

import json
from pathlib import Path

import httpx2
import pytest
from joserfc import jwt
from joserfc.jwk import KeySet

from api.development.issuers import create_issuers_app, issuers_app_from_environment, issuers_url
from api.development.people import agencies_of
from api.development.refusal import DevelopmentProblemError
from tests.api.development.issuing import (
    CALLBACK,
    ISSUERS_URL,
    PEOPLE,
    POLICE,
    PUBLIC_URL,
    a_code,
    answer_in,
    client,
    redemption,
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


async def test_a_picked_person_comes_back_with_a_code_and_the_issuers_name() -> None:
    async with client() as browser:
        response = await browser.post("/police/authorize", data=request() | {"subject": "officer-8"})

    assert response.status_code == 303
    assert response.headers["location"].startswith(CALLBACK + "?")
    answer = answer_in(response)
    assert answer.keys() == {"code", "state", "iss"}
    assert (answer["state"], answer["iss"]) == ("state-1", POLICE)


async def test_a_code_is_worth_an_id_token_for_that_person() -> None:
    async with client() as browser:
        response = await browser.post("/police/token", data=redemption(await a_code(browser, "officer-8")))
        keys = KeySet.import_key_set((await browser.get("/police/jwks")).json())

    token = jwt.decode(response.json()["id_token"], keys, algorithms=["ES256"])
    assert response.headers["cache-control"] == "no-store"
    assert {name: token.claims[name] for name in ("iss", "sub", "aud", "nonce")} == {
        "iss": POLICE,
        "sub": "officer-8",
        "aud": "concordat",
        "nonce": "nonce-1",
    }


async def test_a_code_is_worth_nothing_the_second_time() -> None:
    async with client() as browser:
        code = await a_code(browser)
        answers = [await browser.post("/police/token", data=redemption(code)) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 400]
    assert answers[1].json() == {"error": "invalid_grant"}


@pytest.mark.parametrize(
    "change",
    [{"code": "guess"}, {"redirect_uri": CALLBACK + "/"}, {"code_verifier": "w" * 64}, {"code_verifier": ""}],
)
async def test_t41_a_code_is_bound_to_its_callback_and_its_verifier(change: dict[str, str]) -> None:
    async with client() as browser:
        code = await a_code(browser)
        wrong = await browser.post("/police/token", data=redemption(code, **change))

    assert (wrong.status_code, wrong.json()) == (400, {"error": "invalid_grant"})


async def test_t36_a_code_of_one_issuer_is_unknown_to_another() -> None:
    async with client() as browser:
        foreign = await browser.post("/charity/token", data=redemption(await a_code(browser)))

    assert foreign.json() == {"error": "invalid_grant"}


async def test_a_code_grows_old_in_a_minute() -> None:
    now = [1000.0]
    app = create_issuers_app(
        agencies_of(PEOPLE), public_url=PUBLIC_URL, environment="development", clock=lambda: now[0]
    )
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url=ISSUERS_URL) as browser:
        code = await a_code(browser)
        now[0] += 61
        answer = await browser.post("/police/token", data=redemption(code))

    assert answer.json() == {"error": "invalid_grant"}


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"code_challenge": None}, "invalid_request"),
        ({"code_challenge_method": None}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge": "short"}, "invalid_request"),
        ({"state": None}, "invalid_request"),
        ({"nonce": None}, "invalid_request"),
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"scope": "profile"}, "invalid_scope"),
    ],
)
async def test_t41_a_weaker_request_gets_no_code_even_through_the_form(
    change: dict[str, str | None], error: str
) -> None:
    async with client() as browser:
        asked = await browser.get("/police/authorize", params=request(**change))
        posted = await browser.post("/police/authorize", data=request(**change) | {"subject": "officer-7"})

    for answer in (asked, posted):
        assert answer.status_code == 303
        assert answer.headers["location"].startswith(CALLBACK + "?")
        assert (answer_in(answer)["error"], "code" in answer_in(answer)) == (error, False)


@pytest.mark.parametrize(
    "change",
    [
        {"redirect_uri": "https://evil.example/callback"},
        {"redirect_uri": CALLBACK + "?x=1"},
        {"redirect_uri": f"{PUBLIC_URL}/sign-in/charity/callback"},
        {"redirect_uri": None},
        {"client_id": "someone-else"},
    ],
)
async def test_a_request_from_nowhere_is_sent_nowhere(change: dict[str, str | None]) -> None:
    async with client() as browser:
        answer = await browser.get("/police/authorize", params=request(**change))

    assert answer.status_code == 400
    assert "location" not in answer.headers


async def test_a_parameter_given_twice_is_sent_nowhere() -> None:
    async with client() as browser:
        answer = await browser.get("/police/authorize", params=[*request().items(), ("redirect_uri", CALLBACK)])

    assert (answer.status_code, "location" in answer.headers) == (400, False)


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


@pytest.mark.parametrize("environment", ["production", "Production", "staging", ""])
def test_the_issuers_start_in_development_only(environment: str) -> None:
    with pytest.raises(DevelopmentProblemError, match="register the agencies' own identity providers instead"):
        create_issuers_app([], public_url=PUBLIC_URL, environment=environment)


def test_they_start_from_the_environment_with_a_people_file(tmp_path: Path) -> None:
    people = tmp_path / "people of the demo.json"
    people.write_text(json.dumps(PEOPLE), encoding="utf-8")

    app = issuers_app_from_environment({"CONCORDAT_DEVELOPMENT_PEOPLE": str(people), "PUBLIC_URL": PUBLIC_URL})

    assert app.url_path_for("token", slug="police") == "/police/token"


@pytest.mark.parametrize("content", [None, "", "[]", '{"people": {"police": {}}}', '{"people": {"police": [{}]}}'])
def test_a_people_file_that_is_none_is_named_in_one_sentence(content: str | None, tmp_path: Path) -> None:
    people = tmp_path / "people.json"
    if content is not None:
        people.write_text(content, encoding="utf-8")

    with pytest.raises(DevelopmentProblemError, match=r"The people file .*people\.json"):
        issuers_app_from_environment({"CONCORDAT_DEVELOPMENT_PEOPLE": str(people)})


def test_the_issuers_live_on_the_next_port() -> None:
    assert issuers_url("http://127.0.0.1:8000") == "http://127.0.0.1:8001"
    assert issuers_url("http://[::1]:9000") == "http://[::1]:9001"
    with pytest.raises(DevelopmentProblemError, match="has no port"):
        issuers_url("http://localhost")
