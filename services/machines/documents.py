"""The documents that a machine may run: the contract's named operations, word for word."""

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

FOLDER = Path(__file__).parents[2] / "frontend-contract" / "operations"
IMPORT: Final = "referral.import"
"""The one operation that is no document: messages of the public form, sent to their own address."""


def operation_of(document: str) -> str | None:
    """The name of the operation whose document this is, by SHA-256; None for any other text."""
    return _names_by_digest().get(_digest(document))


def operations() -> frozenset[str]:
    """Everything that can stand in the list of a machine client."""
    return frozenset(_names_by_digest().values()) | {IMPORT}


@cache
def _names_by_digest() -> Mapping[bytes, str]:
    return {_digest(path.read_text(encoding="utf-8")): path.stem for path in sorted(FOLDER.rglob("*.graphql"))}


def _digest(document: str) -> bytes:
    # Space around a document says nothing; an unpaired surrogate makes a text that is no document of ours.
    return hashlib.sha256(document.strip().encode("utf-8", "surrogatepass")).digest()
