"""Client secrets of agencies' identity providers are kept sealed: a copy of the database alone opens none of them."""

import base64
import hashlib
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

PREFIX = "sealed:"
"""What every kept secret begins with; the table takes nothing else."""


class SecretUnreadableError(RuntimeError):
    """A kept secret does not open; the sentence says what to do."""


class SecretBox:
    """Seals with the first key and opens with any. A key is a text of the environment, at least 32 characters long."""

    def __init__(self, keys: Sequence[str] = ()) -> None:
        self._fernet = MultiFernet([Fernet(_derived(key)) for key in keys]) if keys else None

    def seal(self, slug: str, secret: str) -> str:
        """What is kept: the secret together with whose it is, so that it opens for no other provider."""
        return PREFIX + self._with_keys().encrypt(f"{slug}\n{secret}".encode()).decode()

    def open(self, slug: str, kept: str) -> str:
        """The provider's secret."""
        try:
            whose, _, secret = self._with_keys().decrypt(kept.removeprefix(PREFIX)).decode().partition("\n")
        except InvalidToken:
            whose = secret = ""
        if not kept.startswith(PREFIX) or whose != slug:
            raise SecretUnreadableError(
                f"The client secret of the provider {slug} does not open with PROVIDER_SECRET_KEYS: give the key that"
                " it was sealed with as a further one and run `migrate`."
            )
        return secret

    def sealed_anew(self, slug: str, kept: str) -> str:
        """The same secret under the first key; one from before secrets were sealed is sealed now."""
        return self.seal(slug, self.open(slug, kept) if kept.startswith(PREFIX) else kept)

    def _with_keys(self) -> MultiFernet:
        if self._fernet is None:
            raise SecretUnreadableError(
                "PROVIDER_SECRET_KEYS is not set: give it a random text of at least 32 characters, and keep it."
            )
        return self._fernet


def _derived(key: str) -> bytes:
    digest = hashlib.sha256(b"concordat provider secrets/" + key.encode()).digest()
    return base64.urlsafe_b64encode(digest)
