"""A file keeps its content and loses what it tells beside it; what is not what it says is refused."""

import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from services.attachments.kinds import Kind, Recognition
from services.attachments.pdf import stripped_pdf
from services.attachments.source import UnreadableError
from services.attachments.stripping import stripped as stripped_pieces
from tests.services.attachments import files

FILES = {Kind.PNG: files.png(), Kind.JPEG: files.jpeg(), Kind.PDF: files.pdf()}


def stripped(kind: Kind, content: bytes, size: int = 7) -> bytes:
    """In pieces that cut through every structure."""
    if kind is Kind.PDF:
        return stripped_pdf(content)
    return b"".join(stripped_pieces(kind, pieces_of(content, size)))


def kind_of(content: bytes, size: int = 3) -> Kind | None:
    recognition = Recognition()
    for piece in pieces_of(content, size):
        recognition.see(piece)
    return recognition.kind()


def pieces_of(content: bytes, size: int) -> list[bytes]:
    return [content[start : start + size] for start in range(0, len(content), size)]


@pytest.mark.parametrize("kind", FILES)
def test_what_stands_beside_the_content_is_gone(kind: Kind) -> None:
    content = FILES[kind]
    assert files.SECRET in content
    clean = stripped(kind, content)
    assert files.SECRET not in clean
    assert kind_of(clean) is kind
    assert files.SECRET not in stripped(kind, clean)


@pytest.mark.parametrize("filters", [("/DCTDecode",), ("/FlateDecode", "/DCTDecode"), ("/JPXDecode",)])
def test_what_stands_beside_a_picture_in_a_pdf_is_gone_and_it_is_drawn_as_before(filters: tuple[str, ...]) -> None:
    content = files.pdf_of_a_photograph(*filters)
    clean = stripped(Kind.PDF, content)
    assert files.SECRET not in clean
    resources: Any = PdfReader(io.BytesIO(clean)).pages[0]["/Resources"].get_object()
    picture = resources["/XObject"]["/Im0"]
    assert picture["/Filter"] == filters[-1]
    is_photograph = filters[-1] == "/DCTDecode"
    assert picture._data == (stripped(Kind.JPEG, files.jpeg()) if is_photograph else picture._data)
    assert picture._data.endswith(b"\xff\xd9" if is_photograph else b"\xff\x4f drawn")
    assert "/Metadata" not in resources["/Properties"]["/MC0"]
    assert stripped(Kind.PDF, clean) == clean


def test_the_picture_itself_is_kept() -> None:
    clean = stripped(Kind.JPEG, files.jpeg())
    assert clean.startswith(b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff")
    assert b"JFXX" not in clean
    assert b"\xff\xee\x00\x0eAdobe\x00\x64\x00\x00\x00\x00\x01\xff\xdb" in clean
    assert b"\x12\xff\x00\x34\xff\xd0\x56" in clean
    assert clean.endswith(b"\xff\xd9")
    assert b"IDAT" in stripped(Kind.PNG, files.png())


def test_the_pages_of_a_pdf_are_kept_and_nothing_opens_by_itself() -> None:
    reader = PdfReader(io.BytesIO(stripped(Kind.PDF, files.pdf())))
    assert len(reader.pages) == 1
    assert not reader.metadata
    assert not reader.attachments
    assert "/OpenAction" not in reader.root_object


@pytest.mark.parametrize(
    ("content", "kind"),
    [(b"plain words\r\n\tof \xc3\xa9", Kind.TEXT), (b"MZ\x90\x00", None), (b"<svg onload='x'/>", None),
     (b" \n<html>", None), (b"\xef\xbb\xbf<script>", None), (b"PK\x03\x04docx", Kind.WORD), (b"bell\x07", None),
     (b"cut \xc3", None), (b"short", Kind.TEXT), (b"\xff\xd8\xff", Kind.JPEG)],
)  # fmt: skip
def test_the_content_alone_says_what_a_file_is(content: bytes, kind: Kind | None) -> None:
    assert kind_of(content) is kind


def test_a_password_makes_a_file_unreadable() -> None:
    with pytest.raises(UnreadableError):
        stripped(Kind.PDF, files.locked_pdf())


@pytest.mark.parametrize("kind", FILES)
@given(size=st.integers(min_value=1, max_value=500))
def test_how_a_file_is_cut_into_pieces_changes_nothing(kind: Kind, size: int) -> None:
    content = FILES[kind]
    assert kind_of(content, size) is kind
    assert stripped(kind, content, size) == stripped(kind, content, len(content))


@pytest.mark.parametrize("kind", FILES)
@given(cut=st.integers(min_value=8, max_value=400), noise=st.binary(max_size=20))
def test_a_broken_file_is_refused_or_clean_and_never_a_fault(kind: Kind, cut: int, noise: bytes) -> None:
    try:
        clean = stripped(kind, FILES[kind][:cut] + noise)
    except UnreadableError:
        return
    assert b"Exif" not in clean
