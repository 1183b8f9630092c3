"""What every token of a provider proves before a claim of it is read: its form, its type, its key, its signature."""

from collections.abc import Awaitable, Callable, Mapping

from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey
from joserfc.jws import JWSRegistry, deserialize_compact
from joserfc.util import urlsafe_b64decode

from api.identity.refusal import Reason, SignInError
from api.identity.strict_json import NotStrictJsonError, parse_object
from api.identity.verification_keys import ALGORITHMS

MAX_TOKEN_LENGTH = 16 * 1024
MAX_TEXT_LENGTH = 255
# Headers that bring their own key or change what is signed; none belongs in these tokens.
_FORBIDDEN_HEADERS = frozenset({"crit", "b64", "jwk", "jku", "x5u", "x5c", "enc", "zip"})

FindKey = Callable[[str | None, str], Awaitable[ECKey | RSAKey | None]]


async def signed_claims(token: object, find_key: FindKey, types: frozenset[str | None]) -> dict[str, object]:
    """The claims of a token of one of these types (None: it names none), or SignInError with what is wrong."""
    header, payload = _parts(token)
    algorithm, kid = _checked_header(header, types)
    key = await find_key(kid, algorithm)
    if key is None:
        raise SignInError(Reason.TOKEN_KEY)
    _check_signature(str(token), key, algorithm)
    return _object(payload)


def _parts(token: object) -> tuple[dict[str, object], bytes]:
    if token is None or token == "":
        raise SignInError(Reason.TOKEN_MISSING)
    if not isinstance(token, str) or not token.isascii():
        raise SignInError(Reason.TOKEN_MALFORMED)
    if len(token) > MAX_TOKEN_LENGTH:
        raise SignInError(Reason.TOKEN_TOO_LARGE)
    parts = token.encode().split(b".")
    if len(parts) != 3 or not all(parts):
        raise SignInError(Reason.TOKEN_MALFORMED)
    return _object(parts[0]), parts[1]


def _object(part: bytes) -> dict[str, object]:
    try:
        return parse_object(urlsafe_b64decode(part))
    except (ValueError, NotStrictJsonError) as error:
        raise SignInError(Reason.TOKEN_MALFORMED) from error


def _checked_header(header: Mapping[str, object], types: frozenset[str | None]) -> tuple[str, str | None]:
    algorithm, kid = header.get("alg"), header.get("kid")
    if not isinstance(algorithm, str) or algorithm not in ALGORITHMS:
        raise SignInError(Reason.TOKEN_ALGORITHM)
    if not _is_of(header, types):
        raise SignInError(Reason.TOKEN_TYPE)
    if _FORBIDDEN_HEADERS & header.keys():
        raise SignInError(Reason.TOKEN_HEADER)
    if "kid" in header and (not isinstance(kid, str) or not 0 < len(kid) <= MAX_TEXT_LENGTH):
        raise SignInError(Reason.TOKEN_HEADER)
    return algorithm, kid if isinstance(kid, str) else None


def _is_of(header: Mapping[str, object], types: frozenset[str | None]) -> bool:
    """Identity, logout and access tokens are signed by the same keys; only the type tells them apart."""
    if "typ" not in header:
        return None in types
    return isinstance(header["typ"], str) and header["typ"] in types


def _check_signature(token: str, key: ECKey | RSAKey, algorithm: str) -> None:
    registry = JWSRegistry(algorithms=[algorithm], strict_check_header=False)
    registry.max_header_length = MAX_TOKEN_LENGTH
    try:
        deserialize_compact(token, key, registry=registry)
    except (JoseError, ValueError) as error:
        raise SignInError(Reason.TOKEN_SIGNATURE) from error
