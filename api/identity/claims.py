"""What the claims of any token of a provider have to say: for whom, by whom, when; and how a text claim is read."""

from collections.abc import Mapping

from api.identity.refusal import Reason, SignInError
from api.identity.signed_token import MAX_TEXT_LENGTH

LEEWAY_SECONDS = 30
MAX_AGE_OF_TOKEN_SECONDS = 300
_LAST_SECOND = 2**33  # the year 2242: larger numbers are not times


def check_parties(claims: Mapping[str, object], issuer: str, client_id: str) -> None:
    """By the registered issuer, for exactly us."""
    if claims.get("iss") != issuer:
        raise SignInError(Reason.TOKEN_ISSUER)
    # Exactly us: a token with a second audience could be replayed here by that audience.
    if claims.get("aud") not in (client_id, [client_id]):
        raise SignInError(Reason.TOKEN_AUDIENCE)
    if "azp" in claims and claims["azp"] != client_id:
        raise SignInError(Reason.TOKEN_AUTHORISED_PARTY)


def check_times(claims: Mapping[str, object], now: float) -> None:
    """Issued just now, and not expired."""
    expires, issued, starts = (second(claims.get(name)) for name in ("exp", "iat", "nbf"))
    if expires is None or expires <= now - LEEWAY_SECONDS:
        raise SignInError(Reason.TOKEN_EXPIRED)
    if issued is None or not now - MAX_AGE_OF_TOKEN_SECONDS <= issued <= now + LEEWAY_SECONDS:
        raise SignInError(Reason.TOKEN_ISSUED_AT)
    if "nbf" in claims and (starts is None or starts > now + LEEWAY_SECONDS):
        raise SignInError(Reason.TOKEN_NOT_YET_VALID)


def required_text(claims: Mapping[str, object], name: str, otherwise: Reason) -> str:
    """A claim that has to be there and fit to be kept."""
    if not _is_plain_text(claims.get(name)):
        raise SignInError(otherwise)
    return str(claims[name])


def optional_text(claims: Mapping[str, object], name: str) -> str | None:
    """A claim that may be left out, and is fit to be kept where it is not."""
    return required_text(claims, name, Reason.TOKEN_TEXT_CLAIM) if name in claims else None


def second(value: object) -> float | None:
    """The time in a claim, in seconds; None when it is no time."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < _LAST_SECOND:
        return None
    return float(value)


def _is_plain_text(value: object) -> bool:
    """Printable ASCII of bounded length without spaces at its ends: what may safely name a person for ever."""
    if not isinstance(value, str) or not 0 < len(value) <= MAX_TEXT_LENGTH:
        return False
    return value.isascii() and value.isprintable() and value == value.strip()
