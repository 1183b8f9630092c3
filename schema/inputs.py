"""What the inputs of all mutations share: the argument, the key that makes a repeat harmless, and what is compared."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import strawberry
from strawberry import UNSET

INPUT = strawberry.argument(name="input", description="Everything the act needs.")
KEY = "A fresh random UUID per intent. The same key with the same input does nothing again and gives the same answer."


def content_of(sent: Any) -> Mapping[str, Any]:
    """The whole input by name, for the hash that recognises a repeat; without its key and without what was left out."""
    return {name: part for name, part in asdict(sent).items() if part is not UNSET and name != "idempotency_key"}
