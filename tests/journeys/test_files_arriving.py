"""Files arrive piece by piece at a real process: in bounded memory, and without a trace where they break off."""

import asyncio
import os
import socket
import struct
import sys
import zlib
from typing import Any

import httpx2
import pytest

from tests.services.attachments import files
from tests.world.platform import Platform
from tests.world.processes import eventually
from tests.world.served import Served, served
from tests.world.stories import counted, refer

pytestmark = [pytest.mark.anyio, pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")]
MB = 1024 * 1024
LARGE = 24 * MB


def large_files() -> list[bytes]:
    """One of every type, each nearly as large as a file may be."""
    noise = os.urandom(LARGE)
    png = files.png()
    chunk = struct.pack(">I", LARGE) + b"IDAT" + noise + struct.pack(">I", zlib.crc32(b"IDAT" + noise))
    jpeg = files.jpeg()
    drawn = jpeg.index(b"\x12\xff\x00")
    return [
        b"What was said.\n" * (LARGE // 15),
        png[: png.index(b"IEND") - 4] + chunk + png[png.index(b"IEND") - 4 :],
        jpeg[:drawn] + noise.replace(b"\xff", b"\xfe") + jpeg[drawn:],
        files.large_pdf(noise),
    ]


async def send(at: Served, secret: str, case: str, content: bytes, key: str) -> httpx2.Response:
    headers = {"Idempotency-Key": key, "Cookie": f"concordat={secret}"}
    async with httpx2.AsyncClient(base_url=at.url, timeout=240) as client:
        return await client.post(f"/cases/{case}/attachments/evidence", content=content, headers=headers)


def begin(at: Served, secret: str, case: str, sent: int, declared: int = LARGE) -> socket.socket:
    """A connection on which a file stops in the middle."""
    connection = socket.create_connection(("127.0.0.1", at.port))
    head = (
        f"POST /cases/{case}/attachments/evidence HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: concordat={secret}\r\n"
        f"Idempotency-Key: a-key-of-its-own\r\nContent-Length: {declared}\r\n\r\n"
    )
    connection.sendall(head.encode() + b"Kanarienvogel. " * (sent // 15))
    return connection


async def test_large_files_arrive_side_by_side_in_less_memory_than_one_of_them(platform: Platform) -> None:
    officer = await platform.sign_in("wyp-1")
    case = str((await refer(officer))["id"])
    contents = large_files()
    with served(platform) as at:
        small = [b"x", files.png(), files.jpeg(), files.pdf()]
        warm = [await send(at, officer.secret, case, one, f"warm-up-{n}") for n, one in enumerate(small)]
        assert [one.status_code for one in warm] == [201] * 4
        before = at.status("VmRSS")
        at.forget_peak()
        answers = await asyncio.gather(
            *(send(at, officer.secret, case, one, f"large-file-{n}") for n, one in enumerate(contents))
        )
        grown = at.status("VmHWM") - before
        assert [one.status_code for one in answers] == [201] * 4, [one.text for one in answers]
        assert at.open_files(platform.files) == []
    print(f"four files of {LARGE // MB} MB: the peak grew by {grown / MB:.1f} MB")
    assert grown < LARGE // 2
    for content, answer in zip(contents, answers, strict=True):
        found = answer.json()["attachment"]
        assert abs(found["size"] - len(content)) < 2_000, found
        kept = (await officer.browser.get(f"/attachments/{found['id']}")).content
        assert (files.SECRET in kept, len(kept)) == (False, found["size"])


async def test_a_cut_connection_leaves_nothing_and_neither_does_a_killed_process(platform: Platform) -> None:
    officer = await platform.sign_in("wyp-1")
    case = str((await refer(officer))["id"])
    before = await state(platform)
    with served(platform) as at:
        with begin(at, officer.secret, case, 10 * MB):
            assert eventually(lambda: at.open_files(platform.files) != []), "it was on its way"
            assert list(platform.files.iterdir()) == [], "and had no name"
        assert eventually(lambda: at.open_files(platform.files) == [])
        assert await state(platform) == before

        with begin(at, officer.secret, case, 0, declared=26 * MB) as refused:
            refused.settimeout(30)
            assert b" 413 " in refused.recv(4096).splitlines()[0], "before it is sent"

        with begin(at, officer.secret, case, 10 * MB):
            assert eventually(lambda: at.open_files(platform.files) != [])
            at.process.kill()
            at.process.wait()
        assert await state(platform) == before
    kept = await officer.browser.post(
        f"/cases/{case}/attachments/evidence", content=b"whole", headers={"Idempotency-Key": "a-key-of-its-own"}
    )
    assert kept.status_code == 201, "the key was never used"


async def state(platform: Platform) -> Any:
    """What stands in the database and in the folder."""
    rows = await platform.admin.fetchval("SELECT count(*) FROM attachment")
    return rows, await counted(platform), [path for path in platform.files.rglob("*") if path.is_file()]
