"""What an operation is that somebody's access ends in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

Given = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Operation:
    """A document, who runs it, on which record of the world, and its variables."""

    document: str
    subject: str
    record: str
    variables: Callable[[Given], Mapping[str, Any]]
    writes: bool = False
    begins: bool = False
    """It is about no record yet, so that only what ends the actor's own standing ends it."""


def sent(**content: Any) -> dict[str, Any]:
    """One input with a key of its own."""
    return {"input": {"idempotencyKey": str(uuid4())} | content}
