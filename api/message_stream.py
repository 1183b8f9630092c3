"""Messages cut out of a body while it arrives: one JSON list of them, or one on each line; never all in memory."""

import re
from collections.abc import Iterator
from typing import Final, Protocol

MOST_BYTES: Final = 2 * 1024 * 1024
"""The longest form, every text at its limit, stays below; what is larger is no message."""

_IN_TEXT = re.compile(rb'["\\]')
_OUTSIDE = re.compile(rb'["\[\]{},]')
_BLANK = b" \t\r\n"


class BrokenListError(ValueError):
    """The body is no list of messages from here on."""


class Cutter(Protocol):
    """Takes the body in pieces; gives each message as its bytes, or None for one that was too large to be kept."""

    def feed(self, piece: bytes) -> Iterator[bytes | None]:
        """The messages that end in this piece."""
        ...

    def end(self) -> Iterator[bytes | None]:
        """What is left when the body ends."""
        ...


class _Kept:
    """The bytes of the message under way, up to the limit."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._too_large = False

    def add(self, piece: bytes) -> None:
        self._too_large = self._too_large or len(self._bytes) + len(piece) > MOST_BYTES
        if self._too_large:
            self._bytes.clear()
        else:
            self._bytes += piece

    def take(self) -> bytes | None:
        """The message, stripped; the next one begins."""
        found, too_large = bytes(self._bytes).strip(_BLANK), self._too_large
        self._bytes.clear()
        self._too_large = False
        return None if too_large else found


class LineCutter:
    """NDJSON: a message on each line; empty lines say nothing."""

    def __init__(self) -> None:
        self._kept = _Kept()

    def feed(self, piece: bytes) -> Iterator[bytes | None]:
        """The messages whose lines end in this piece."""
        *ended, rest = piece.split(b"\n")
        for line in ended:
            self._kept.add(line)
            yield from self.end()
        self._kept.add(rest)

    def end(self) -> Iterator[bytes | None]:
        """The line under way, if there is anything on it."""
        found = self._kept.take()
        if found != b"":
            yield found


class ListCutter:
    """One JSON list; only brackets, commas and texts are looked at, what a message says is read later."""

    def __init__(self) -> None:
        self._kept = _Kept()
        self._depth = -1  # -1: before the list; 0: between its messages
        self._in_text = self._escaped = self._ended = self._needs_one = False

    def feed(self, piece: bytes) -> Iterator[bytes | None]:
        """The messages that end in this piece."""
        place = 0
        if self._depth < 0:
            piece = piece.removeprefix(b"\xef\xbb\xbf").lstrip(_BLANK)
            if not piece:
                return
            if piece[:1] != b"[":
                raise BrokenListError
            self._depth, place = 0, 1
        while place < len(piece):
            if self._ended:
                if piece[place:].strip(_BLANK):
                    raise BrokenListError
                return
            found, place = self._step(piece, place)
            yield from found

    def end(self) -> Iterator[bytes | None]:
        """Nothing; a list that was not closed is broken."""
        if not self._ended:
            raise BrokenListError
        return iter(())

    def _step(self, piece: bytes, place: int) -> tuple[list[bytes | None], int]:
        if self._escaped:
            self._kept.add(piece[place : place + 1])
            self._escaped = False
            return [], place + 1
        mark = (_IN_TEXT if self._in_text else _OUTSIDE).search(piece, place)
        if mark is None:
            self._kept.add(piece[place:])
            return [], len(piece)
        self._kept.add(piece[place : mark.start()])
        return self._at(mark[0]), mark.end()

    def _at(self, sign: bytes) -> list[bytes | None]:
        if self._depth == 0 and not self._in_text and sign in b",]}":
            return self._between(sign)
        self._kept.add(sign)
        if sign == b'"':
            self._in_text = not self._in_text
        elif sign == b"\\":
            self._escaped = True
        elif not self._in_text:
            self._depth += {b"[": 1, b"{": 1, b"]": -1, b"}": -1}.get(sign, 0)
        return []

    def _between(self, sign: bytes) -> list[bytes | None]:
        found = self._kept.take()
        if sign == b"}" or (found == b"" and (sign == b"," or self._needs_one)):
            raise BrokenListError
        self._ended, self._needs_one = sign == b"]", sign == b","
        return [] if found == b"" else [found]
