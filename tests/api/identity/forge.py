"""Makes ID tokens, good and bad ones, as a provider or someone who pretends to be one would."""

import hmac
import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field

from joserfc.jwk import ECKey, RSAKey
from joserfc.jws import JWSRegistry

ISSUER = "https://login.police.example"
CLIENT_ID = "concordat-test"
NONCE = "n-0S6_WzA2Mj"
NOW = 1_780_000_000.0
KID = "key-1"

AnyKey = ECKey | RSAKey
EC = ECKey.generate_key("P-256")
OTHER_EC = ECKey.generate_key("P-256")
RSA = RSAKey.generate_key(2048)


def b64(value: bytes) -> str:
    """Base64url without padding."""
    return urlsafe_b64encode(value).rstrip(b"=").decode()


def good_claims(**changes: object) -> dict[str, object]:
    """Claims that are accepted; a change to None removes one."""
    claims: dict[str, object] = {
        "iss": ISSUER,
        "sub": "officer-7",
        "aud": CLIENT_ID,
        "exp": int(NOW) + 300,
        "iat": int(NOW),
        "nonce": NONCE,
    } | changes
    return {name: value for name, value in claims.items() if value is not None}


@dataclass(frozen=True)
class Forgery:
    """One token: its header, its payload as bytes, and the key that signs it."""

    header: Mapping[str, object] = field(default_factory=lambda: {"alg": "ES256", "kid": KID, "typ": "JWT"})
    payload: bytes = field(default_factory=lambda: json.dumps(good_claims()).encode())
    key: AnyKey = field(default_factory=lambda: EC)

    def token(self) -> str:
        """The signed token; the header is written as it stands, whatever the library thinks of it."""
        algorithm = str(self.header.get("alg", "ES256"))
        registry = JWSRegistry(algorithms=[algorithm], strict_check_header=False)
        header = b64(json.dumps(dict(self.header)).encode())
        signing_input = f"{header}.{b64(self.payload)}".encode()
        signature = b64(registry.get_alg(algorithm).sign(signing_input, self.key))
        return f"{signing_input.decode()}.{signature}"


def with_claims(**changes: object) -> str:
    """A rightly signed token whose claims differ from good ones."""
    return Forgery(payload=json.dumps(good_claims(**changes)).encode()).token()


def with_header(key: AnyKey = EC, **changes: object) -> str:
    """A rightly signed token whose header differs from a good one."""
    header = {"alg": "ES256", "kid": KID, "typ": "JWT"} | changes
    return Forgery(header={name: value for name, value in header.items() if value is not None}, key=key).token()


def with_payload(payload: bytes) -> str:
    """A rightly signed token around any bytes."""
    return Forgery(payload=payload).token()


def resigned_by(key: AnyKey) -> str:
    """A good token signed by another key."""
    return Forgery(key=key).token()


def unsigned(algorithm: str = "none") -> str:
    """A good token without a signature."""
    header = b64(json.dumps({"alg": algorithm, "kid": KID}).encode())
    return f"{header}.{b64(json.dumps(good_claims()).encode())}."


def published(key: ECKey | RSAKey, **members: object) -> dict[str, object]:
    """The key as a JWKS shows it."""
    return {**key.as_dict(private=False), "kid": KID, "use": "sig", **members}


def confused() -> str:
    """The classic confusion: the public key, which everyone knows, used as a shared secret."""
    header = b64(json.dumps({"alg": "HS256", "kid": KID}).encode())
    signing_input = f"{header}.{b64(json.dumps(good_claims()).encode())}"
    secret = EC.as_pem(private=False)
    return f"{signing_input}.{b64(hmac.digest(secret, signing_input.encode(), 'sha256'))}"
