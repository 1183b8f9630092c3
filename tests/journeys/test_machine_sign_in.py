"""A system of an agency proves itself with its key, gets a session of ten minutes, and runs what was listed for it."""

import pytest
from joserfc.jwk import RSAKey

from tests.contract.storyteller import OPERATIONS
from tests.world.machines import registered
from tests.world.platform import Platform

pytestmark = pytest.mark.anyio


async def test_a_registered_system_reads_as_itself(platform: Platform) -> None:
    machine = await registered(platform)
    await machine.sign_in()

    answer = await machine.run(OPERATIONS["ReadViewer"].query)

    assert answer.status_code == 200, answer.text
    viewer = answer.json()["data"]["viewer"]
    assert (viewer["name"], viewer["actingAs"], viewer["accessLevel"]) == (
        "Records system",
        "REFERRAL_IMPORT",
        "SERVICE",
    )
    assert viewer["agency"]["name"] == "West Yorkshire Police"


@pytest.mark.parametrize("algorithm", ["RS256", "PS256"])
async def test_a_system_may_have_an_rsa_key(platform: Platform, algorithm: str) -> None:
    machine = await registered(platform, RSAKey.generate_key(2048))
    machine.algorithm = algorithm

    assert (await machine.ask_token(await machine.assertion())).status_code == 200
