"""What a file tells beside its content is taken out: who made it, where, when, with what, and what hides in it.

JPEG: every application segment but the colour ones (Exif with place and time, XMP, ICC, IPTC) and comments, and what
follows the end. PNG: every chunk that is not needed to draw it. PDF: the information dictionary, XMP, private data of
programs, thumbnails, attached files, scripts and what opens by itself. Text has nothing of the kind.
"""

import io
import zlib
from typing import Final

from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject

from services.attachments.kinds import Kind

JPEG_KEPT: Final = frozenset({0xE0, 0xEE})  # JFIF and Adobe: how colours are meant
PNG_KEPT: Final = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD", b"pHYs"}
)
PDF_ROOT: Final = ("/Metadata", "/OpenAction", "/AA", "/PieceInfo", "/AF", "/Collection")
PDF_NAMES: Final = ("/EmbeddedFiles", "/JavaScript")
PDF_PAGE: Final = ("/Metadata", "/AA", "/PieceInfo", "/Thumb", "/LastModified")
PDF_ANNOTATION: Final = ("/A", "/AA", "/T", "/CreationDate", "/M", "/FS")
LONE: Final = frozenset({0x01, *range(0xD0, 0xD8)})
END, SCAN = 0xD9, 0xDA


class UnreadableError(ValueError):
    """The content is not what its beginning says."""


def stripped(kind: Kind, content: bytes) -> bytes:
    """The same file without what it tells beside its content."""
    match kind:
        case Kind.JPEG:
            return _jpeg(content)
        case Kind.PNG:
            return _png(content)
        case Kind.PDF:
            return _pdf(content)
        case Kind.TEXT:
            return content


def _jpeg(content: bytes) -> bytes:
    kept, place = bytearray(content[:2]), 2
    while True:
        if (place + 4 > len(content) and content[place : place + 2] != bytes((0xFF, END))) or content[place] != 0xFF:
            raise UnreadableError
        marker = content[place + 1]
        if marker == 0xFF:  # fill bytes may stand before a marker
            place += 1
            continue
        if marker == END:
            return bytes(kept + content[place : place + 2])
        length = 2 if marker in LONE else 2 + int.from_bytes(content[place + 2 : place + 4])
        if place + length > len(content):
            raise UnreadableError
        if not ((0xE0 <= marker <= 0xEF and marker not in JPEG_KEPT) or marker == 0xFE):
            kept += content[place : place + length]
        place += length
        if marker == SCAN:
            end = _end_of_scan(content, place)
            kept += content[place:end]
            place = end


def _end_of_scan(content: bytes, place: int) -> int:
    while (place := content.find(b"\xff", place)) != -1 and place + 1 < len(content):
        if content[place + 1] not in (0x00, *range(0xD0, 0xD8)):
            return place
        place += 2
    raise UnreadableError


def _png(content: bytes) -> bytes:
    kept, place = bytearray(content[:8]), 8
    while place + 12 <= len(content):
        end = place + 12 + int.from_bytes(content[place : place + 4])
        name, sum_ = content[place + 4 : place + 8], content[end - 4 : end]
        if end > len(content) or zlib.crc32(content[place + 4 : end - 4]).to_bytes(4) != sum_:
            raise UnreadableError
        if name in PNG_KEPT:
            kept += content[place:end]
        if name == b"IEND":
            return bytes(kept)
        place = end
    raise UnreadableError


def _pdf(content: bytes) -> bytes:
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted or not reader.pages:
            raise UnreadableError
        writer = PdfWriter(clone_from=reader)
        _clean(writer)
        # A second copy takes along what is still reached from the pages, and leaves what was cut off.
        return _written(PdfWriter(clone_from=PdfReader(io.BytesIO(_written(writer)))))
    except Exception as error:
        raise UnreadableError from error


def _written(writer: PdfWriter) -> bytes:
    writer.metadata = None
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def _clean(writer: PdfWriter) -> None:
    root = writer.root_object
    _drop(root, PDF_ROOT)
    names = root.get("/Names")
    if names is not None:
        _drop(names.get_object(), PDF_NAMES)
    for page in writer.pages:
        _drop(page, PDF_PAGE)
        for annotation in page.get("/Annots", []):
            _drop(annotation.get_object(), PDF_ANNOTATION)


def _drop(holder: object, keys: tuple[str, ...]) -> None:
    if isinstance(holder, DictionaryObject):
        for key in keys:
            holder.pop(key, None)
