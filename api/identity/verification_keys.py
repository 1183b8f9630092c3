"""Which published keys may check an ID token: public P-256 and RSA of 2048 bits or more, and nothing that leaks."""

from collections.abc import Iterable
from dataclasses import dataclass

from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey
from joserfc.util import urlsafe_b64decode

ALGORITHMS = {"ES256": "EC", "PS256": "RSA", "RS256": "RSA"}
_MAX_KEYS = 50
_PRIVATE_MEMBERS = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})
_RSA_BITS = range(2048, 8193)


@dataclass(frozen=True, slots=True)
class VerificationKey:
    """One usable key of a provider."""

    kid: str | None
    kind: str
    algorithm: str | None  # None: the provider does not bind the key to one algorithm
    key: ECKey | RSAKey


class KeyRing:
    """The usable keys of one provider at one time."""

    def __init__(self, keys: Iterable[VerificationKey]) -> None:
        self._keys = tuple(keys)

    def find(self, kid: str | None, algorithm: str) -> ECKey | RSAKey | None:
        """The one key that fits; None when there is none, or more than one, since guessing is not verifying."""
        fitting = [
            found.key
            for found in self._keys
            if found.kind == ALGORITHMS[algorithm]
            and found.algorithm in (None, algorithm)
            and (kid is None or found.kid == kid)
        ]
        return fitting[0] if len(fitting) == 1 else None


def key_ring(document: dict[str, object]) -> KeyRing:
    """The usable keys of a JWKS document; unusable ones are passed over, they may serve someone else."""
    published = document.get("keys")
    if not isinstance(published, list) or len(published) > _MAX_KEYS:
        return KeyRing(())
    return KeyRing(key for key in map(_usable, published) if key is not None)


def _usable(published: object) -> VerificationKey | None:
    if not isinstance(published, dict) or _PRIVATE_MEMBERS & published.keys() or not _is_for_signatures(published):
        return None
    kid, kind, algorithm = published.get("kid"), published.get("kty"), published.get("alg")
    if not isinstance(kid, str | None) or not isinstance(algorithm, str | None):
        return None
    if algorithm is not None and ALGORITHMS.get(algorithm) != kind:
        return None
    try:
        key = _imported(published)
    except (JoseError, ValueError, TypeError, KeyError, OverflowError):
        return None
    return None if key is None else VerificationKey(kid, str(kind), algorithm, key)


def _is_for_signatures(published: dict[str, object]) -> bool:
    operations = published.get("key_ops", ["verify"])
    return published.get("use", "sig") == "sig" and isinstance(operations, list) and "verify" in operations


def _imported(published: dict[str, object]) -> ECKey | RSAKey | None:
    if published.get("kty") == "EC" and published.get("crv") == "P-256":
        return ECKey.import_key(_only(published, "kty", "crv", "x", "y"))
    # The size is read before the import: the library warns about a small key, we refuse it.
    if published.get("kty") == "RSA" and _bits(published.get("n")) in _RSA_BITS:
        return RSAKey.import_key(_only(published, "kty", "n", "e"))
    return None


def _bits(modulus: object) -> int:
    return int.from_bytes(urlsafe_b64decode(str(modulus).encode("ascii"))).bit_length()


def _only(published: dict[str, object], *members: str) -> dict[str, str | list[str]]:
    return {member: str(published[member]) for member in members}
