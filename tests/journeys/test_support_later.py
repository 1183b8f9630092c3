"""Referred without support, and wanting it later: whoever referred says so, and support is brought in on that day."""

from typing import Any

import pytest

from tests.world.arrivals import participants
from tests.world.deciding import clock, decide, referred, unchanged
from tests.world.deciding import look as decided
from tests.world.forms import child_referral
from tests.world.next_steps import wish
from tests.world.platform import Platform
from tests.world.stories import inbox, kinds, look, refer

pytestmark = pytest.mark.anyio
NOBODY = (
    "UPDATE agency_function SET nations = '{scotland}' WHERE function = 'support_prime' AND 'england' = ANY (nations)"
)
LATER = "2026-05-27T10:00+01:00"


async def without_support(platform: Platform, **changes: Any) -> dict[str, Any]:
    """An adult with a positive first decision, whom nobody supports."""
    case = await referred(platform, **changes)
    await decide(platform, case)
    assert "support_intake" not in await participants(platform, case["reference"])
    assert await look(await platform.sign_in("tsa-1"), case) is None
    await platform.set_clock(LATER)
    return case


async def test_support_is_brought_in_on_the_day_on_which_it_is_wanted(platform: Platform) -> None:
    case = await without_support(platform)
    officer = await platform.sign_in("wyp-1")
    periods = [clock(await decided(officer, case), kind) for kind in ("recovery_period", "support_period")]

    assert (await wish(officer, case, "HAVE_SUPPORT", said_on="2026-05-26"))["problem"] is None

    found = await participants(platform, case["reference"])
    assert found["support_intake"] == "the-salvation-army"
    await platform.deliver()
    support = await platform.sign_in("tsa-1")
    assert await kinds(support) == ["SUPPORT_WANTED"]
    assert (await look(support, case) or {})["identity"]["__typename"] == "Identity"
    assert [clock(await decided(officer, case), kind) for kind in ("recovery_period", "support_period")] == periods


async def test_to_want_it_once_more_brings_nobody_in_again(platform: Platform) -> None:
    case = await without_support(platform)
    officer = await platform.sign_in("wyp-1")
    for moment in (LATER, "2026-05-27T10:05+01:00"):
        await platform.set_clock(moment)
        assert (await wish(officer, case, "HAVE_SUPPORT", said_on="2026-05-26"))["problem"] is None
    await platform.deliver()
    assert (await kinds(await platform.sign_in("tsa-1"))).count("SUPPORT_WANTED") == 1


async def test_another_wish_brings_nobody_in(platform: Platform) -> None:
    case = await without_support(platform)
    await wish(await platform.sign_in("wyp-1"), case, "SEE_A_SOLICITOR", "STAY_IN_THE_UK", said_on="2026-05-26")
    assert "support_intake" not in await participants(platform, case["reference"])
    await platform.deliver()
    assert await inbox(await platform.sign_in("tsa-1")) == []


async def test_whoever_may_not_record_a_wish_brings_nobody_in(platform: Platform) -> None:
    case = await without_support(platform)
    before = await unchanged(platform)
    for subject in ("wyp-2", "wyp-3"):
        payload = await wish(await platform.sign_in(subject), case, "HAVE_SUPPORT", said_on="2026-05-26")
        assert payload["problem"]["__typename"] == "Refused", subject
    assert await unchanged(platform) == before
    assert "support_intake" not in await participants(platform, case["reference"])


async def test_a_child_is_supported_by_childrens_services_whatever_is_wished(platform: Platform) -> None:
    await platform.set_clock("2026-05-20T10:00+01:00")
    worker = await platform.sign_in("lcc-1")
    case = await refer(worker, child_referral())
    assert (await wish(worker, case, "HAVE_SUPPORT", said_on="2026-05-20"))["problem"] is None
    assert "support_intake" not in await participants(platform, case["reference"])


async def test_where_nobody_supports_it_is_a_task_of_whoever_referred(platform: Platform) -> None:
    case = await without_support(platform)
    await platform.admin.execute(NOBODY)
    officer = await platform.sign_in("wyp-1")
    await wish(officer, case, "HAVE_SUPPORT", said_on="2026-05-26")
    await platform.deliver()
    assert "FIND_SUPPORT_PRIME" in await kinds(officer)
