"""However a session ends, an administrator reads who ended it, whose it was, by what and how many."""

import pytest

from tests.journeys.test_signed_out_everywhere import EVERYWHERE
from tests.world.administering import ends
from tests.world.platform import AGENCY_OF, Platform

pytestmark = pytest.mark.anyio
ASHA = "PC Asha Invented"
LINES = "SELECT count(*) FROM administrative_record WHERE act = 'session.end'"


async def test_signing_out_once_everywhere_and_at_the_provider_each_leave_one_line(platform: Platform) -> None:
    browser = platform.browser()
    await (await platform.sign_in("wyp-1")).sign_out()
    for _ in range(2):
        await platform.sign_in("wyp-1")
    await (await platform.sign_in("wyp-1")).ask(EVERYWHERE)
    await platform.sign_in("wyp-1", browser)
    await platform.away(browser, "GET", f"/{AGENCY_OF['wyp-1']}/end-session")

    assert await ends(await platform.sign_in("wyp-5")) == [
        (ASHA, ASHA, ["because: provider_signed_out", "sessions: 1"]),
        (ASHA, ASHA, ["because: signed_out_everywhere", "sessions: 3"]),
        (ASHA, ASHA, ["because: signed_out", "sessions: 1"]),
    ]
    assert await ends(await platform.sign_in("lcc-4")) == []  # another agency's is not theirs to read


async def test_what_ends_nothing_leaves_no_line(platform: Platform) -> None:
    officer = await platform.sign_in("wyp-1")
    await officer.ask(EVERYWHERE)
    await officer.sign_out()
    assert (await officer.post(EVERYWHERE)).status_code == 401

    assert await platform.admin.fetchval(LINES) == 1
