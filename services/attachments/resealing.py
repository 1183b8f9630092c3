"""Sealing every kept file under the newest key, so that the key before can be thrown away.

File by file: sealed anew beside the old one, then one transaction in which the row names the new place and the old one
is to be destroyed. Killed before it, the new file is nobody's, and swept; after it, the worker destroys the old one.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from anyio import to_thread

from services.attachments import store
from services.attachments.vault import FileUnreadableError, Vault, new_place
from services.tools import Tools, lost_a_race

Tell = Callable[[str], None]
SAID_EVERY = 10  # files


@dataclass(frozen=True, slots=True)
class Resealed:
    """What a run found and did."""

    files: int
    done: int
    left: tuple[str, ...]  # under an older key still
    unreadable: tuple[str, ...]  # under no key that was given, or gone


@dataclass(frozen=True, slots=True)
class _Kept:
    """What stands where."""

    files: int
    older: tuple[str, ...]
    unreadable: tuple[str, ...]


async def resealed(tools: Tools, secret: str, folder: Path, keys: Sequence[str], tell: Tell) -> Resealed | None:
    """Seal under the first of the keys what is sealed under another; None when no living session has this secret.
    Anybody but the worker fails loudly. Run again, it goes on where it stopped."""
    vault, newest = Vault(folder, keys), Vault(folder, keys[:1])
    found = await _looked(tools, secret, vault, newest)
    if found is None:
        return None
    tell(f"{found.files} files, {len(found.older)} of them under an older key.")
    done = 0
    for number, place in enumerate(found.older, start=1):
        try:
            done += await _reseal(tools, secret, vault, newest, place)
        except Exception as problem:
            if not isinstance(problem, FileUnreadableError) and not lost_a_race(problem):
                raise
            tell(f"{place} changed meanwhile or cannot be read; it is looked at again at the end.")
        if number % SAID_EVERY == 0 or number == len(found.older):
            tell(f"{number} of {len(found.older)}.")
    after = await _looked(tools, secret, vault, newest)
    return None if after is None else Resealed(after.files, done, after.older, after.unreadable)


async def _looked(tools: Tools, secret: str, vault: Vault, newest: Vault) -> _Kept | None:
    async with tools.enter(secret) as reading:
        if reading is None:
            return None
        places = sorted(await store.needed(reading))

    def sort() -> _Kept:
        others = [place for place in places if not newest.opens(place)]
        older = tuple(place for place in others if vault.opens(place))
        return _Kept(len(places), older, tuple(place for place in others if place not in set(older)))

    return await to_thread.run_sync(sort)


async def _reseal(tools: Tools, secret: str, vault: Vault, newest: Vault, place: str) -> bool:
    """Whether the row names the new place; not where there is no such row any more. After a fault nobody knows
    whether it does: then both files stay, and the sweep destroys the one that no row needs."""
    to = new_place()
    await to_thread.run_sync(_copy, vault, newest, place, to)
    async with tools.enter(secret) as reading:
        moved = reading is not None and await store.move(reading, place, to)
    if not moved:
        await to_thread.run_sync(newest.drop, to)
    return moved


def _copy(vault: Vault, newest: Vault, place: str, to: str) -> None:
    """Piece by piece; what was written is read again before anything relies on it."""
    newest.keep(to, vault.pieces(place))
    if _digest(vault, place) != _digest(newest, to):
        newest.drop(to)
        raise FileUnreadableError("what was sealed anew is not what was kept")


def _digest(vault: Vault, place: str) -> bytes:
    digest = hashlib.sha256()
    for piece in vault.pieces(place):
        digest.update(piece)
    return digest.digest()
