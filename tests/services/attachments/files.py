"""Files that hold more than they show: each says `Kanarienvogel` somewhere beside its content."""

import io
import struct
import zlib

from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, TextStringObject

SECRET = b"Kanarienvogel"


def png() -> bytes:
    """A point, with a comment, a place and something after its end."""
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
        + _chunk(b"tEXt", b"Author\x00" + SECRET)
        + _chunk(b"eXIf", b"MM" + SECRET)
        + _chunk(b"IDAT", zlib.compress(b"\x00\xff\x00\x00"))
        + _chunk(b"IEND", b"")
        + SECRET
    )


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def jpeg() -> bytes:
    """Segments as a camera writes them: JFIF, Exif, a comment, a scan, and something after its end."""

    def segment(marker: int, content: bytes) -> bytes:
        return bytes((0xFF, marker)) + struct.pack(">H", len(content) + 2) + content

    return (
        b"\xff\xd8"
        + segment(0xE0, b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00")
        + segment(0xE1, b"Exif\x00\x00" + SECRET)
        + segment(0xFE, SECRET)
        + segment(0xDB, bytes(65))
        + segment(0xDA, b"\x01\x01\x00\x00\x3f\x00")
        + b"\x12\xff\x00\x34\xff\xd0\x56"
        + segment(0xE1, b"Exif\x00\x00" + SECRET)
        + b"\xff\xd9"
        + SECRET
    )


def pdf() -> bytes:
    """One page, an author, an attached file and a script that opens by itself."""
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_metadata({"/Author": SECRET.decode(), "/Title": SECRET.decode()})
    writer.add_attachment("names.txt", SECRET)
    script = {"/S": NameObject("/JavaScript"), "/JS": TextStringObject(f"app.alert('{SECRET.decode()}')")}
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(
        {NameObject(key): one for key, one in script.items()}
    )
    return _written(writer)


def large_pdf(noise: bytes) -> bytes:
    """One page with a drawing of this content."""
    writer = PdfWriter()
    page = writer.add_blank_page(100, 100)
    drawing = DecodedStreamObject()
    drawing.set_data(noise)
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/XObject"): DictionaryObject({NameObject("/Im0"): writer._add_object(drawing)})}
    )
    writer.add_metadata({"/Author": SECRET.decode()})
    return _written(writer)


def locked_pdf() -> bytes:
    """A page behind a password."""
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.encrypt("invented", algorithm="RC4-128")
    return _written(writer)


def _written(writer: PdfWriter) -> bytes:
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()
