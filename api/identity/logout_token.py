"""A provider's word that somebody signed out there: believed only if it can be nothing else (back-channel logout)."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from api.identity.claims import (
    LEEWAY_SECONDS,
    MAX_AGE_OF_TOKEN_SECONDS,
    check_parties,
    check_times,
    optional_text,
    required_text,
)
from api.identity.refusal import Reason, SignInError
from api.identity.signed_token import FindKey, signed_claims
from services.sessions.views import ProvenLogout, SignInProvider

EVENT = "http://schemas.openid.net/event/backchannel-logout"
_TYPES: frozenset[str | None] = frozenset({"logout+jwt"})


async def verified_logout(token: object, provider: SignInProvider, find_key: FindKey, now: float) -> ProvenLogout:
    """Whose sessions end, or SignInError with the first reason against it; whether it is new, the database knows."""
    claims = await signed_claims(token, find_key, _TYPES)
    check_parties(claims, provider.issuer, provider.client_id)
    check_times(claims, now)
    if "nonce" in claims:  # then it could be an ID token as well
        raise SignInError(Reason.TOKEN_NONCE)
    _check_event(claims)
    subject, provider_session = optional_text(claims, "sub"), optional_text(claims, "sid")
    if subject is None and provider_session is None:
        raise SignInError(Reason.TOKEN_SUBJECT)
    return ProvenLogout(
        token_id=required_text(claims, "jti", Reason.TOKEN_ID),
        forget_at=_too_old_from(now),
        subject=subject,
        provider_session=provider_session,
    )


def _check_event(claims: Mapping[str, object]) -> None:
    events = claims.get("events")
    if not isinstance(events, dict) or events.keys() != {EVENT} or not isinstance(events[EVENT], dict):
        raise SignInError(Reason.TOKEN_EVENT)


def _too_old_from(now: float) -> datetime:
    """From when a token issued at this moment is refused for its age: until then its id is remembered."""
    return datetime.fromtimestamp(now, UTC) + timedelta(seconds=MAX_AGE_OF_TOKEN_SECONDS + 2 * LEEWAY_SECONDS)
