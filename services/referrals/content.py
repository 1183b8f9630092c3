"""Answers to stored content and back: plain JSON values, nothing for what was not answered, unknown keys refused."""

from collections.abc import Hashable, Mapping
from dataclasses import fields, is_dataclass
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

from services.referrals.answers import Answers

G = TypeVar("G")


def to_content(answers: Answers) -> dict[str, Any]:
    """What was answered, as JSON values."""
    return _members(answers)


def from_content(cls: type[G], content: Mapping[str, Any]) -> G:
    """The answers that were stored; raises ValueError when the content is not of this class."""
    hints = value_types(cls)
    unknown = sorted(set(content) - set(hints))
    if unknown:
        raise ValueError(f"{cls.__name__} has no {', '.join(unknown)}")
    return cls(**{name: _read(hints[name], value) for name, value in content.items() if value is not None})


def value_types(cls: type) -> dict[str, Any]:
    """The type of each field when it is answered: `str | None` is `str` here."""
    return _value_types(cast("Hashable", cls))


@cache
def _value_types(cls: Any) -> dict[str, Any]:
    return {name: _without_none(hint) for name, hint in get_type_hints(cls).items()}


def _without_none(hint: Any) -> Any:
    members = [member for member in get_args(hint) if member is not type(None)]
    return members[0] if type(None) in get_args(hint) else hint


def _members(node: Any) -> dict[str, Any]:
    found = {field.name: getattr(node, field.name) for field in fields(node)}
    return {name: _plain(value) for name, value in found.items() if value is not None}


def _plain(value: Any) -> Any:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return _members(value) if is_dataclass(value) else value


def _read(kind: Any, value: Any) -> Any:
    if get_origin(kind) is tuple:
        return _sequence(kind, value)
    if is_dataclass(kind):
        return _nested(kind, value)
    if issubclass(kind, StrEnum):
        return kind(value)
    if type(value) is not kind:
        raise ValueError(f"expected {kind.__name__}, found {type(value).__name__}")
    return value


def _sequence(kind: Any, value: Any) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise ValueError(f"expected a list, found {type(value).__name__}")
    return tuple(_read(get_args(kind)[0], item) for item in value)


def _nested(kind: Any, value: Any) -> Any:
    if not isinstance(value, Mapping):
        raise ValueError(f"expected an object, found {type(value).__name__}")
    return from_content(kind, value)
