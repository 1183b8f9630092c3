"""Files that hold more than they show: each says `Kanarienvogel` somewhere beside its content."""

import io
import struct
import zlib

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    EncodedStreamObject,
    NameObject,
    TextStringObject,
)

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
        + segment(0xE0, b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x05\x01" + SECRET)
        + segment(0xE0, b"JFXX\x00\x10\xff\xd8" + SECRET + b"\xff\xd9")
        + segment(0xEE, b"Adobe\x00\x64\x00\x00\x00\x00\x01" + SECRET)
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


def pdf_of_a_photograph(*filters: str) -> bytes:
    """One page with a camera's photograph, packed so, XMP of the picture and what a program keeps about it."""
    writer = PdfWriter()
    page = writer.add_blank_page(100, 100)
    metadata = DecodedStreamObject()
    metadata.set_data(b"<x:xmpmeta>" + SECRET + b"</x:xmpmeta>")
    picture = EncodedStreamObject()
    picture._data = jp2() if filters[-1] == "/JPXDecode" else jpeg()
    if len(filters) > 1:
        picture._data = zlib.compress(picture._data)
    named = [NameObject(one) for one in filters]
    picture[NameObject("/Subtype")] = NameObject("/Image")
    picture[NameObject("/Filter")] = ArrayObject(named) if len(named) > 1 else named[0]
    picture[NameObject("/Metadata")] = writer._add_object(metadata)
    private = DictionaryObject({NameObject("/Private"): TextStringObject(SECRET.decode())})
    picture[NameObject("/PieceInfo")] = DictionaryObject({NameObject("/Invented"): private})
    marked = DictionaryObject({NameObject("/Metadata"): writer._add_object(metadata)})
    page[NameObject("/Resources")] = DictionaryObject(
        {
            NameObject("/XObject"): DictionaryObject({NameObject("/Im0"): writer._add_object(picture)}),
            NameObject("/Properties"): DictionaryObject({NameObject("/MC0"): marked}),
        }
    )
    return _written(writer)


def jp2() -> bytes:
    """The boxes of a JPEG 2000 picture, with XMP between them."""

    def box(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content) + 8) + kind + content

    words = box(b"uuid", SECRET) + struct.pack(">I4sQ", 1, b"xml ", 16 + len(SECRET)) + SECRET
    return box(b"jP  ", b"\r\n\x87\n") + words + box(b"jp2c", b"\xff\x4f drawn")


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
