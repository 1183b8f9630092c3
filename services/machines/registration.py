"""What an administrator says about a system of their agency, before anybody has judged it."""

from dataclasses import dataclass
from datetime import date

from policies.vocabulary import Function


@dataclass(frozen=True, slots=True)
class OfferedKey:
    """One public key as JSON, and its own dates; None: the client's."""

    jwk: str
    valid_from: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """What an administrator says about a system of their agency; a day until is the first without it."""

    name: str
    purpose: str
    function: Function
    operations: tuple[str, ...]
    keys: tuple[OfferedKey, ...]
    valid_from: date
    valid_until: date
