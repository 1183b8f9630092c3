"""What came while no scanner answered is scanned later; what turns out to be infected is given to nobody any more."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError

from services.attachments import store
from services.attachments.scanner import Scan, Scanner
from services.attachments.scanning import LateScans
from services.attachments.vault import Vault
from services.notices.worker import run_file_errands
from services.tools import Reading
from tests.journeys.test_attachments import attached, got, listed
from tests.services.attachments import files
from tests.world.answers import inbox
from tests.world.clamd import listening
from tests.world.platform import SEAL_KEY, Platform
from tests.world.stories import refer
from tests.world.template import WORKER_SECRET

pytestmark = pytest.mark.anyio


def scans(platform: Platform) -> LateScans:
    return LateScans(Vault(platform.files, [SEAL_KEY]), Scanner(path=str(platform.files / "clamd")))


async def states(platform: Platform) -> list[str]:
    return [row["scan"] for row in await platform.admin.fetch("SELECT scan FROM attachment ORDER BY position")]


async def test_what_was_not_scanned_is_as_soon_as_a_scanner_answers(platform: Platform) -> None:
    await platform.set_clock("2026-05-26T10:00+01:00")
    officer, decider = await platform.sign_in("wyp-1"), await platform.sign_in("sca-2")
    case = await refer(officer)
    clean = await attached(officer, case, files.png())
    bad = await attached(officer, case, b"EICAR")
    await run_file_errands(platform.tools, WORKER_SECRET, [scans(platform)])
    assert await states(platform) == ["not_scanned"] * 2, "nobody answers"

    async with listening(path=platform.files / "clamd"):
        await run_file_errands(platform.tools, WORKER_SECRET, [scans(platform)])
        await platform.set_clock("2026-05-26T10:11+01:00")
        await run_file_errands(platform.tools, WORKER_SECRET, [scans(platform)])
    assert await states(platform) == ["clean", "infected"]
    await platform.deliver()

    assert (await got(decider, clean["id"])).headers["content-type"] == "image/png"
    for who in (officer, decider):
        answer = await got(who, bad["id"])
        assert (answer.status_code, answer.json()["problem"]["code"]) == (409, "INFECTED")
    assert [one["scan"] for one in (await listed(decider, case)).json()["attachments"]] == ["CLEAN", "INFECTED"]
    told = [one for one in await inbox(officer) if one["kind"] == "INFECTED_FILE"]
    assert [one["isTask"] for one in told] == [True]
    assert not [one for one in await inbox(decider) if one["kind"] == "INFECTED_FILE"]

    await platform.set_clock("2026-05-26T10:30+01:00")
    assert await ask(platform, WORKER_SECRET, store.next_unscanned) is None, "it is asked once"


async def ask(platform: Platform, secret: str, what: Callable[[Reading], Awaitable[Any]]) -> Any:
    async with platform.tools.enter(secret) as reading:
        assert reading is not None
        return await what(reading)


async def test_nobody_but_the_worker_scans_or_says_what_a_scan_said(platform: Platform) -> None:
    officer = await platform.sign_in("wyp-1")
    await attached(officer, await refer(officer), b"EICAR")
    place = await platform.admin.fetchval("SELECT place FROM attachment")
    as_officer = partial(ask, platform, officer.secret)
    with pytest.raises(DBAPIError, match="only the worker scans"):
        await as_officer(store.next_unscanned)
    with pytest.raises(DBAPIError, match="only the worker scans"):
        await as_officer(lambda reading: store.end_scan(reading, place, Scan.CLEAN))
    assert await states(platform) == ["not_scanned"]


async def test_a_file_that_cannot_be_opened_stops_no_other(platform: Platform) -> None:
    officer = await platform.sign_in("wyp-1")
    case = await refer(officer)
    await attached(officer, case, b"first")
    await attached(officer, case, b"second")
    place = await platform.admin.fetchval("SELECT place FROM attachment ORDER BY position LIMIT 1")
    (platform.files / place[:2] / place).unlink()
    async with listening(path=platform.files / "clamd"):
        await run_file_errands(platform.tools, WORKER_SECRET, [scans(platform)])
    assert await states(platform) == ["not_scanned", "clean"]
