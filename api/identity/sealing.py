"""What a provider is asked again with is sealed by the session's own secret: only the browser has the key."""

import hashlib
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE_BYTES = 12


def seal(token: str, secret: str) -> bytes:
    """The token for storage; without the session's secret, of which the database has the hash, it is noise."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + _cipher(secret).encrypt(nonce, token.encode(), None)


def unseal(sealed: bytes, secret: str) -> str | None:
    """The token again; None when it was sealed by another secret or changed since."""
    try:
        return _cipher(secret).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], None).decode()
    except (InvalidTag, ValueError):
        return None


def _cipher(secret: str) -> AESGCM:
    # The secret is 256 random bits: a hash with a purpose makes another key of it, and not the hash that is stored.
    return AESGCM(hashlib.sha256(f"concordat token of the provider/{secret}".encode()).digest())
