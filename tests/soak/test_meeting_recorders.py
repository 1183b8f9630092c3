"""Thousands of writes to records of meetings by several people at once: nothing that was acknowledged is lost."""

from collections.abc import AsyncIterator, Callable

import pytest

from tests.world.meetings import POLICE, a_childs_case, convened, invitee, opened, written
from tests.world.platform import Platform, running_platform
from tests.world.recorders import all_at_once
from tests.world.server import FreshDatabase

pytestmark = [pytest.mark.anyio, pytest.mark.soak, pytest.mark.timeout(0)]

MEETINGS, EACH = 20, 67  # of three people


@pytest.fixture
async def platform(fresh_database: FreshDatabase) -> AsyncIterator[Platform]:
    """The whole platform on a database that no other test has touched."""
    async with running_platform(fresh_database) as built:
        yield built


async def test_thousands_of_writes_at_once_lose_nothing(
    platform: Platform, record_property: Callable[[str, object], None]
) -> None:
    acknowledged = 0
    for seed in range(MEETINGS):
        worker, case = await a_childs_case(platform)
        police = await invitee(worker, POLICE, "INVESTIGATING_POLICE")
        meeting = await opened(worker, await convened(worker, case, invite=[police]))
        people = [worker, await platform.sign_in("lcc-2")]
        common = await written(worker, meeting, "safety", words="start")
        guest = await platform.sign_in("wyp-3")
        acknowledged += await all_at_once(meeting, common, people, guest, times=EACH, seed=seed)

    record_property("figure", f"{acknowledged} acknowledged writes to {MEETINGS} meetings, none lost")
    assert acknowledged == MEETINGS * 3 * EACH
