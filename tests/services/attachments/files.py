"""Files that hold more than they show: each says `Kanarienvogel` somewhere beside its content."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

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


W, REL = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://schemas.openxmlformats.org/officeDocument/2006",
)
DOCUMENT = f"""<?xml version="1.0" encoding="UTF-8"?><!-- {SECRET.decode()} -->
<w:document xmlns:w="{W}" xmlns:r="{REL}/relationships"><w:body><w:p w:rsidR="Kanarienvogel" w:rsidP='Kanarienvogel'>
<w:ins w:id="1" w:author="Kanarienvogel" w:date="2026-05-03T09:00:00Z">
<w:r><w:t>What was said w:date="3 May"</w:t></w:r></w:ins><w:commentReference w:id="2"/></w:p></w:body></w:document>"""
COMMENTS = f"""<w:comments xmlns:w="{W}"><w:comment w:id="2" w:author='Kanarienvogel' w:initials="Kanarienvogel"
 w:date="2026-05-03T09:00:00Z"><w:p><w:r><w:t>Who said so?</w:t></w:r></w:p></w:comment></w:comments>"""
SETTINGS = f"""<w:settings xmlns:w="{W}" xmlns:r="{REL}/relationships"><w:attachedTemplate r:id="rId1"/><w:rsids>
<w:rsidRoot w:val="Kanarienvogel"/></w:rsids><w:zoom w:percent="100"/></w:settings>"""


def docx(changes: Mapping[str, str | bytes | None] | None = None) -> bytes:
    """A document with a photograph, a comment and a tracked change, made from a template; other parts by name."""
    parts: dict[str, str | bytes | None] = {
        "[Content_Types].xml": '<Types><Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/word/document.xml" ContentType="x"/>'
        '<Override PartName="/docProps/core.xml" ContentType="x"/></Types>',
        "_rels/.rels": _relations(("officeDocument", "word/document.xml"), ("core-properties", "docProps/core.xml")),
        "docProps/core.xml": "<creator>Kanarienvogel</creator>",
        "docProps/thumbnail.jpeg": jpeg(),
        "customXml/item1.xml": "<secret>Kanarienvogel</secret>",
        "word/document.xml": DOCUMENT,
        "word/comments.xml": COMMENTS,
        "word/people.xml": "<people>Kanarienvogel</people>",
        "word/settings.xml": SETTINGS,
        "word/_rels/settings.xml.rels": _relations(
            ("attachedTemplate", "file:///C:/Users/Kanarienvogel/a.dotx", "External")
        ),
        "word/_rels/document.xml.rels": _relations(
            ("comments", "comments.xml"), ("image", "/word/media/image1.jpeg"), ("customXml", "../customXml/item1.xml"),
            ("hyperlink", "https://www.gov.uk/", "External"),
        ),
        "word/media/image1.jpeg": jpeg(),
    }  # fmt: skip
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as kept:
        for name, part in (parts | dict(changes or {})).items():
            if part is not None:
                kept.writestr(name, part)
        kept.comment = SECRET
    return written.getvalue()


def _relations(*said: tuple[str, ...]) -> str:
    each = [
        f'<Relationship Id="rId{number}" Type="{REL}/relationships/{kind}" Target="{target}"'
        + "".join(f' TargetMode="{mode}"' for mode in more)
        + "/>"
        for number, (kind, target, *more) in enumerate(said, start=1)
    ]
    return f"<Relationships>{''.join(each)}</Relationships>"


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
