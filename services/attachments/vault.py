"""The folder of files, each sealed piece by piece under a key that the database does not have.

Where a file lies says nothing of its record nor of what it holds. Each piece is bound to its file, its place in it and
whether it is the last."""

import hashlib
import logging
import os
import secrets
import tempfile
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from services.attachments.quarantine import PIECE, regrouped

TAG: Final = 16
PREFIX: Final = 8
_log = logging.getLogger("concordat.worker")


class FileUnreadableError(RuntimeError):
    """A kept file is gone or was changed, or its key is."""


def new_place() -> str:
    """Where nothing lies yet: the same file twice lies in two places, so that one can be destroyed alone."""
    return secrets.token_hex(32)


class Vault:
    """Seals with the first key and opens with any. Without a folder or a key nothing can be kept."""

    def __init__(self, folder: Path, keys: Sequence[str]) -> None:
        if not keys:
            raise ValueError("attachments need a key")
        self._folder = folder
        self._keys = [AESGCM(hashlib.sha256(b"concordat attachments/" + key.encode()).digest()) for key in keys]

    def keep(self, place: str, content: Iterable[bytes]) -> None:
        """Keep what these pieces make, whole or not at all."""
        self._path(place).parent.mkdir(parents=True, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(dir=self._folder)
        try:
            with os.fdopen(descriptor, "wb") as file:
                prefix = os.urandom(PREFIX)
                file.write(prefix)
                for number, (piece, is_last) in enumerate(_told_the_last(regrouped(content, PIECE))):
                    file.write(self._keys[0].encrypt(_nonce(prefix, number), piece, _bound(place, is_last)))
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).replace(self._path(place))
            for folder in (self._path(place).parent, self._folder):
                _settle(folder)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise

    def pieces(self, place: str) -> Generator[bytes]:
        """What is kept there, piece by piece."""
        path = self._path(place)
        if not path.is_file():
            raise FileUnreadableError("a kept file is gone")
        try:
            yield from self._read(path, place)
        except OSError as problem:
            raise FileUnreadableError("a kept file cannot be read") from problem

    def _read(self, path: Path, place: str) -> Iterator[bytes]:
        with path.open("rb") as file:
            prefix = file.read(PREFIX)
            number, piece = 0, file.read(PIECE + TAG)
            while piece:
                following = file.read(PIECE + TAG)
                yield self._opened(_nonce(prefix, number), piece, _bound(place, not following))
                number, piece = number + 1, following

    def opens(self, place: str) -> bool:
        """Whether what is kept there opens with one of the keys, by its first piece: all pieces are under one."""
        with closing(self.pieces(place)) as pieces:
            try:
                return next(pieces, None) is not None
            except FileUnreadableError:
                return False

    def drop(self, place: str) -> None:
        """Destroy what is kept there."""
        self._path(place).unlink(missing_ok=True)

    def _path(self, place: str) -> Path:
        return self._folder / place[:2] / place

    def _opened(self, nonce: bytes, piece: bytes, bound: bytes) -> bytes:
        for key in self._keys:
            try:
                return key.decrypt(nonce, piece, bound)
            except InvalidTag:
                continue
        raise FileUnreadableError("a kept file was changed, or its key is not among PROVIDER_SECRET_KEYS")


def sweep(folder: Path, needed: frozenset[str], before: float) -> tuple[int, int]:
    """Destroy what no row needs and was written before this moment (seconds of the epoch): how many files, and how many
    could not be destroyed."""
    destroyed, left = 0, 0
    for path in list(folder.rglob("*")):
        try:
            if path.is_file() and path.name not in needed and path.stat().st_mtime < before:
                path.unlink()
                destroyed += 1
        except FileNotFoundError:
            continue  # somebody else was faster
        except OSError as problem:
            _log.error("a file that nothing needs cannot be destroyed: %s (%s)", path.name, type(problem).__name__)
            left += 1
    return destroyed, left


def _settle(folder: Path) -> None:
    """That a file stands there outlives a loss of power, too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _told_the_last(pieces: Iterator[bytes]) -> Iterator[tuple[bytes, bool]]:
    piece = next(pieces, b"")
    for following in pieces:
        yield piece, False
        piece = following
    yield piece, True


def _nonce(prefix: bytes, number: int) -> bytes:
    return prefix + number.to_bytes(4)


def _bound(place: str, is_last: bool) -> bytes:
    return f"{place}/{'last' if is_last else 'more'}".encode()
