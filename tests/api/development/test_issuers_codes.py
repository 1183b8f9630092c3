"""A code of the demo's issuers is worth one token, for whom it was given; a weaker request gets none."""

import httpx2
import pytest
from joserfc import jwt
from joserfc.jwk import KeySet

from api.development.issuers import create_issuers_app
from api.development.people import agencies_of
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
