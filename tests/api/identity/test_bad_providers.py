"""A provider that misbehaves at its token endpoint, or publishes other keys, signs nobody in."""

import json
from collections.abc import Callable

import httpx2
import pytest
import structlog

from api.identity.refusal import Reason
from tests.api.development.issuing import issuers_transport
from tests.api.identity import forge
from tests.api.identity.platform import Platform

pytestmark = pytest.mark.anyio
Spoil = Callable[[httpx2.Response], httpx2.Response]


class SpoiltAt(httpx2.AsyncBaseTransport):
    """Honest issuers, except for the answers of one endpoint."""

    def __init__(self, endpoint: str, spoil: Spoil) -> None:
        self._honest = issuers_transport()
        self._endpoint = endpoint
        self._spoil = spoil

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """The honest answer, spoilt if it is the endpoint's."""
        answer = await self._honest.handle_async_request(request)
        if not request.url.path.endswith(self._endpoint):
            return answer
        await answer.aread()
        return self._spoil(answer)


def _with(**members: object) -> Spoil:
    return lambda answer: httpx2.Response(200, stream=_body({**answer.json(), **members}))


def _without_id_token(answer: httpx2.Response) -> httpx2.Response:
    return httpx2.Response(200, stream=_body({"access_token": "a", "token_type": "Bearer"}))


def _body(content: object) -> httpx2.AsyncByteStream:
    return httpx2.ByteStream(json.dumps(content).encode())


def _other_key(answer: httpx2.Response) -> httpx2.Response:
    kid = answer.json()["keys"][0]["kid"]
    return httpx2.Response(200, stream=_body({"keys": [forge.published(forge.OTHER_EC, kid=kid)]}))


def _raw(content: bytes) -> Spoil:
    return lambda answer: httpx2.Response(200, stream=httpx2.ByteStream(content))


def _status(status: int, **headers: str) -> Spoil:
    return lambda answer: httpx2.Response(status, headers=headers, stream=_body(answer.json()))


R = Reason
SPOILT: dict[str, tuple[str, Spoil, Reason]] = {
    "no ID token": ("/token", _without_id_token, R.TOKEN_MISSING),
    "an ID token that is none": ("/token", _with(id_token=["a"]), R.TOKEN_MISSING),
    "an unsigned ID token": ("/token", _with(id_token=forge.unsigned() + "AA"), R.TOKEN_ALGORITHM),
    "an ID token by an unknown key": ("/token", _with(id_token=forge.with_claims()), R.TOKEN_KEY),
    "an error beside the ID token": ("/token", _with(error="server_error"), R.TOKEN_REQUEST_REFUSED),
    "an error's status with an ID token": ("/token", _status(400), R.TOKEN_REQUEST_REFUSED),
    "a redirect": ("/token", _status(307, Location="https://evil.example/"), R.PROVIDER_BAD_ANSWER),
    "no JSON": ("/token", _raw(b"<html>"), R.PROVIDER_BAD_ANSWER),
    "far too much": ("/token", _raw(b" " * 300_000), R.PROVIDER_ANSWER_TOO_LARGE),
    "another key under the same name": ("/jwks", _other_key, R.TOKEN_SIGNATURE),
    "no keys": ("/jwks", _with(keys=[]), R.TOKEN_KEY),
}


@pytest.mark.parametrize("name", SPOILT)
async def test_t38_a_misbehaving_provider_signs_nobody_in(platform: Platform, name: str) -> None:
    endpoint, spoil, reason = SPOILT[name]
    rogue = Platform(platform.tools, platform.desk, platform.admin, platform.settings, SpoiltAt(endpoint, spoil))
    async with rogue.browser() as browser:
        callback = await rogue.picked(await rogue.leave(browser), "officer-7")
        with structlog.testing.capture_logs() as lines:
            response = await browser.get(callback)

    assert response.status_code == 400
    [refusal] = [line for line in lines if line["event"] == "sign_in_refused"]
    assert refusal["reason"] == reason.value
    assert refusal["request_id"] in response.text
    assert await platform.sessions() == 0


async def test_extra_members_beside_the_id_token_are_harmless(platform: Platform) -> None:
    chatty = SpoiltAt("/token", _with(expires_in=[], expires_at={}, agency="home-office", userinfo={"sub": "chief"}))
    place = Platform(platform.tools, platform.desk, platform.admin, platform.settings, chatty)
    async with place.browser() as browser:
        assert (await place.sign_in(browser)).status_code == 303
        assert await place.who(browser.cookies["concordat"]) == "officer-7"
