"""What cannot be done is in the log, stays where it is seen, and keeps the worker from nothing else."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from services.attachments.destroying import Destroying
from services.attachments.scanner import Scanner
from services.attachments.scanning import LateScans
from services.attachments.vault import Vault
from services.letters import store as letters
from services.notices import worker
from tests.journeys.test_attachments import TEXT
from tests.journeys.test_attachments import listed as listed_of_case
from tests.journeys.test_draft_files import added, answers, kept
from tests.journeys.test_drafts import BEGUN, FIRST_DAY
from tests.journeys.test_letters import PERSON, marked
from tests.world.clamd import listening
from tests.world.deciding import decide, referred
from tests.world.drafts import delete, saved, submit
from tests.world.mail import mail_server
from tests.world.platform import SEAL_KEY, Platform
from tests.world.stories import kinds
from tests.world.template import WORKER_SECRET

pytestmark = pytest.mark.anyio
WAITING = "SELECT addressee, attempts > 0 AS tried FROM letter WHERE sent_at IS NULL AND not_sent_because IS NULL"
FAILING = "ALTER TABLE referral_draft ADD CONSTRAINT failing CHECK (warned_at IS NULL) NOT VALID"


def vault(platform: Platform) -> Vault:
    return Vault(platform.files, [SEAL_KEY])


async def with_files(platform: Platform, *errands: worker.FileErrand) -> None:
    """Everything that the worker does with files."""
    await worker.run_file_errands(platform.tools, WORKER_SECRET, errands or [Destroying(vault(platform))])


async def thrown_away(platform: Platform) -> Path:
    """Where the file of a draft lies that somebody threw away."""
    asha = await platform.sign_in("wyp-1")
    draft = await saved(asha, BEGUN)
    await added(asha, draft, TEXT)
    place: str = await platform.admin.fetchval("SELECT place FROM draft_file")
    assert (await delete(asha, draft))["problem"] is None
    return platform.files / place[:2] / place


async def test_a_file_that_cannot_be_destroyed_keeps_its_row_and_stops_nothing(
    platform: Platform, caplog: pytest.LogCaptureFixture
) -> None:
    await platform.set_clock(FIRST_DAY)
    stuck = await thrown_away(platform)
    stuck.unlink()
    stuck.mkdir()  # nobody unlinks a folder, not even root
    other = await thrown_away(platform)
    asha = await platform.sign_in("wyp-1")
    await added(asha, await saved(asha, BEGUN), TEXT)
    async with listening(path=platform.files / "clamd"):
        scans = LateScans(vault(platform), Scanner(path=str(platform.files / "clamd")))
        await with_files(platform, Destroying(vault(platform)), scans)
    assert not other.exists()
    assert [row["place"] for row in await platform.admin.fetch("SELECT place FROM unneeded_place")] == [stuck.name]
    assert await platform.admin.fetchval("SELECT scan FROM draft_file") == "clean"
    assert f"cannot be destroyed: {stuck.name} (IsADirectoryError)" in caplog.text

    stuck.rmdir()
    stuck.touch()
    await with_files(platform)
    assert stuck.exists(), "ten minutes are not over"
    await platform.set_clock("2026-05-01T10:11+01:00")
    await with_files(platform)
    assert not stuck.exists()
    assert await platform.admin.fetchval("SELECT count(*) FROM unneeded_place") == 0


async def test_a_place_that_is_to_be_destroyed_already_keeps_no_draft(platform: Platform) -> None:
    asha = await platform.sign_in("wyp-1")
    draft = await saved(asha, BEGUN)
    await added(asha, draft, TEXT)
    await platform.admin.execute("INSERT INTO unneeded_place (place, since) SELECT place, moment() FROM draft_file")
    assert (await delete(asha, draft))["problem"] is None
    await with_files(platform)
    assert kept(platform) == 0


async def test_a_letter_without_words_waits_and_the_others_leave(
    platform: Platform, caplog: pytest.LogCaptureFixture
) -> None:
    case = await referred(platform)
    await marked(platform, case)
    await decide(platform, case)
    await platform.admin.execute("UPDATE letter SET on_day = '1990-01-01'")  # no wording is as old as that
    await platform.set_clock("2026-07-01T10:00+01:00")
    await decide(platform, case, kind="CONCLUSIVE_GROUNDS")
    await platform.deliver()
    async with mail_server() as mail:
        await worker.run_errands(platform.tools, WORKER_SECRET, mail.room)
        assert [str(one["To"]) for one in mail.messages if "notice waits" not in str(one["Subject"])] == [PERSON]
    await platform.deliver()
    assert (await kinds(await platform.sign_in("wyp-1"))).count("LETTER_RECEIVED") == 1
    waiting = [tuple(row) for row in await platform.admin.fetch(WAITING)]
    assert sorted(waiting) == [("first_responder", True), ("person", True)]
    assert caplog.text.count("a letter waits: nothing says how to write to") == 2


async def test_an_errand_that_fails_stops_none_after_it(platform: Platform, caplog: pytest.LogCaptureFixture) -> None:
    case = await referred(platform, "2026-05-20T10:00+01:00")
    await saved(await platform.sign_in("wyp-1"), BEGUN)
    await platform.admin.execute("UPDATE referral_draft SET warn_on = london_today()")
    await platform.admin.execute(FAILING)
    await decide(platform, case)
    await worker.run_errands(platform.tools, WORKER_SECRET, None)
    await platform.deliver()
    assert "LETTER_RECEIVED" in await kinds(await platform.sign_in("wyp-1"))
    assert "tend_drafts failed: sqlalchemy.exc.IntegrityError 23514" in caplog.text
    assert "Inventedman" not in caplog.text


@contextlib.asynccontextmanager
async def reading_slowly(path: Path) -> AsyncIterator[tuple[asyncio.Event, asyncio.Event]]:
    """A scanner that has heard a file, and says that it is infected when it is told to."""
    heard, may_answer = asyncio.Event(), asyncio.Event()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\0")
        while length := int.from_bytes(await reader.readexactly(4)):
            await reader.readexactly(length)
        heard.set()
        await may_answer.wait()
        writer.write(b"stream: Late-Signature FOUND\0")
        await writer.drain()
        writer.close()

    server = await asyncio.start_unix_server(answer, path)
    try:
        yield heard, may_answer
    finally:
        server.close()


async def test_a_draft_is_sent_while_the_scanner_reads_its_file(platform: Platform) -> None:
    await platform.set_clock("2026-05-20T10:00+01:00")
    asha = await platform.sign_in("wyp-1")
    draft = await saved(asha, await answers(asha))
    await added(asha, draft, TEXT)
    async with reading_slowly(platform.files / "clamd") as (heard, may_answer):
        scans = LateScans(vault(platform), Scanner(path=str(platform.files / "clamd")))
        scanning = asyncio.create_task(with_files(platform, scans))
        await heard.wait()
        sent = await submit(asha, draft)
        may_answer.set()
        await scanning
    assert sent["problem"] is None
    (there,) = (await listed_of_case(asha, sent["case"])).json()["attachments"]
    assert there["scan"] == "INFECTED", "what was said of the draft's file is said of the case's"
    await platform.deliver()
    assert "INFECTED_FILE" in await kinds(asha)


async def test_a_letter_that_was_given_is_not_told_of_again(platform: Platform) -> None:
    case = await referred(platform)
    await marked(platform, case)
    await decide(platform, case)
    await worker.run_errands(platform.tools, WORKER_SECRET, None)
    letter, row = await given(platform)
    before = await platform.admin.fetchval("SELECT count(*) FROM outbox")
    async with platform.tools.enter(WORKER_SECRET) as reading:
        assert reading is not None
        await letters.give(reading, letter, row)
        await letters.leave_to_a_person(reading, letter, "refused")
    assert await platform.admin.fetchval("SELECT count(*) FROM outbox") == before
    assert (await given(platform)) == (letter, row)


async def given(platform: Platform) -> tuple[Any, ...]:
    """The only letter that left, and its wording."""
    (found,) = await platform.admin.fetch("SELECT id, template_row FROM letter WHERE sent_at IS NOT NULL")
    return tuple(found)
