"""Where a file lies while nobody knows yet whether it may be kept: on the disk, without a name, sealed for a moment.

The disk frees what has no name when the process ends, however it ends; and its key stands in this process's memory
alone, so that what may be left of its bytes opens for nobody."""

import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, Self

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CTR

PIECE: Final = 64 * 1024


class Quarantine:
    """One file's bytes: written once from beginning to end, then read from the beginning as often as needed."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - closed by our own `__exit__`
        self._cipher = Cipher(AES(os.urandom(32)), CTR(os.urandom(16)))
        self._seal = self._cipher.encryptor()
        self.size = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def write(self, piece: bytes) -> None:
        """Add what comes next."""
        self._file.write(self._seal.update(piece))
        self.size += len(piece)

    def pieces(self) -> Iterator[bytes]:
        """All of it, piece by piece; one reader at a time."""
        opening = self._cipher.decryptor()
        self._file.seek(0)
        while piece := self._file.read(PIECE):
            yield opening.update(piece)


def regrouped(pieces: Iterable[bytes], size: int = PIECE) -> Iterator[bytes]:
    """The same bytes in pieces of exactly this size, but for the last."""
    kept = bytearray()
    for piece in pieces:
        kept += piece
        while len(kept) >= size:
            yield bytes(kept[:size])
            del kept[:size]
    if kept:
        yield bytes(kept)
