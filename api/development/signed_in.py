"""Who is signed in at one development issuer: what a real provider keeps behind a cookie of its own."""

import secrets
from dataclasses import dataclass

from api.development.people import Person

_KEPT = 1000


@dataclass(frozen=True, slots=True)
class Presence:
    """One person in one browser; `sid` is the name that tokens have for it."""

    subject: str
    sid: str


class SignedIn:
    """By the cookie's secret; the oldest are forgotten when there are too many."""

    def __init__(self) -> None:
        self._by_secret: dict[str, Presence] = {}

    def begin(self, person: Person) -> tuple[str, Presence]:
        """A new presence and the secret of its cookie."""
        secret, presence = secrets.token_urlsafe(32), Presence(person.subject, secrets.token_urlsafe(16))
        self._by_secret[secret] = presence
        if len(self._by_secret) > _KEPT:
            del self._by_secret[next(iter(self._by_secret))]
        return secret, presence

    def end(self, secret: str | None) -> Presence | None:
        """Whose presence ended; None when there was none."""
        return self._by_secret.pop(secret or "", None)
