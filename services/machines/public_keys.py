"""Which public keys an agency may register: P-256, or RSA of 2048 to 8192 bits, and nothing that must stay secret."""

import base64
import binascii
import hashlib
import json
from dataclasses import dataclass
from typing import Final

LONGEST = 4_096
LONGEST_NAME = 100
ALGORITHMS: Final = {"ES256": "EC", "PS256": "RSA", "RS256": "RSA"}
RSA_BITS: Final = range(2048, 8193)
PRIVATE: Final = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})
MEMBERS: Final = {"EC": ("crv", "kty", "x", "y"), "RSA": ("e", "kty", "n")}
P256_PRIME: Final = 2**256 - 2**224 + 2**192 + 2**96 - 1
P256_B: Final = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B


class UnfitKeyError(ValueError):
    """One sentence about what is wrong with the key, which never repeats it."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A key fit to be registered: its name, its RFC 7638 thumbprint, and the members that are kept."""

    kid: str
    thumbprint: str
    jwk: dict[str, str]


def public_key(text: str) -> PublicKey:
    """The key in one JWK written as JSON, or UnfitKeyError."""
    members = _members(text)
    if PRIVATE & members.keys():
        raise UnfitKeyError("This is a private key, and it is known to us now: make a new pair, send its public half.")
    kind = members.get("kty")
    if not isinstance(kind, str) or kind not in MEMBERS:
        raise UnfitKeyError("The key's kty must be EC or RSA.")
    kept = {name: _text(members, name) for name in MEMBERS[kind]}
    _check_elliptic(kept) if kind == "EC" else _check_rsa(kept)
    thumbprint = hashlib.sha256(json.dumps(kept, sort_keys=True, separators=(",", ":")).encode()).digest()
    return PublicKey(_kid(members), _written(thumbprint), kept | _algorithm(members, kind))


def _members(text: str) -> dict[str, object]:
    try:
        members = json.loads(text) if len(text) <= LONGEST else None
    except (ValueError, RecursionError):
        members = None
    if not isinstance(members, dict):
        raise UnfitKeyError("The key must be one JWK, a JSON object of RFC 7517.")
    return members


def _kid(members: dict[str, object]) -> str:
    kid = _text(members, "kid")
    if len(kid) > LONGEST_NAME or not kid.isascii() or not kid.isprintable() or kid != kid.strip():
        raise UnfitKeyError(f"The key's kid must have 1 to {LONGEST_NAME} printable ASCII characters.")
    return kid


def _algorithm(members: dict[str, object], kind: str) -> dict[str, str]:
    if members.get("use", "sig") != "sig":
        raise UnfitKeyError("The key's use must be sig.")
    if "alg" not in members:
        return {}
    algorithm = _text(members, "alg")
    if ALGORITHMS.get(algorithm) != kind:
        raise UnfitKeyError("The key's alg must be ES256 for EC, and PS256 or RS256 for RSA.")
    return {"alg": algorithm}


def _check_elliptic(kept: dict[str, str]) -> None:
    if kept["crv"] != "P-256":
        raise UnfitKeyError("The key's crv must be P-256.")
    x, y = (_number(kept, name, 32) for name in ("x", "y"))
    on_curve = (y * y - (x * x * x - 3 * x + P256_B)) % P256_PRIME == 0
    if not on_curve or max(x, y) >= P256_PRIME:
        raise UnfitKeyError("The key's x and y are no point of P-256.")


def _check_rsa(kept: dict[str, str]) -> None:
    modulus, exponent = _number(kept, "n", None), _number(kept, "e", None)
    if modulus.bit_length() not in RSA_BITS or modulus % 2 == 0:
        raise UnfitKeyError("The key's n must have 2048 to 8192 bits.")
    if exponent != 65537:
        raise UnfitKeyError("The key's e must be 65537 (AQAB).")


def _number(kept: dict[str, str], name: str, octets: int | None) -> int:
    try:
        value = base64.urlsafe_b64decode(kept[name] + "=" * (-len(kept[name]) % 4))
    except (binascii.Error, ValueError):
        value = b""
    # Written in one way only, or one key would have two thumbprints.
    if not value or _written(value) != kept[name] or (octets or len(value)) != len(value) or not (octets or value[0]):
        raise UnfitKeyError(f"The key's {name} is not written as RFC 7518 says.")
    return int.from_bytes(value)


def _text(members: dict[str, object], name: str) -> str:
    value = members.get(name)
    if not isinstance(value, str) or not value:
        raise UnfitKeyError(f"The key has no {name}.")
    return value


def _written(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()
