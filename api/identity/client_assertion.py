"""A machine proves itself with a JWT that it signs for us and nobody else (RFC 7523, as FAPI 2.0 narrows it)."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta
from uuid import UUID

from joserfc.jwk import ECKey, RSAKey
from joserfc.util import urlsafe_b64decode

from api.identity.claims import LEEWAY_SECONDS, MAX_AGE_OF_TOKEN_SECONDS, check_times, required_text, second
from api.identity.refusal import Reason, SignInError
from api.identity.signed_token import MAX_TOKEN_LENGTH, signed_claims
from api.identity.strict_json import NotStrictJsonError, parse_object
from api.identity.verification_keys import key_ring
from services.machines.views import KnownClient, ProvenAssertion

FindClient = Callable[[UUID], Awaitable[KnownClient]]
_TYPES: frozenset[str | None] = frozenset({None, "JWT", "client-authentication+jwt"})
_SHORTEST_ID = 16


async def verified_assertion(assertion: str, issuer: str, find_client: FindClient) -> ProvenAssertion:
    """Who signed this, with which key; or SignInError. Whether it is used for the first time, the database knows."""
    client = _named_client(assertion)
    known = await find_client(client)
    used: list[str] = []

    async def find_key(kid: str | None, algorithm: str) -> ECKey | RSAKey | None:
        if kid is None:  # a client may have several keys, with dates of their own
            return None
        used.append(kid)
        return key_ring({"keys": [dict(key) for key in known.keys]}).find(kid, algorithm)

    claims = await signed_claims(assertion, find_key, _TYPES)
    _check_parties(claims, client, issuer)
    expires_at = _expires_at(claims, known.now)
    return ProvenAssertion(client=client, kid=used[0], jti=_id(claims), expires_at=expires_at)


def _named_client(assertion: str) -> UUID:
    """Whose keys to look for: not believed before one of them has verified the signature over the same bytes."""
    parts = assertion.split(".")
    if len(assertion) > MAX_TOKEN_LENGTH or len(parts) != 3 or not assertion.isascii():
        raise SignInError(Reason.TOKEN_MALFORMED)
    try:
        named = str(parse_object(urlsafe_b64decode(parts[1].encode())).get("sub"))
        client = UUID(named)
    except (ValueError, NotStrictJsonError) as error:
        raise SignInError(Reason.TOKEN_SUBJECT) from error
    if str(client) != named:  # one way to write it, or it is not ours
        raise SignInError(Reason.TOKEN_SUBJECT)
    return client


def _check_parties(claims: Mapping[str, object], client: UUID, issuer: str) -> None:
    if claims.get("iss") != str(client) or claims.get("sub") != str(client):
        raise SignInError(Reason.TOKEN_ISSUER)
    # Our issuer alone, as one text: an assertion made for another server, or for two, is worth nothing here.
    if claims.get("aud") != issuer:
        raise SignInError(Reason.TOKEN_AUDIENCE)


def _expires_at(claims: Mapping[str, object], now: datetime) -> datetime:
    check_times(claims, now.timestamp())
    expires = second(claims.get("exp"))
    if expires is None or expires > now.timestamp() + MAX_AGE_OF_TOKEN_SECONDS + LEEWAY_SECONDS:
        raise SignInError(Reason.TOKEN_EXPIRED)
    return datetime.fromtimestamp(expires, UTC) + timedelta(seconds=LEEWAY_SECONDS)


def _id(claims: Mapping[str, object]) -> str:
    found = required_text(claims, "jti", Reason.TOKEN_ID)
    if len(found) < _SHORTEST_ID:
        raise SignInError(Reason.TOKEN_ID)
    return found
