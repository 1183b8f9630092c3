"""The verifier that decides: an ID token is believed only if every one of these checks passes."""

import hmac
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey
from joserfc.jws import JWSRegistry, deserialize_compact
from joserfc.util import urlsafe_b64decode

from api.identity.refusal import Reason, SignInError
from api.identity.strict_json import NotStrictJsonError, parse_object
from api.identity.verification_keys import ALGORITHMS
from services.sessions.views import ProvenIdentity

MAX_TOKEN_LENGTH = 16 * 1024
MAX_TEXT_LENGTH = 255
LEEWAY_SECONDS = 30
MAX_AGE_OF_TOKEN_SECONDS = 300
_LAST_SECOND = 2**33  # the year 2242: larger numbers are not times
# Headers that bring their own key or change what is signed; none belongs in an ID token.
_FORBIDDEN_HEADERS = frozenset({"crit", "b64", "jwk", "jku", "x5u", "x5c", "enc", "zip"})

FindKey = Callable[[str | None, str], Awaitable[ECKey | RSAKey | None]]


@dataclass(frozen=True, slots=True)
class Expected:
    """What this sign-in asked for; anything else in the token is refused."""

    issuer: str
    client_id: str
    nonce: str
    max_age: int | None = None


async def verified_identity(token: object, expected: Expected, find_key: FindKey, now: float) -> ProvenIdentity:
    """The identity an ID token proves, or SignInError with the first reason against it."""
    claims = await _signed_claims(token, find_key)
    _check_parties(claims, expected)
    _check_times(claims, now)
    if not _is_same(claims.get("nonce"), expected.nonce):
        raise SignInError(Reason.ID_TOKEN_NONCE)
    return ProvenIdentity(
        subject=_subject(claims),
        auth_time=_auth_time(claims, expected.max_age, now),
        acr=_optional_text(claims, "acr"),
        provider_session=_optional_text(claims, "sid"),
    )


async def _signed_claims(token: object, find_key: FindKey) -> dict[str, object]:
    if token is None or token == "":
        raise SignInError(Reason.ID_TOKEN_MISSING)
    if not isinstance(token, str) or not token.isascii():
        raise SignInError(Reason.ID_TOKEN_MALFORMED)
    if len(token) > MAX_TOKEN_LENGTH:
        raise SignInError(Reason.ID_TOKEN_TOO_LARGE)
    parts = token.encode().split(b".")
    if len(parts) != 3 or not all(parts):
        raise SignInError(Reason.ID_TOKEN_MALFORMED)
    algorithm, kid = _checked_header(_object(parts[0]))
    key = await find_key(kid, algorithm)
    if key is None:
        raise SignInError(Reason.ID_TOKEN_KEY)
    _check_signature(token, key, algorithm)
    return _object(parts[1])


def _object(part: bytes) -> dict[str, object]:
    try:
        return parse_object(urlsafe_b64decode(part))
    except (ValueError, NotStrictJsonError) as error:
        raise SignInError(Reason.ID_TOKEN_MALFORMED) from error


def _checked_header(header: Mapping[str, object]) -> tuple[str, str | None]:
    algorithm, kid = header.get("alg"), header.get("kid")
    if not isinstance(algorithm, str) or algorithm not in ALGORITHMS:
        raise SignInError(Reason.ID_TOKEN_ALGORITHM)
    # A logout token or an access token is signed by the same keys; only its type tells it apart.
    if header.get("typ", "JWT") != "JWT":
        raise SignInError(Reason.ID_TOKEN_TYPE)
    if _FORBIDDEN_HEADERS & header.keys():
        raise SignInError(Reason.ID_TOKEN_HEADER)
    if "kid" in header and (not isinstance(kid, str) or not 0 < len(kid) <= MAX_TEXT_LENGTH):
        raise SignInError(Reason.ID_TOKEN_HEADER)
    return algorithm, kid if isinstance(kid, str) else None


def _check_signature(token: str, key: ECKey | RSAKey, algorithm: str) -> None:
    registry = JWSRegistry(algorithms=[algorithm], strict_check_header=False)
    registry.max_header_length = MAX_TOKEN_LENGTH
    try:
        deserialize_compact(token, key, registry=registry)
    except (JoseError, ValueError) as error:
        raise SignInError(Reason.ID_TOKEN_SIGNATURE) from error


def _check_parties(claims: Mapping[str, object], expected: Expected) -> None:
    if claims.get("iss") != expected.issuer:
        raise SignInError(Reason.ID_TOKEN_ISSUER)
    # Exactly us: a token with a second audience could be replayed here by that audience.
    if claims.get("aud") not in (expected.client_id, [expected.client_id]):
        raise SignInError(Reason.ID_TOKEN_AUDIENCE)
    if "azp" in claims and claims["azp"] != expected.client_id:
        raise SignInError(Reason.ID_TOKEN_AUTHORISED_PARTY)


def _check_times(claims: Mapping[str, object], now: float) -> None:
    expires, issued, starts = (_second(claims.get(name)) for name in ("exp", "iat", "nbf"))
    if expires is None or expires <= now - LEEWAY_SECONDS:
        raise SignInError(Reason.ID_TOKEN_EXPIRED)
    if issued is None or not now - MAX_AGE_OF_TOKEN_SECONDS <= issued <= now + LEEWAY_SECONDS:
        raise SignInError(Reason.ID_TOKEN_ISSUED_AT)
    if "nbf" in claims and (starts is None or starts > now + LEEWAY_SECONDS):
        raise SignInError(Reason.ID_TOKEN_NOT_YET_VALID)


def _auth_time(claims: Mapping[str, object], max_age: int | None, now: float) -> datetime | None:
    if "auth_time" not in claims and max_age is None:
        return None
    signed_in = _second(claims.get("auth_time"))
    if signed_in is None or signed_in > now + LEEWAY_SECONDS:
        raise SignInError(Reason.ID_TOKEN_AUTH_TIME)
    if max_age is not None and now - signed_in > max_age + LEEWAY_SECONDS:
        raise SignInError(Reason.ID_TOKEN_AUTH_TIME)
    return datetime.fromtimestamp(signed_in, UTC)


def _subject(claims: Mapping[str, object]) -> str:
    subject = claims.get("sub")
    if not _is_plain_text(subject):
        raise SignInError(Reason.ID_TOKEN_SUBJECT)
    return str(subject)


def _optional_text(claims: Mapping[str, object], name: str) -> str | None:
    if name not in claims:
        return None
    if not _is_plain_text(claims[name]):
        raise SignInError(Reason.ID_TOKEN_TEXT_CLAIM)
    return str(claims[name])


def _is_plain_text(value: object) -> bool:
    """Printable ASCII of bounded length without spaces at its ends: what may safely name a person for ever."""
    if not isinstance(value, str) or not 0 < len(value) <= MAX_TEXT_LENGTH:
        return False
    return value.isascii() and value.isprintable() and value == value.strip()


def _is_same(value: object, expected: str) -> bool:
    return isinstance(value, str) and hmac.compare_digest(value.encode("utf-8", "surrogatepass"), expected.encode())


def _second(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < _LAST_SECOND:
        return None
    return float(value)
