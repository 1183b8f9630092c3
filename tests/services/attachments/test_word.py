"""A Word document keeps its words, pictures and comments, and loses who wrote them when; other parts are refused."""

import io
import zipfile

import pytest

from services.attachments import word
from services.attachments.kinds import Kind
from services.attachments.source import UnreadableError
from services.attachments.stripping import stripped
from services.attachments.word import stripped_word
from tests.services.attachments import files

LINK = '<Relationship Id="rId1" Type="x/image" Target="https://elsewhere.example" TargetMode="External"/>'
MACROS = '<Override PartName="/word/document.xml" ContentType="macroEnabled.main+xml"/>'


def parts_of(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as given:
        assert given.comment == b""
        assert {member.date_time for member in given.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        return {name: given.read(name).decode("latin-1") for name in given.namelist()}


def test_the_words_stay_and_what_stands_beside_them_is_gone() -> None:
    content = files.docx()
    assert any("Kanarienvogel" in part for part in _all(content))
    clean = stripped_word(content)
    parts = parts_of(clean)
    assert not [name for name, part in parts.items() if "Kanarienvogel" in part]
    assert set(parts) == {
        "[Content_Types].xml", "_rels/.rels", "word/document.xml", "word/comments.xml", "word/settings.xml",
        "word/_rels/settings.xml.rels", "word/_rels/document.xml.rels", "word/media/image1.jpeg",
    }  # fmt: skip
    assert 'What was said w:date="3 May"' in parts["word/document.xml"], "words are no attributes"
    assert '<w:ins w:id="1" w:author="">' in parts["word/document.xml"]
    assert "Who said so?" in parts["word/comments.xml"]
    assert "2026-05-03" not in "".join(parts.values())
    assert '<w:zoom w:percent="100"/>' in parts["word/settings.xml"]
    assert "attachedTemplate" not in "".join(parts.values())
    assert [
        word_ for word_ in ("core", "customXml") if word_ in parts["_rels/.rels"] + parts["[Content_Types].xml"]
    ] == []
    relations = parts["word/_rels/document.xml.rels"]
    assert [target in relations for target in ("comments.xml", "image1.jpeg", "gov.uk", "item1")] == [True] * 3 + [
        False
    ]
    assert parts["word/media/image1.jpeg"].encode("latin-1") == b"".join(stripped(Kind.JPEG, [files.jpeg()]))
    assert stripped_word(clean) == clean


def _all(content: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as given:
        return [given.read(name).decode("latin-1") for name in given.namelist()]


@pytest.mark.parametrize(
    "changes",
    [{"word/vbaProject.bin": b"macro"}, {"word/embeddings/oleObject1.bin": b"x"}, {"xl/workbook.xml": "<x/>"},
     {"word/document.xml": None}, {"[Content_Types].xml": None}, {"../outside.xml": "<x/>"},
     {"[Content_Types].xml": f"<Types>{MACROS}</Types>"},
     {"word/document.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}, {"word/document.xml": "<x>"},
     {"word/document.xml": "<x/>".encode("utf-16")}, {"word/media/image1.jpeg": b"GIF89a"},
     {"word/_rels/document.xml.rels": f"<Relationships>{LINK}</Relationships>"}],
    ids=["macro", "embedded", "sheet", "no words", "no types", "outside", "macros named", "entity", "broken", "utf-16",
         "another picture", "a picture of elsewhere"],
)  # fmt: skip
def test_what_is_more_than_words_and_pictures_is_refused(changes: dict[str, str | bytes | None]) -> None:
    with pytest.raises(UnreadableError):
        stripped_word(files.docx(changes))


def test_what_unpacks_to_more_than_memory_holds_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    packed = files.docx({"word/styles.xml": b"<x>" + bytes(3_000_000) + b"</x>"})
    assert len(packed) < 50_000
    monkeypatch.setattr(word, "MOST_BYTES", 2_000_000)
    monkeypatch.setattr(zipfile.ZipFile, "read", lambda *_: pytest.fail("it was unpacked"))
    with pytest.raises(UnreadableError):
        stripped_word(packed)
    monkeypatch.setattr(word, "MOST_PARTS", 3)
    with pytest.raises(UnreadableError):
        stripped_word(files.docx())


def test_what_only_begins_like_one_is_refused() -> None:
    for content in (b"PK\x03\x04", files.docx()[:-50], files.docx()[:400]):
        with pytest.raises(UnreadableError):
            stripped_word(content)
