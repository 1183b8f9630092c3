"""JSON as a verifier must read it: one object, no name twice, no NaN, no surprise exception."""

import json
from collections.abc import Sequence


class NotStrictJsonError(ValueError):
    """The bytes are not one plain JSON object."""


def parse_object(text: bytes) -> dict[str, object]:
    """The object in the text; a repeated name is refused, because two readers would disagree about it."""
    try:
        value = json.loads(text.decode("utf-8"), object_pairs_hook=_unique, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise NotStrictJsonError from error
    if not isinstance(value, dict):
        raise NotStrictJsonError
    return value


def _unique(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise NotStrictJsonError
    return found


def _no_constant(name: str) -> object:
    raise NotStrictJsonError(name)
