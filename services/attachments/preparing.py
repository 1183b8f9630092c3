"""What happens to a file in quarantine, before any record is looked at: its type by content, stripping, scan."""

import hashlib
from collections.abc import AsyncIterable, AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from anyio import CapacityLimiter, to_thread

from services.attachments.kinds import Kind, Recognition
from services.attachments.quarantine import Quarantine
from services.attachments.scanner import Scan, Scanner
from services.attachments.source import UnreadableError
from services.attachments.stripping import stripped
from services.attachments.stripping_process import WAYS, strip_apart
from services.errors import Invalid, Problem

LARGEST: Final = 25 * 1024 * 1024
WHOLE_AT_ONCE: Final = 2


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file as it is going to be kept, and what it was when it came (which recognises a repeat)."""

    kind: Kind
    content: Quarantine
    scan: Scan
    sent: str


class Reception:
    """Takes files in: never more of one in memory than a few pieces, but for what has a process of its own."""

    def __init__(self, folder: Path, scanner: Scanner) -> None:
        self._folder, self._scanner = folder, scanner
        self._whole = CapacityLimiter(WHOLE_AT_ONCE)

    @asynccontextmanager
    async def received(self, arriving: AsyncIterable[bytes]) -> AsyncIterator[Prepared | Invalid]:
        """The file that arrives, recognised, stripped and scanned, for as long as the block lasts; or what is wrong."""
        with Quarantine(self._folder) as raw, Quarantine(self._folder) as clean:
            kind, sent = await _taken_in(arriving, raw)
            if isinstance(kind, Invalid):
                yield kind
                return
            try:
                content = await self._stripped(kind, raw, clean)
            except UnreadableError:
                yield _wrong(
                    "unreadable", "The file cannot be read as what it is.", "Save it anew as a PDF, without a password."
                )
                return
            scan = await self._scanner.scan(content.pieces())
            if scan is Scan.INFECTED:
                yield _wrong(
                    "infected", "The scanner found something harmful in this file.", "Tell your IT department."
                )
                return
            yield Prepared(kind, content, scan, sent)

    async def _stripped(self, kind: Kind, raw: Quarantine, clean: Quarantine) -> Quarantine:
        if kind is Kind.TEXT:
            return raw
        if kind in WAYS:
            async with self._whole:
                await strip_apart(kind, raw, clean, LARGEST)
        else:
            await to_thread.run_sync(_copy, kind, raw, clean)
        return clean


async def _taken_in(arriving: AsyncIterable[bytes], raw: Quarantine) -> tuple[Kind | Invalid, str]:
    """Its type, and the hash of all that came; what is no type that is taken is heard to its end and not kept."""
    recognition, digest, size = Recognition(), hashlib.sha256(), 0
    async for piece in arriving:
        size += len(piece)
        recognition.see(piece)
        digest.update(piece)
        if size < LARGEST and not recognition.is_hopeless:
            await to_thread.run_sync(raw.write, piece)
    return _kind(recognition, size), digest.hexdigest()


def _kind(recognition: Recognition, size: int) -> Kind | Invalid:
    if not size:
        return _wrong("empty", "The file is empty.", "Send the file's content as the body.")
    if size >= LARGEST:
        return _wrong("too_large", "A file is smaller than 25 MB.", "Send a smaller file.")
    found = recognition.kind()
    if found is None:
        return _wrong("wrong_type", "Only PDF, JPEG, PNG, DOCX and plain text in UTF-8 are taken.", "Save it as a PDF.")
    return found


def _copy(kind: Kind, raw: Quarantine, clean: Quarantine) -> None:
    for piece in stripped(kind, raw.pieces()):
        clean.write(piece)


def _wrong(code: str, message: str, remedy: str) -> Invalid:
    return Invalid((Problem("file", code, message, remedy),))
