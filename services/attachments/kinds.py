"""What a file is, by its content. What it is called or said to be counts for nothing."""

from enum import StrEnum
from typing import Final

ALLOWED_CONTROLS: Final = frozenset("\t\n\r")


class Kind(StrEnum):
    """The types that are taken, each with its ending."""

    PDF = "pdf"
    JPEG = "jpg"
    PNG = "png"
    TEXT = "txt"

    @property
    def media_type(self) -> str:
        """As it is served."""
        return {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png"}.get(
            self, "text/plain; charset=utf-8"
        )


SIGNATURES: Final = {b"%PDF-": Kind.PDF, b"\xff\xd8\xff": Kind.JPEG, b"\x89PNG\r\n\x1a\n": Kind.PNG}


def kind_of(content: bytes) -> Kind | None:
    """The type that the first bytes say, or text when all of it is plain text in UTF-8; None: a type not taken."""
    for signature, kind in SIGNATURES.items():
        if content.startswith(signature):
            return kind
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    is_plain = all((character >= " " and character != "\x7f") or character in ALLOWED_CONTROLS for character in text)
    looks_like_markup = text.lstrip("\ufeff \t\r\n")[:1] == "<"  # a page or a drawing is none of the types
    return Kind.TEXT if is_plain and not looks_like_markup else None
