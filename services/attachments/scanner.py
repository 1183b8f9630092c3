"""Asking clamd whether a file holds a known virus, by its INSTREAM command over TCP or a Unix socket."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

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

    @property
    def is_configured(self) -> bool:
        """Whether there is anybody to ask."""
        return self.path is not None or self.host is not None

    async def scan(self, pieces: Iterable[bytes]) -> Scan:
        """Its word about what these pieces make; a scanner that is away or answers oddly has said nothing."""
        if not self.is_configured:
            return Scan.NOT_SCANNED
        try:
            async with asyncio.timeout(SECONDS):
                return _read(await self._ask(pieces))
        except (OSError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            return Scan.NOT_SCANNED

    async def _ask(self, pieces: Iterable[bytes]) -> bytes:
        if self.path is not None:
            reader, writer = await asyncio.open_unix_connection(self.path)
        else:
            reader, writer = await asyncio.open_connection(self.host, self.port)
        try:
            writer.write(b"zINSTREAM\0")
            for piece in pieces:
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
