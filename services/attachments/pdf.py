"""What a PDF tells beside its pages is taken out: the information dictionary, XMP of the whole and of every part,
private data of programs, thumbnails, attached files, scripts, what opens by itself, and what a camera wrote into a
photograph. Its parts refer to each other in any order: it is needed whole."""

import io
from typing import Final

from pypdf import PdfReader, PdfWriter
from pypdf.filters import decode_stream_data
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, StreamObject

from services.attachments.kinds import Kind
from services.attachments.source import UnreadableError
from services.attachments.stripping import stripped

ROOT: Final = ("/OpenAction", "/AA", "/AF", "/Collection")
NAMES: Final = ("/EmbeddedFiles", "/JavaScript")
PAGE: Final = ("/AA", "/Thumb")
ANY: Final = ("/Metadata", "/PieceInfo", "/LastModified", "/OPI")
CODESTREAM: Final = b"\xff\x4f"
LONG_BOX: Final = 1
BOXES_OF_WORDS: Final = frozenset({b"xml ", b"uuid", b"uinf", b"asoc", b"free", b"skip"})
ANNOTATION: Final = ("/A", "/AA", "/T", "/CreationDate", "/M", "/FS")


def stripped_pdf(content: bytes) -> bytes:
    """The same pages alone."""
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
    _drop(root, ROOT)
    names = root.get("/Names")
    if names is not None:
        _drop(names.get_object(), NAMES)
    for page in writer.pages:
        _drop(page, PAGE)
        for annotation in page.get("/Annots", []):
            _drop(annotation.get_object(), ANNOTATION)
    for part in writer._objects:
        _clean_part(part)


def _clean_part(part: object) -> None:
    """What any part may carry, wherever it hangs, and every part that is written inside of it."""
    if isinstance(part, StreamObject):
        _clean_picture(part)
    inside = [part]
    while inside:
        one = inside.pop()
        _drop(one, ANY)
        if isinstance(one, DictionaryObject):
            inside.extend(one.values())
        elif isinstance(one, ArrayObject):
            inside.extend(one)


def _clean_picture(part: StreamObject) -> None:
    """A photograph stays as it is drawn, unpacked where it was packed once more, and says no more than that."""
    said = part.get("/Filter")
    filters = [one.get_object() for one in said] if isinstance(said, ArrayObject) else [said]
    if not filters or filters[-1] not in PICTURES:
        return
    content = decode_stream_data(part)  # a picture comes out of this as it is, and only what it is packed in is undone
    part._data = PICTURES[filters[-1]](content)  # any other way would pack it anew
    part[NameObject("/Filter")] = NameObject(filters[-1])
    given = part.get("/DecodeParms")
    if isinstance(given, ArrayObject):
        part[NameObject("/DecodeParms")] = given[-1]


def _photograph(content: bytes) -> bytes:
    return b"".join(stripped(Kind.JPEG, [content]))


def _jpeg_2000(content: bytes) -> bytes:
    """Its boxes, but for those that hold words."""
    if content.startswith(CODESTREAM):
        return content
    kept, place = [], 0
    while place < len(content):
        length, head = int.from_bytes(content[place : place + 4]), 8
        if length == LONG_BOX:
            length, head = int.from_bytes(content[place + 8 : place + 16]), 16
        end = place + length if length else len(content)
        if end < place + head or end > len(content):
            raise UnreadableError
        if content[place + 4 : place + 8] not in BOXES_OF_WORDS:
            kept.append(content[place:end])
        place = end
    return b"".join(kept)


PICTURES: Final = {"/DCTDecode": _photograph, "/DCT": _photograph, "/JPXDecode": _jpeg_2000}


def _drop(holder: object, keys: tuple[str, ...]) -> None:
    if isinstance(holder, DictionaryObject):
        for key in keys:
            holder.pop(key, None)
