"""T39: keys rotate without a failed sign-in, removed keys die, and nobody can make us hammer a provider."""

import anyio
import httpx2
import pytest
from joserfc.jwk import ECKey

from api.identity.key_cache import KeyCache
from api.identity.refusal import SignInError
from tests.api.identity.forge import published
from tests.api.identity.network import Clock, Network

pytestmark = pytest.mark.anyio
ISSUER = "https://login.police.example"
JWKS = "https://login.police.example/jwks"


class Provider:
    """A provider whose keys a test exchanges."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.network = Network()
        self.cache = KeyCache(self.network.outbound(), self.clock)
        self.publish("a")

    def publish(self, *kids: str) -> None:
        """Show exactly these keys from now on."""
        keys = [published(ECKey.generate_key("P-256"), kid=kid) for kid in kids]
        self.network.answers[JWKS] = lambda: httpx2.Response(200, json={"keys": keys})

    def go_away(self) -> None:
        """Answer nothing any more."""
        self.network.answers[JWKS] = httpx2.ConnectError("away")

    async def knows(self, kid: str) -> bool:
        """Whether a token signed by this key would find it."""
        return await self.cache.find(ISSUER, JWKS, kid, "ES256") is not None

    @property
    def asked(self) -> int:
        """How often the keys were fetched."""
        return self.network.asked[JWKS]


async def test_t39_a_hundred_rotations_with_overlap_fail_no_sign_in() -> None:
    provider = Provider()
    for number in range(100):
        provider.publish(f"key-{number}", f"key-{number + 1}")
        provider.clock.now += 31
        assert await provider.knows(f"key-{number}")
        assert await provider.knows(f"key-{number + 1}")


async def test_t39_a_removed_key_is_refused_when_the_lifetime_is_over() -> None:
    provider = Provider()
    assert await provider.knows("a")
    provider.publish("b")

    provider.clock.now += 599
    assert await provider.knows("a")
    provider.clock.now += 1
    assert not await provider.knows("a")
    assert await provider.knows("b")


async def test_t39_a_thousand_unknown_keys_cause_one_look_in_thirty_seconds() -> None:
    provider = Provider()
    assert await provider.knows("a")
    provider.clock.now += 30

    for number in range(1000):
        assert not await provider.knows(f"unknown-{number}")
    assert provider.asked == 2

    provider.clock.now += 30
    assert not await provider.knows("unknown")
    assert provider.asked == 3


async def test_t39_a_crowd_waits_for_one_request() -> None:
    provider = Provider()
    found: list[bool] = []

    async def one() -> None:
        found.append(await provider.knows("a"))

    async with anyio.create_task_group() as crowd:
        for _ in range(50):
            crowd.start_soon(one)

    assert provider.asked == 1
    assert found == [True] * 50


async def test_t39_the_last_good_keys_serve_for_a_day_and_no_longer() -> None:
    provider = Provider()
    assert await provider.knows("a")
    provider.go_away()

    provider.clock.now += 24 * 3600
    assert await provider.knows("a")
    provider.clock.now += 31
    with pytest.raises(SignInError):
        await provider.knows("a")
    assert not await provider.knows("a")


async def test_a_provider_that_comes_back_is_asked_again_after_thirty_seconds() -> None:
    provider = Provider()
    provider.go_away()
    with pytest.raises(SignInError):
        await provider.knows("a")
    provider.publish("a")

    assert not await provider.knows("a")
    provider.clock.now += 30
    assert await provider.knows("a")


async def test_t39_an_issuer_that_names_anothers_address_spends_nothing_of_the_others() -> None:
    provider = Provider()
    assert await provider.knows("a")
    provider.clock.now += 30
    for number in range(100):
        assert await provider.cache.find("https://evil.example", JWKS, f"unknown-{number}", "ES256") is None

    provider.publish("b")

    assert await provider.knows("b")
