"""The verifier that decides: an ID token is believed only if every one of these checks passes."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from api.identity.claims import LEEWAY_SECONDS, check_parties, check_times, optional_text, required_text, second
from api.identity.refusal import Reason, SignInError
from api.identity.signed_token import FindKey, signed_claims
from services.sessions.views import ProvenIdentity, SignInProvider

_TYPES = frozenset({"JWT", None})


@dataclass(frozen=True, slots=True)
class Expected:
    """What this sign-in asked for; anything else in the token is refused."""

    issuer: str
    client_id: str
    nonce: str
    max_age: int | None = None
    acr: str | None = None


async def verified_identity(token: object, expected: Expected, find_key: FindKey, now: float) -> ProvenIdentity:
    """The identity an ID token proves, or SignInError with the first reason against it."""
    claims = await signed_claims(token, find_key, _TYPES)
    check_parties(claims, expected.issuer, expected.client_id)
    check_times(claims, now)
    if not _is_same(claims.get("nonce"), expected.nonce):
        raise SignInError(Reason.TOKEN_NONCE)
    return ProvenIdentity(
        subject=required_text(claims, "sub", Reason.TOKEN_SUBJECT),
        auth_time=_auth_time(claims, expected.max_age, now),
        acr=_acr(claims, expected.acr),
        provider_session=optional_text(claims, "sid"),
    )


async def check_same_person(
    token: object, provider: SignInProvider, subject: str, find_key: FindKey, now: float
) -> None:
    """An ID token that came with a second asking: by the same issuer, for us, new, and about who signed in."""
    claims = await signed_claims(token, find_key, _TYPES)
    check_parties(claims, provider.issuer, provider.client_id)
    check_times(claims, now)
    if claims.get("sub") != subject:
        raise SignInError(Reason.ANOTHER_PERSON)


def _auth_time(claims: Mapping[str, object], max_age: int | None, now: float) -> datetime | None:
    if "auth_time" not in claims and max_age is None:
        return None
    signed_in = second(claims.get("auth_time"))
    if signed_in is None or signed_in > now + LEEWAY_SECONDS:
        raise SignInError(Reason.TOKEN_AUTH_TIME)
    if max_age is not None and now - signed_in > max_age + LEEWAY_SECONDS:
        raise SignInError(Reason.TOKEN_AUTH_TIME)
    return datetime.fromtimestamp(signed_in, UTC)


def _acr(claims: Mapping[str, object], expected: str | None) -> str | None:
    acr = optional_text(claims, "acr")
    if expected is not None and acr != expected:
        raise SignInError(Reason.TOKEN_LEVEL)
    return acr


def _is_same(value: object, expected: str) -> bool:
    return isinstance(value, str) and hmac.compare_digest(value.encode("utf-8", "surrogatepass"), expected.encode())
