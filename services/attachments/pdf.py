"""What a PDF tells beside its pages is taken out: the information dictionary, XMP, private data of programs,
thumbnails, attached files, scripts and what opens by itself. Its parts refer to each other in any order: it is needed
whole."""

import io
from typing import Final

from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject

from services.attachments.source import UnreadableError

ROOT: Final = ("/Metadata", "/OpenAction", "/AA", "/PieceInfo", "/AF", "/Collection")
NAMES: Final = ("/EmbeddedFiles", "/JavaScript")
PAGE: Final = ("/Metadata", "/AA", "/PieceInfo", "/Thumb", "/LastModified")
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


def _drop(holder: object, keys: tuple[str, ...]) -> None:
    if isinstance(holder, DictionaryObject):
        for key in keys:
            holder.pop(key, None)
