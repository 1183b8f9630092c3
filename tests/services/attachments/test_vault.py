"""Files are sealed piece by piece; what was moved, cut or changed does not open."""

from pathlib import Path

import pytest

from services.attachments.quarantine import PIECE
from services.attachments.vault import FileUnreadableError, Vault, new_place, sweep

KEY = "an invented key of more than thirty-two characters"


@pytest.mark.parametrize("length", [1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])
def test_what_is_kept_comes_back_in_pieces_and_lies_there_sealed(tmp_path: Path, length: int) -> None:
    vault, place, content = Vault(tmp_path, [KEY]), new_place(), b"K" * length
    vault.keep(place, [content[:40], content[40:]])
    pieces = list(vault.pieces(place))
    assert b"".join(pieces) == content
    assert max(map(len, pieces)) <= PIECE
    (file,) = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert b"KKKKKKKK" not in file.read_bytes()


def test_another_key_or_place_or_a_missing_end_does_not_open(tmp_path: Path) -> None:
    vault, place, other = Vault(tmp_path, [KEY]), new_place(), new_place()
    vault.keep(place, [b"x" * (2 * PIECE)])
    vault.keep(other, [b"y"])
    path = tmp_path / place[:2] / place
    whole = path.read_bytes()
    assert b"".join(Vault(tmp_path, [KEY + "!", KEY]).pieces(place)) == b"x" * (2 * PIECE)
    _refuses(Vault(tmp_path, [KEY + "!"]), place)
    path.write_bytes(whole[: 8 + PIECE + 16])
    _refuses(vault, place)
    path.write_bytes((tmp_path / other[:2] / other).read_bytes())
    _refuses(vault, place)
    _refuses(vault, new_place())


def _refuses(vault: Vault, place: str) -> None:
    with pytest.raises(FileUnreadableError):
        list(vault.pieces(place))


def test_what_no_row_names_is_swept_after_a_while(tmp_path: Path) -> None:
    vault, kept, orphan = Vault(tmp_path, [KEY]), new_place(), new_place()
    for place in (kept, orphan):
        vault.keep(place, [b"x"])
    assert sweep(tmp_path, frozenset({kept}), before=0) == (0, 0), "it may be on its way into the database"
    assert sweep(tmp_path, frozenset({kept}), before=10**12) == (1, 0)
    assert b"".join(vault.pieces(kept)) == b"x"
    vault.drop(kept)
    vault.drop(kept)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_without_a_key_nothing_is_kept(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="need a key"):
        Vault(tmp_path, [])
