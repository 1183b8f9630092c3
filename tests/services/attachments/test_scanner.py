"""The scanner's protocol, against a small server that speaks it on this machine."""

import asyncio
from pathlib import Path

import pytest

from services.attachments.scanner import Scan, Scanner
from tests.world.clamd import listening

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("content", "expected"),
    [(b"harmless" * 40_000, Scan.CLEAN), (b"x" * 70_000 + b"EICAR", Scan.INFECTED), (b"odd", Scan.NOT_SCANNED)],
    ids=["clean", "infected", "an error"],
)
async def test_its_word_is_taken_over_a_socket_and_over_tcp(tmp_path: Path, content: bytes, expected: Scan) -> None:
    path = tmp_path / "clamd"
    async with listening(path=path):
        assert await Scanner(path=str(path)).scan([content]) is expected
    async with listening() as port:
        assert await Scanner(host="127.0.0.1", port=port).scan([content]) is expected


async def test_a_scanner_that_is_away_or_hangs_up_has_said_nothing(tmp_path: Path) -> None:
    assert await Scanner(path=str(tmp_path / "nobody")).scan([b"x"]) is Scan.NOT_SCANNED
    assert await Scanner().scan([b"x"]) is Scan.NOT_SCANNED

    async def hang_up(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()

    server = await asyncio.start_server(hang_up, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    assert await Scanner(host="127.0.0.1", port=port).scan([b"x" * 100]) is Scan.NOT_SCANNED
    server.close()
