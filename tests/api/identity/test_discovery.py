"""T40: a provider's metadata is believed only where it agrees with what was configured."""

from collections.abc import AsyncIterator

import httpx2
import pytest

from api.identity.metadata import Discovery
from api.identity.refusal import Reason, SignInError
from tests.api.identity.network import Clock, Network

pytestmark = pytest.mark.anyio
ISSUER = "https://login.police.example/realm"
DOCUMENT = f"{ISSUER}/.well-known/openid-configuration"


def _metadata(**changes: object) -> dict[str, object]:
    found: dict[str, object] = {
        "issuer": ISSUER,
        "authorization_endpoint": f"{ISSUER}/authorize",
        "token_endpoint": f"{ISSUER}/token",
        "jwks_uri": f"{ISSUER}/jwks",
    } | changes
    return {name: value for name, value in found.items() if value is not None}


async def _reason(network: Network, issuer: str = ISSUER, *, development: bool = False) -> Reason:
    with pytest.raises(SignInError) as refusal:
        await Discovery(network.outbound(development=development)).of(issuer)
    return refusal.value.reason


R = Reason
POISONED: dict[str, tuple[dict[str, object], Reason]] = {
    "no issuer": (_metadata(issuer=None), R.METADATA_ISSUER),
    "other issuer": (_metadata(issuer="https://evil.example"), R.METADATA_ISSUER),
    "issuer with a slash more": (_metadata(issuer=ISSUER + "/"), R.METADATA_ISSUER),
    "issuer in a list": (_metadata(issuer=[ISSUER]), R.METADATA_ISSUER),
    "no key address": (_metadata(jwks_uri=None), R.METADATA_INCOMPLETE),
    "no token endpoint": (_metadata(token_endpoint=None), R.METADATA_INCOMPLETE),
    "endpoint is a list": (_metadata(token_endpoint=["https://a.example"]), R.METADATA_INCOMPLETE),
    "keys over plain http": (_metadata(jwks_uri="http://login.police.example/jwks"), R.FORBIDDEN_ADDRESS),
    "keys on this machine": (_metadata(jwks_uri="https://localhost/jwks"), R.FORBIDDEN_ADDRESS),
    "keys on this machine by number": (_metadata(jwks_uri="https://127.0.0.1/jwks"), R.FORBIDDEN_ADDRESS),
    "keys at a cloud's metadata service": (_metadata(jwks_uri="https://169.254.169.254/"), R.FORBIDDEN_ADDRESS),
    "keys in a private network": (_metadata(jwks_uri="https://[fd00::1]/jwks"), R.FORBIDDEN_ADDRESS),
    "keys in a file": (_metadata(jwks_uri="file:///etc/passwd"), R.FORBIDDEN_ADDRESS),
    "keys behind a user name": (_metadata(jwks_uri="https://login.police.example@evil.example/"), R.FORBIDDEN_ADDRESS),
    "token endpoint with a backslash": (_metadata(token_endpoint="https://a.example\\@b.example"), R.FORBIDDEN_ADDRESS),
    "authorize with a fragment": (_metadata(authorization_endpoint=f"{ISSUER}/a#b"), R.FORBIDDEN_ADDRESS),
    "authorize as script": (_metadata(authorization_endpoint="javascript:alert(1)"), R.FORBIDDEN_ADDRESS),
    "authorize with a line break": (_metadata(authorization_endpoint=f"{ISSUER}/a\r\nX: y"), R.FORBIDDEN_ADDRESS),
    "a port that is none": (_metadata(jwks_uri="https://login.police.example:x/"), R.FORBIDDEN_ADDRESS),
    "PKCE plain only": (_metadata(code_challenge_methods_supported=["plain"]), R.METADATA_WITHOUT_S256),
    "no PKCE at all": (_metadata(code_challenge_methods_supported=[]), R.METADATA_WITHOUT_S256),
    "no code flow": (_metadata(response_types_supported=["id_token"]), R.METADATA_INCOMPLETE),
}


@pytest.mark.parametrize("name", POISONED)
async def test_t40_poisoned_metadata_is_refused(name: str) -> None:
    document, reason = POISONED[name]

    assert await _reason(Network({DOCUMENT: httpx2.Response(200, json=document)})) is reason


async def _endless() -> AsyncIterator[bytes]:
    while True:
        yield b" " * 10_000


