"""What a file is, by its content. What it is called or said to be counts for nothing."""

import codecs
from enum import StrEnum
from typing import Final

ALLOWED_CONTROLS: Final = frozenset("\t\n\r")
HEAD: Final = 8
"""So many bytes tell every signature."""


class Kind(StrEnum):
    """The types that are taken, each with its ending."""

    PDF = "pdf"
    JPEG = "jpg"
    PNG = "png"
    WORD = "docx"
    TEXT = "txt"

    @property
    def media_type(self) -> str:
        """As it is served."""
        return f"{self.plain_type}; charset=utf-8" if self is Kind.TEXT else self.plain_type

    @property
    def plain_type(self) -> str:
        """As a form names it."""
        return PLAIN_TYPES[self]


PLAIN_TYPES: Final = {
    Kind.PDF: "application/pdf",
    Kind.JPEG: "image/jpeg",
    Kind.PNG: "image/png",
    Kind.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Kind.TEXT: "text/plain",
}


def file_name(kind: Kind, position: int) -> str:
    """What a file is called here, by its place in its group: the sender's name is not kept."""
    return f"attachment-{position}.{kind.value}"


SIGNATURES: Final = {
    b"%PDF-": Kind.PDF,
    b"\xff\xd8\xff": Kind.JPEG,
    b"\x89PNG\r\n\x1a\n": Kind.PNG,
    b"PK\x03\x04": Kind.WORD,
}


class Recognition:
    """Tells while a file arrives what it is: by its first bytes, or as plain text by every byte."""

    def __init__(self) -> None:
        self._head: bytes | None = b""  # None: the signature was looked for
        self._kind: Kind | None = Kind.TEXT
        self._text = _PlainText()

    @property
    def is_hopeless(self) -> bool:
        """Whether it is none of the types, whatever follows."""
        return self._kind is None

    def see(self, piece: bytes) -> None:
        """The next bytes."""
        if self._head is None:
            self._check(piece)
            return
        self._head += piece
        if len(self._head) >= HEAD:
            self._decide()

    def kind(self) -> Kind | None:
        """At the end: what it was; None: a type that is not taken."""
        if self._head is not None:
            self._decide()
        self._check(b"", final=True)
        return self._kind

    def _decide(self) -> None:
        head, self._head = self._head or b"", None
        for signature, kind in SIGNATURES.items():
            if head.startswith(signature):
                self._kind = kind
        self._check(head)

    def _check(self, piece: bytes, *, final: bool = False) -> None:
        if self._kind is Kind.TEXT and not self._text.goes_on(piece, final=final):
            self._kind = None


class _PlainText:
    """Plain text in UTF-8; a page or a drawing, which begins with a bracket, is none of the types."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._has_begun = False

    def goes_on(self, piece: bytes, *, final: bool) -> bool:
        """Whether it is text up to here."""
        try:
            text = self._decoder.decode(piece, final)
        except UnicodeDecodeError:
            return False
        if not self._has_begun:
            first = text.lstrip("\ufeff \t\r\n")[:1]
            if first == "<":
                return False
            self._has_begun = bool(first)
        return all((sign >= " " and sign != "\x7f") or sign in ALLOWED_CONTROLS for sign in text)
