"""What stood before and after, as lines that people can compare."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
LAST = ("from", "on", "until", "expires", "ended_at")


def told(state: Mapping[str, Any] | None) -> tuple[str, ...] | None:
    """One line for each thing; None stays None."""
    return None if state is None else tuple(_lines(state))


def _lines(state: Mapping[str, Any]) -> Iterator[str]:
    for name, value in state.items():
        if isinstance(value, Mapping):
            yield from (f"{name}: {line}" for line in _lines(value))
        elif isinstance(value, list):
            yield from (f"{name}: {_item(item)}" for item in value)
        elif _is_short(value):
            yield f"{name}: {value}"


def _item(item: Any) -> str:
    if not isinstance(item, Mapping):
        return str(item)
    first = [str(value) for name, value in item.items() if name not in LAST and _is_short(value)]
    dates = [f"{name} {item[name]}" for name in LAST if item.get(name) is not None]
    return ", ".join(first + dates)


def _is_short(value: Any) -> bool:
    """A public key stands beside its thumbprint, which is what people compare; and an id tells people nothing."""
    return value is not None and not isinstance(value, Mapping) and not ID.fullmatch(str(value))
