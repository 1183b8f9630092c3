"""What a picture tells beside its content is taken out: who made it, where, when, with what, and what hides in it.

JPEG: every application segment (Exif with place and time, XMP, ICC, IPTC, small copies of the picture as it was once)
but for what JFIF and Adobe say of colours, comments, and what follows the end. PNG: every chunk that is not needed to
draw it, and what follows the end. Text has nothing of the kind.
All three go from piece to piece; a PDF and a Word document have a process of their own (`stripping_process`).
"""

import zlib
from collections.abc import Generator, Iterable, Iterator
from typing import Final

from services.attachments.kinds import Kind
from services.attachments.quarantine import regrouped
from services.attachments.source import Source, UnreadableError

JFIF, ADOBE = 0xE0, 0xEE  # segments that say how colours and points are meant
JFIF_HEAD, JFIF_SAID, ADOBE_HEAD, ADOBE_SAID = b"JFIF\x00", 12, b"Adobe", 12
PNG_KEPT: Final = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD", b"pHYs"}
)
LONE: Final = frozenset({0x01, *range(0xD0, 0xD8)})
IN_SCAN: Final = frozenset({0x00, *range(0xD0, 0xD8)})
END, SCAN, FILL = 0xD9, 0xDA, 0xFF


def stripped(kind: Kind, pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same file without what it tells beside its content, in pieces; one that breaks off raises on the way."""
    match kind:
        case Kind.JPEG:
            return regrouped(_jpeg(Source(pieces)))
        case Kind.PNG:
            return regrouped(_png(Source(pieces)))
        case Kind.TEXT:
            return iter(pieces)
        case Kind.PDF | Kind.WORD:
            raise ValueError("this is stripped in a process of its own")


def _jpeg(source: Source) -> Iterator[bytes]:
    yield source.take(2)
    marker = _marker(source)
    while marker != END:
        if marker in LONE:
            yield bytes((0xFF, marker))
        else:
            said = _told(marker, source.take(max(0, int.from_bytes(source.take(2)) - 2)))
            if said is not None:
                yield bytes((0xFF, marker)) + (len(said) + 2).to_bytes(2) + said
        marker = (yield from _scan(source)) if marker == SCAN else _marker(source)
    yield bytes((0xFF, END))


def _told(marker: int, said: bytes) -> bytes | None:
    """What stays of a segment; None: nothing. A small copy may stand behind what JFIF says, or in its own segment."""
    if marker == JFIF and said.startswith(JFIF_HEAD):
        return said[:JFIF_SAID].ljust(JFIF_SAID, b"\x00") + bytes(2)  # no points of a small copy in either direction
    if marker == ADOBE and said.startswith(ADOBE_HEAD):
        return said[:ADOBE_SAID]
    return None if 0xE0 <= marker <= 0xEF or marker == 0xFE else said


def _marker(source: Source) -> int:
    if source.take(1) != b"\xff":
        raise UnreadableError
    return _after_fill(source)


def _after_fill(source: Source) -> int:
    marker = source.take(1)[0]
    while marker == FILL:  # fill bytes may stand before a marker
        marker = source.take(1)[0]
    return marker


def _scan(source: Source) -> Generator[bytes, None, int]:
    """The drawn lines, up to the marker that ends them, which is its result."""
    while True:
        yield from source.until(b"\xff")
        source.take(1)
        marker = _after_fill(source)
        if marker not in IN_SCAN:
            return marker
        yield bytes((0xFF, marker))


def _png(source: Source) -> Iterator[bytes]:
    yield source.take(8)
    name = b""
    while name != b"IEND":
        length, name = source.take(4), source.take(4)
        is_kept = name in PNG_KEPT
        if is_kept:
            yield length + name
        sum_ = zlib.crc32(name)
        for piece in source.run(int.from_bytes(length)):
            sum_ = zlib.crc32(piece, sum_)
            if is_kept:
                yield piece
        told = source.take(4)
        if sum_.to_bytes(4) != told:
            raise UnreadableError
        if is_kept:
            yield told
