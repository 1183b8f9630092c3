"""Between the platform's answers and the language's types: the same names, tuples as lists, nothing for unsaid."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from strawberry import UNSET

from services.referrals.answers import GROUPS, Answers
from services.referrals.summaries import Summary


def members(node: Answers | Summary) -> dict[str, Any]:
    """Every field by name, null where nothing is recorded."""
    return {field.name: _listed(getattr(node, field.name)) for field in fields(node)}


def said(sent: Any) -> dict[str, Any]:
    """What an input says; a field left out and a field sent as null are the same silence."""
    found = {field.name: getattr(sent, field.name) for field in fields(sent)}
    return {name: _frozen(value) for name, value in found.items() if value is not UNSET and value is not None}


def answered(sent: Any) -> dict[str, Answers]:
    """The answers of every group the input names."""
    return {name: part.answers() for name, part in said(sent).items() if name in GROUPS}


def spoken(groups: Mapping[str, Answers]) -> dict[str, Answers]:
    """The groups in which something was said: an empty one is never recorded."""
    return {name: answers for name, answers in groups.items() if answers != type(answers)()}


def yes_or_no(facts: Mapping[str, str], kind: str) -> bool | None:
    """A dated fact that is "yes" or "no"; null when there is none."""
    return facts[kind] == "yes" if kind in facts else None


def _listed(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
