"""What happens to a file before any record is looked at: its type by content, its stripping, its scan."""

import hashlib
from dataclasses import dataclass
from typing import Final

from anyio import to_thread

from services.attachments.kinds import Kind, kind_of
from services.attachments.scanner import Scan, Scanner
from services.attachments.stripping import UnreadableError, stripped
from services.errors import Invalid, Problem

LARGEST: Final = 25 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file as it is going to be kept, and what it was when it came (which recognises a repeat)."""

    kind: Kind
    content: bytes
    scan: Scan
    sent: str


async def prepared(content: bytes, scanner: Scanner) -> Prepared | Invalid:
    """Look at the content, strip it and have it scanned; before any record is looked at."""
    if not content:
        return _wrong("empty", "The file is empty.", "Send the file's content as the body.")
    if len(content) >= LARGEST:
        return _wrong("too_large", "A file is smaller than 25 MB.", "Send a smaller file.")
    kind = await to_thread.run_sync(kind_of, content)
    if kind is None:
        return _wrong("wrong_type", "Only PDF, JPEG, PNG and plain text in UTF-8 are taken.", "Save it as a PDF.")
    try:
        clean = await to_thread.run_sync(stripped, kind, content)
    except UnreadableError:
        return _wrong("unreadable", "The file cannot be read as what it is.", "Save it anew, without a password.")
    scan = await scanner.scan(clean)
    if scan is Scan.INFECTED:
        return _wrong("infected", "The scanner found something harmful in this file.", "Tell your IT department.")
    return Prepared(kind, clean, scan, hashlib.sha256(content).hexdigest())


def _wrong(code: str, message: str, remedy: str) -> Invalid:
    return Invalid((Problem("file", code, message, remedy),))
