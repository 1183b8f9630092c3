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


@dataclass(frozen=True, slots=True)
class OfferedIssuer:
    """One of the agency's providers, and how it names the system in its access tokens."""

    provider: str
    client_id: str
    subject: str | None = None  # None: the same as the client's id

    def content(self) -> dict[str, object]:
        """As the database keeps it."""
        return {"provider": self.provider, "client": self.client_id, "subject": self.subject or self.client_id}


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """What an administrator says about a system of their agency; a day until is the first without it."""

    name: str
    purpose: str
    function: Function
    operations: tuple[str, ...]
    keys: tuple[OfferedKey, ...]
    issued_by: OfferedIssuer | None = None
    valid_from: date
    valid_until: date
