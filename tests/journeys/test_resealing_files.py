"""A key for files is replaced: the command seals all of them under the newest, killed or not, and says what is left."""

import asyncio
import os
import signal
import subprocess
import sys
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy.exc import DBAPIError

from services.attachments import store
from services.attachments.destroying import Destroying
from services.attachments.quarantine import PIECE
from services.attachments.sweeping import swept
from services.attachments.vault import Vault, new_place
from services.notices import worker
from tests.journeys.test_attachments import TEXT, attached
from tests.journeys.test_attachments import got as got_of_case
from tests.journeys.test_draft_files import added, got, kept
from tests.journeys.test_drafts import BEGUN
from tests.services.attachments import files
from tests.world.drafts import saved
from tests.world.platform import SEAL_KEY, Platform
from tests.world.stories import refer
from tests.world.template import WORKER_SECRET

pytestmark = pytest.mark.anyio
NEW = "a newer key of at least thirty-two characters"
PLACES = "SELECT place FROM attachment WHERE removed_at IS NULL UNION ALL SELECT place FROM draft_file"
COPIES = """
    INSERT INTO attachment (record_id, data_group, position, kind, size, place, scan, agency_id, function, added_by,
                            added_at)
    SELECT record_id, data_group, position + $2, kind, size, $1, scan, agency_id, function, added_by, added_at
    FROM attachment WHERE position = 1 LIMIT 1"""


