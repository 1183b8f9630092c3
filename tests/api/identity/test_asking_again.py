"""What a provider may say when it is asked again: a yes, a no that ends the session, or nothing that counts."""

import json
import time
from collections.abc import Callable
from dataclasses import replace

import httpx2
import pytest

from tests.api.development.issuing import POLICE, issuers_transport
from tests.api.identity import forge
from tests.api.identity.forge import Forgery
from tests.api.identity.platform import Platform

pytestmark = pytest.mark.anyio
Answer = Callable[[], tuple[int, object]]
ENDED = "SELECT ended_because FROM session WHERE ended_at IS NOT NULL"
LATER = "UPDATE test_clock SET at = now() + make_interval(mins => $1)"


class AnswersLater(httpx2.AsyncBaseTransport):
    """Honest issuers, until a test puts words into the token endpoint's mouth."""

    def __init__(self) -> None:
        self._honest = issuers_transport()
        self.answer: Answer | None = None

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """The honest answer, or the other one."""
        if self.answer is None or not request.url.path.endswith("/token"):
            return await self._honest.handle_async_request(request)
        status, content = self.answer()
        text = content if isinstance(content, bytes) else json.dumps(content).encode()
        return httpx2.Response(status, stream=httpx2.ByteStream(text))


def says(status: int, **content: object) -> Answer:
    return lambda: (status, content)


def gives(**claims: object) -> Answer:
    """Tokens with an ID token by a key that the provider never published."""
    now = int(time.time())
    good = {"iss": POLICE, "sub": "officer-7", "aud": "concordat", "iat": now, "exp": now + 300} | claims
    token = Forgery(payload=json.dumps(good).encode(), key=forge.OTHER_EC).token()
    return says(200, access_token="a", token_type="Bearer", id_token=token)


NO = {
    "the token is worth nothing any more": says(400, error="invalid_grant"),
    "the person is not to be let in": says(403, error="access_denied"),
    "the person would have to sign in": says(400, error="login_required"),
    "the person would have to agree anew": says(400, error="consent_required"),
}
NOTHING = {
    "we are not its client": says(401, error="invalid_client"),
    "we asked wrongly": says(400, error="invalid_request"),
    "it is out of order": says(503, error="temporarily_unavailable"),
    "a no with the status of a fault": says(500, error="invalid_grant"),
    "a yes without a token": says(200, token_type="Bearer"),
    "a yes and an error": says(200, access_token="a", token_type="Bearer", error="invalid_grant"),
    "no JSON": lambda: (200, b"<html>"),
    "far too much": lambda: (200, b" " * 300_000),
    "an ID token that is forged": gives(),
    "an ID token that is unsigned": says(200, access_token="a", token_type="Bearer", id_token=forge.unsigned() + "AA"),
    "a redirect": lambda: (307, {}),
}


async def signed_in(platform: Platform, transport: AnswersLater) -> tuple[Platform, str]:
    """The platform on this network, and the secret of an officer who signed in while the provider was honest."""
    place = Platform(platform.tools, platform.desk, platform.admin, platform.settings, transport)
    async with place.browser() as browser:
        assert (await place.sign_in(browser)).status_code == 303
        return place, browser.cookies["concordat"]


async def still_in(place: Platform, secret: str) -> bool:
    """Whether the next request of this session is answered."""
    async with replace(place.tools, ask_provider=place.asking_again.ask).enter(secret) as reading:
        return reading is not None


@pytest.mark.parametrize("name", NO)
async def test_t44_a_no_ends_the_session_at_once_and_for_good(platform: Platform, name: str) -> None:
    transport = AnswersLater()
    place, secret = await signed_in(platform, transport)
    await platform.admin.execute(LATER, 15)
    transport.answer = NO[name]

    assert not await still_in(place, secret)

    transport.answer = None
    assert not await still_in(place, secret)
    assert [row[0] for row in await platform.admin.fetch(ENDED)] == ["provider_said_no"]


@pytest.mark.parametrize("name", NOTHING)
async def test_t44_what_is_no_answer_is_excused_within_the_grace_and_never_believed(
    platform: Platform, name: str
) -> None:
    transport = AnswersLater()
    place, secret = await signed_in(platform, transport)
    await platform.admin.execute(LATER, 15)
    transport.answer = NOTHING[name]

    assert await still_in(place, secret)
    await platform.admin.execute(LATER, 46)
    assert not await still_in(place, secret)
    assert await platform.admin.fetch(ENDED) == []