ANSWERS: dict[str, tuple[httpx2.Response | Exception, Reason]] = {
    "unreachable": (httpx2.ConnectError("no"), R.PROVIDER_UNREACHABLE),
    "too slow": (httpx2.ReadTimeout("slow"), R.PROVIDER_TOO_SLOW),
    "a redirect": (httpx2.Response(302, headers={"Location": "https://evil.example"}), R.PROVIDER_BAD_ANSWER),
    "a redirect with a good body": (httpx2.Response(307, json=_metadata()), R.PROVIDER_BAD_ANSWER),
    "an error page": (httpx2.Response(500, json=_metadata()), R.PROVIDER_BAD_ANSWER),
    "no JSON": (httpx2.Response(200, text="<html>"), R.PROVIDER_BAD_ANSWER),
    "a list": (httpx2.Response(200, json=[_metadata()]), R.PROVIDER_BAD_ANSWER),
    "a name twice": (httpx2.Response(200, text='{"issuer":"a","issuer":"b"}'), R.PROVIDER_BAD_ANSWER),
    "far too large": (httpx2.Response(200, content=_endless()), R.PROVIDER_ANSWER_TOO_LARGE),
    "compressed": (httpx2.Response(200, headers={"Content-Encoding": "gzip"}), R.PROVIDER_BAD_ANSWER),
}


@pytest.mark.parametrize("name", ANSWERS)
async def test_t40_an_unfit_answer_is_refused(name: str) -> None:
    answer, reason = ANSWERS[name]
    network = Network({DOCUMENT: answer, "https://evil.example": httpx2.Response(200, json=_metadata())})

    assert await _reason(network) is reason
    assert set(network.asked) == {DOCUMENT}


@pytest.mark.parametrize(
    ("issuer", "development"),
    [
        ("http://login.police.example", True),
        ("http://127.0.0.1:8001/police", False),
        ("https://login.police.example?x=1", False),
        ("", True),
    ],
)
async def test_t40_an_issuer_at_an_unfit_address_is_never_asked(issuer: str, *, development: bool) -> None:
    network = Network()

    assert await _reason(network, issuer, development=development) is Reason.FORBIDDEN_ADDRESS
    assert not network.asked


async def test_plain_http_on_loopback_is_for_development_only() -> None:
    issuer = "http://127.0.0.1:8001/police"
    names = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    document = {"issuer": issuer} | {name: f"{issuer}/{name}" for name in names}
    network = Network({f"{issuer}/.well-known/openid-configuration": httpx2.Response(200, json=document)})

    metadata = await Discovery(network.outbound(development=True)).of(issuer)

    assert metadata.token_endpoint == f"{issuer}/token_endpoint"
    assert not metadata.names_itself_in_callback


async def test_metadata_is_read_again_after_ten_minutes_and_not_before() -> None:
    clock, network = Clock(), Network({DOCUMENT: lambda: httpx2.Response(200, json=_metadata())})
    discovery = Discovery(network.outbound(), clock)

    for passed in (0, 1, 598, 1, 599):
        clock.now += passed
        await discovery.of(ISSUER)

    assert network.asked[DOCUMENT] == 2


async def test_one_refusal_does_not_last() -> None:
    network = Network()
    discovery = Discovery(network.outbound())
    with pytest.raises(SignInError):
        await discovery.of(ISSUER)
    network.answers[DOCUMENT] = httpx2.Response(200, json=_metadata())

    assert (await discovery.of(ISSUER)).issuer == ISSUER


async def test_t39_while_a_provider_is_away_its_last_good_metadata_serves_for_a_day() -> None:
    clock, network = Clock(), Network({DOCUMENT: httpx2.Response(200, json=_metadata())})
    discovery = Discovery(network.outbound(), clock)
    known = await discovery.of(ISSUER)
    network.answers[DOCUMENT] = httpx2.ConnectError("away")

    clock.now += 600
    for _ in range(100):
        assert await discovery.of(ISSUER) == known
    assert network.asked[DOCUMENT] == 2
    clock.now += 24 * 3600 - 600
    assert await discovery.of(ISSUER) == known
    clock.now += 31
    with pytest.raises(SignInError):
        await discovery.of(ISSUER)


async def test_t40_a_provider_that_comes_back_as_somebody_else_is_refused_though_it_was_good_before() -> None:
    clock, network = Clock(), Network({DOCUMENT: httpx2.Response(200, json=_metadata())})
    discovery = Discovery(network.outbound(), clock)
    await discovery.of(ISSUER)
    network.answers[DOCUMENT] = httpx2.Response(200, json={**_metadata(), "issuer": "https://evil.example"})

    clock.now += 600
    with pytest.raises(SignInError) as refusal:
        await discovery.of(ISSUER)

    assert refusal.value.reason is Reason.METADATA_ISSUER
