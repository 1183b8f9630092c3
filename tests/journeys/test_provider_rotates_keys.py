"""A provider rotates its keys while its people sign in: nobody is turned away, and a withdrawn key signs nobody in."""

import anyio
import pytest

from api.development.issuer import Issuer
from tests.world.platform import AGENCY_OF, Platform
from tests.world.stories import VIEWER

pytestmark = pytest.mark.anyio
REFETCH = 31.0
LIFETIME = 601.0


async def _come_back(platform: Platform, statuses: list[int]) -> None:
    statuses.append((await platform.come_back(platform.browser(), "wyp-1")).status_code)


async def _crowd(platform: Platform, size: int = 4) -> list[int]:
    statuses: list[int] = []
    async with anyio.create_task_group() as crowd:
        for _ in range(size):
            crowd.start_soon(_come_back, platform, statuses)
    return statuses


async def test_t39_ten_rotations_with_overlap_during_sign_ins_turn_nobody_away(platform: Platform) -> None:
    issuer = platform.issuers[AGENCY_OF["wyp-1"]]
    assert await _crowd(platform) == [303] * 4
    for _ in range(10):
        issuer.publish_next_key()
        assert await _crowd(platform, 2) == [303] * 2  # still signed by the key before
        platform.later += REFETCH
        async with anyio.create_task_group() as meanwhile:
            statuses: list[int] = []
            meanwhile.start_soon(_come_back, platform, statuses)
            issuer.sign_with_next_key()
            meanwhile.start_soon(_come_back, platform, statuses)
        assert statuses == [303] * 2
        platform.later += LIFETIME
        issuer.withdraw_old_keys()


async def test_t39_whoever_holds_a_withdrawn_key_signs_nobody_in_once_its_time_is_over(platform: Platform) -> None:
    issuer = platform.issuers[AGENCY_OF["wyp-1"]]
    assert await _crowd(platform, 1) == [303]
    issuer.publish_next_key()
    issuer.sign_with_next_key()
    platform.later += REFETCH
    assert await _crowd(platform, 1) == [303]
    stolen = issuer._keys[1]
    issuer.withdraw_old_keys()
    platform.later += LIFETIME
    assert await _crowd(platform, 1) == [303]

    _sign_with(issuer, stolen)

    assert await _crowd(platform, 2) == [400] * 2


async def test_t39_a_session_outlives_the_keys_that_began_it(platform: Platform) -> None:
    officer = await platform.sign_in("wyp-1")
    issuer = platform.issuers[AGENCY_OF["wyp-1"]]
    issuer.publish_next_key()
    issuer.sign_with_next_key()
    issuer.withdraw_old_keys()
    platform.later += LIFETIME

    assert (await officer.ask(VIEWER))["viewer"]["name"] == "PC Asha Invented"


def _sign_with(issuer: Issuer, key: object) -> None:
    """The thief answers at the token endpoint; the published keys are the provider's own."""
    published = issuer.jwks()
    issuer._keys.insert(0, key)  # type: ignore[arg-type] # it is the key that was taken above
    issuer.jwks = lambda: published  # type: ignore[method-assign] # one issuer of one test


async def test_t39_another_agencys_sign_ins_notice_nothing(platform: Platform) -> None:
    issuer = platform.issuers[AGENCY_OF["wyp-1"]]
    issuer.publish_next_key()
    issuer.sign_with_next_key()
    issuer.withdraw_old_keys()

    assert (await platform.come_back(platform.browser(), "sca-1")).status_code == 303
