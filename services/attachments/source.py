"""Reading a file by its structure while only a piece of it is in memory."""

from collections.abc import Iterable, Iterator


class UnreadableError(ValueError):
    """The content is not what its beginning says."""


class Source:
    """The bytes of a file, taken from the front."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)
        self._kept = b""
        self._place = 0

    def take(self, length: int) -> bytes:
        """Exactly so many bytes, few enough for memory; a file that ends before is unreadable."""
        return b"".join(self.run(length))

    def run(self, length: int) -> Iterator[bytes]:
        """The same in pieces, for any length."""
        while length:
            self._fill()
            taken = self._kept[self._place : self._place + length]
            self._place += len(taken)
            length -= len(taken)
            yield taken

    def until(self, mark: bytes) -> Iterator[bytes]:
        """What stands before the next such byte, which is left to be taken."""
        found = -1
        while found < 0:
            self._fill()
            found = self._kept.find(mark, self._place)
            end = found if found >= 0 else len(self._kept)
            yield self._kept[self._place : end]
            self._place = end

    def _fill(self) -> None:
        while self._place == len(self._kept):
            piece = next(self._pieces, None)
            if piece is None:
                raise UnreadableError
            self._kept, self._place = piece, 0