def command(platform: Platform, *keys: str, secret: str = WORKER_SECRET) -> subprocess.Popen[str]:
    """`reseal-attachments` as an operator runs it."""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | {
        "APP_DATABASE_URL": platform.database.app_url,
        "CONCORDAT_SERVICE_SECRET": secret,
        "PROVIDER_SECRET_KEYS": ",".join(keys),
        "ATTACHMENTS_FOLDER": str(platform.files),
    }
    asked = [sys.executable, "-u", "-m", "api", "reseal-attachments"]
    return subprocess.Popen(asked, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


async def run(platform: Platform, *keys: str, **changed: str) -> tuple[int, str]:
    """Its exit code, and what it printed."""
    process = command(platform, *keys, **changed)
    said, _ = await asyncio.to_thread(process.communicate, timeout=120)
    return process.returncode, said


async def places(platform: Platform) -> list[str]:
    return [row["place"] for row in await platform.admin.fetch(PLACES)]


async def under(platform: Platform, key: str) -> int:
    """How many kept files open with this key alone."""
    vault = Vault(platform.files, [key])
    return sum(vault.opens(place) for place in await places(platform))


async def many(platform: Platform) -> tuple[Any, Any, Any]:
    """An officer, their case's file and a draft's, beside forty more under the old key."""
    asha = await platform.sign_in("wyp-1")
    file = await attached(asha, await refer(asha), files.png())
    for number in range(1, 41):
        place = new_place()
        Vault(platform.files, [SEAL_KEY]).keep(place, [b"x" * PIECE] * 2)
        await platform.admin.execute(COPIES, place, number)
    return asha, file, await added(asha, await saved(asha, BEGUN), TEXT)


async def test_all_files_are_sealed_under_the_newest_key_though_it_is_killed_midway(platform: Platform) -> None:
    await platform.set_clock("2026-05-20T10:00+01:00")
    asha, file, of_draft = await many(platform)
    before = [(await got_of_case(asha, file["id"])).content, (await got(asha, of_draft["id"])).content]
    process = command(platform, NEW, SEAL_KEY)
    assert process.stdout is not None
    assert await asyncio.to_thread(process.stdout.readline) == "42 files, 42 of them under an older key.\n"
    assert await asyncio.to_thread(process.stdout.readline) == "10 of 42.\n"
    process.send_signal(signal.SIGKILL)
    await asyncio.to_thread(process.communicate)
    half = await under(platform, NEW)
    assert 10 <= half < 42
    assert half + await under(platform, SEAL_KEY) == 42, "nothing is lost"

    code, said = await run(platform, NEW, SEAL_KEY)
    assert code == 0, said
    assert f"42 files, {42 - half} of them under an older key." in said
    assert f"{42 - half} files sealed anew; of 42 are 0 under an older key." in said
    assert (await under(platform, NEW), await under(platform, SEAL_KEY)) == (42, 0)
    assert "0 files sealed anew" in (await run(platform, NEW))[1], "the old key is not needed any more"

    assert (await run(platform, SEAL_KEY, NEW))[0] == 0  # back again, for the platform of tests has that one
    assert [(await got_of_case(asha, file["id"])).content, (await got(asha, of_draft["id"])).content] == before
    await destroyed(platform)
    assert kept(platform) >= 42 * 3, "whoever is being given a file is given it whole"
    await platform.set_clock("2026-05-20T10:11+01:00")
    await destroyed(platform)
    await swept(platform.tools, WORKER_SECRET, platform.files, left_alone=-60)
    assert kept(platform) == 42
    assert (await got_of_case(asha, file["id"])).content == before[0]


async def destroyed(platform: Platform) -> None:
    """What the worker does when something is not needed any more."""
    await worker.run_file_errands(platform.tools, WORKER_SECRET, [Destroying(Vault(platform.files, [SEAL_KEY]))])


async def test_what_opens_with_no_key_is_named_and_stops_no_other(platform: Platform) -> None:
    asha = await platform.sign_in("wyp-1")
    case = await refer(asha)
    for content in (TEXT, files.png()):
        await attached(asha, case, content)
    lost, other = await places(platform)
    path = platform.files / lost[:2] / lost
    path.write_bytes(b"x" * 100)
    code, said = await run(platform, NEW, SEAL_KEY)
    assert code == 1
    assert "1 files sealed anew; of 2 are 0 under an older key." in said
    assert f"{lost}: opens with none of the keys, or is gone." in said
    assert "Keep the old key" in said
    assert lost in await places(platform)
    assert other not in await places(platform)
    assert await under(platform, NEW) == 1


async def test_nobody_but_the_worker_moves_a_file(platform: Platform) -> None:
    asha = await platform.sign_in("wyp-1")
    await attached(asha, await refer(asha), TEXT)
    (place,) = await places(platform)
    async with platform.tools.enter(asha.secret) as reading:
        assert reading is not None
        with pytest.raises(DBAPIError, match="only the worker moves files"):
            await store.move(reading, place, new_place())
    assert (await run(platform, NEW, SEAL_KEY, secret=asha.secret))[0] != 0
    assert "opens no session" in (await run(platform, NEW, SEAL_KEY, secret="nobody's"))[1]
    assert await places(platform) == [place]


async def test_what_is_removed_meanwhile_stays_removed(platform: Platform) -> None:
    asha = await platform.sign_in("wyp-1")
    await attached(asha, await refer(asha), TEXT)
    (place,) = await places(platform)
    await platform.admin.execute("UPDATE attachment SET removed_at = moment(), removed_by = added_by")
    async with platform.tools.enter(WORKER_SECRET) as reading:
        assert reading is not None
        assert not await store.move(reading, place, new_place())
    assert await platform.admin.fetchval("SELECT count(*) FROM unneeded_place") == 0


async def test_whoever_removes_a_file_that_moves_meanwhile_is_run_again_and_leaves_nothing(platform: Platform) -> None:
    asha = await platform.sign_in("wyp-1")
    case = await refer(asha)
    file = await attached(asha, case, TEXT)
    (place,) = await places(platform)
    moved = new_place()
    Vault(platform.files, [SEAL_KEY]).keep(moved, [TEXT])
    async with platform.tools.enter(WORKER_SECRET) as reading:
        assert reading is not None
        assert await store.move(reading, place, moved)
        removing = asyncio.create_task(
            asha.browser.delete(f"/attachments/{file['id']}", headers={"Idempotency-Key": str(uuid4())})
        )
        await asyncio.sleep(0.5)  # it waits for the row, and finds it changed
        assert not removing.done()
    assert (await removing).status_code == 200
    assert await places(platform) == []
    assert not (platform.files / moved[:2] / moved).exists(), "the file that the row named when it went"
