"""Asking clamd whether a file holds a known virus, by its INSTREAM command over TCP or a Unix socket."""

import asyncio
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

PIECE: Final = 64 * 1024
SECONDS: Final = 60.0


class Scan(StrEnum):
    """What the scanner said of a file; without an answer it was not scanned."""

    CLEAN = "clean"
    INFECTED = "infected"
    NOT_SCANNED = "not_scanned"


@dataclass(frozen=True, slots=True)
class Scanner:
    """Where clamd listens: a path of a Unix socket, or a host and a port. Neither: nothing is ever scanned."""

    path: str | None = None
    host: str | None = None
    port: int = 3310

    async def scan(self, content: bytes) -> Scan:
        """Its word about this content; a scanner that is away or answers oddly has said nothing."""
        if self.path is None and self.host is None:
            return Scan.NOT_SCANNED
        try:
            async with asyncio.timeout(SECONDS):
                return _read(await self._ask(content))
        except (OSError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            return Scan.NOT_SCANNED

    async def _ask(self, content: bytes) -> bytes:
        if self.path is not None:
            reader, writer = await asyncio.open_unix_connection(self.path)
        else:
            reader, writer = await asyncio.open_connection(self.host, self.port)
        try:
            writer.write(b"zINSTREAM\0")
            for start in range(0, len(content), PIECE):
                piece = content[start : start + PIECE]
                writer.write(len(piece).to_bytes(4) + piece)
                await writer.drain()
            writer.write(bytes(4))
            await writer.drain()
            return await reader.readuntil(b"\0")
        finally:
            writer.close()


def _read(answer: bytes) -> Scan:
    words = answer.rstrip(b"\0\n")
    if words == b"stream: OK":
        return Scan.CLEAN
    return Scan.INFECTED if words.startswith(b"stream: ") and words.endswith(b" FOUND") else Scan.NOT_SCANNED
