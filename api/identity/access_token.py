"""An access token of an agency's own provider (RFC 9068) proves a system only if it can be nothing else."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from joserfc.jwk import ECKey, RSAKey
from joserfc.util import urlsafe_b64decode

from api.identity.claims import LEEWAY_SECONDS, MAX_AGE_OF_TOKEN_SECONDS, check_times, required_text, second
from api.identity.refusal import Reason, SignInError
from api.identity.signed_token import MAX_TOKEN_LENGTH, signed_claims
from api.identity.strict_json import NotStrictJsonError, parse_object
from services.machines.views import NamedToken, ProvenToken

FindIssued = Callable[[NamedToken], Awaitable[tuple[datetime, UUID | None]]]
FindKeyOf = Callable[[str, str | None, str], Awaitable[ECKey | RSAKey | None]]
_TYPES: frozenset[str | None] = frozenset({"at+jwt", "application/at+jwt"})
# Such a token is bound to a key or to somebody on whose behalf it acts; whoever sends it has proven neither.
_BOUND = ("cnf", "act")
_A_DAY = 86_400  # no session lasts nearly as long


async def verified_access_token(token: str, audience: str, find_issued: FindIssued, find_key: FindKeyOf) -> ProvenToken:
    """Which client's token this is, or SignInError. Whether it is shown for the first time, the database knows."""
    named = _named(token)
    now, client = await find_issued(named)
    if client is None:  # before its issuer is asked anything: nobody makes us call an address that no agency registered
        raise SignInError(Reason.TOKEN_SUBJECT)
    claims = await signed_claims(token, partial(find_key, named.issuer), _TYPES)
    _check_parties(claims, named, audience)
    check_times(claims, now.timestamp())
    seconds = _seconds_left(claims, now)
    return ProvenToken(
        client=client,
        token_id=required_text(claims, "jti", Reason.TOKEN_ID),
        seconds=seconds,
        expires_at=now + timedelta(seconds=seconds),
        forget_at=now + timedelta(seconds=MAX_AGE_OF_TOKEN_SECONDS + 2 * LEEWAY_SECONDS),
    )


def _named(token: str) -> NamedToken:
    """What the token says of itself: not believed before the provider's key has verified the same bytes."""
    parts = token.split(".")
    if len(token) > MAX_TOKEN_LENGTH or len(parts) != 3 or not token.isascii():
        raise SignInError(Reason.TOKEN_MALFORMED)
    try:
        claims = parse_object(urlsafe_b64decode(parts[1].encode()))
    except (ValueError, NotStrictJsonError) as error:
        raise SignInError(Reason.TOKEN_MALFORMED) from error
    return _names(claims)


def _names(claims: Mapping[str, object]) -> NamedToken:
    return NamedToken(
        issuer=required_text(claims, "iss", Reason.TOKEN_ISSUER),
        client_id=required_text(claims, "client_id", Reason.TOKEN_SUBJECT),
        subject=required_text(claims, "sub", Reason.TOKEN_SUBJECT),
    )


def _check_parties(claims: Mapping[str, object], named: NamedToken, audience: str) -> None:
    if _names(claims) != named:
        raise SignInError(Reason.TOKEN_SUBJECT)
    # Exactly us: a token that another resource takes too could be shown here by that resource.
    if claims.get("aud") not in (audience, [audience]):
        raise SignInError(Reason.TOKEN_AUDIENCE)
    if claims.get("azp", named.client_id) != named.client_id or any(name in claims for name in _BOUND):
        raise SignInError(Reason.TOKEN_AUTHORISED_PARTY)


def _seconds_left(claims: Mapping[str, object], now: datetime) -> int:
    """A session never outlives the token: without a whole second left there is none."""
    expires = second(claims.get("exp")) or 0.0
    left = int(expires - now.timestamp())
    if left < 1:
        raise SignInError(Reason.TOKEN_EXPIRED)
    return min(left, _A_DAY)
