"""A submission message from a file, or the one sentence that says why the file cannot be one."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Final

MOST_BYTES: Final = 2 * 1024 * 1024
"""The longest form, every text at its limit, stays below; what is larger is no message."""


class NoMessageError(ValueError):
    """What is wrong with the file and what to do, in words that never repeat its content."""


def read_message(file: Path) -> object:
    """The one JSON object in the file; whether it is a submission message is for the import to say."""
    try:
        message = json.loads(_text(file), object_pairs_hook=_unique, parse_constant=_no_constant)
    except NoMessageError:
        raise
    except (ValueError, RecursionError):
        raise NoMessageError("This file holds no JSON: save the message as the form sent it.") from None
    if isinstance(message, list):
        raise NoMessageError("This file holds a list: put each message in a file of its own, and import the files.")
    return message


def _text(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            content = opened.read(MOST_BYTES + 1)
    except (OSError, ValueError) as problem:
        why = problem.strerror if isinstance(problem, OSError) else None
        raise NoMessageError(
            f"This file cannot be read ({why or 'no such name'}): check its name and rights."
        ) from None
    if len(content) > MOST_BYTES:
        raise NoMessageError("This file is larger than 2 MiB, which no message is: check that it is the right file.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NoMessageError("This file is not text in UTF-8: save the message as the form sent it.") from None


def _unique(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    """A key that stands twice is refused, because two readers would take different answers from it."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise NoMessageError("This message has a key twice: ask the sender for the message as the form sent it.")
    return found


def _no_constant(name: str) -> object:
    raise NoMessageError("This message holds a number that JSON does not have: ask the sender for it again.")
