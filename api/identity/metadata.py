"""What a provider says about itself, believed only as far as it agrees with what was configured."""

import time
from collections.abc import Callable
from dataclasses import dataclass

import anyio

from api.identity.addresses import is_allowed_address
from api.identity.outbound import Outbound
from api.identity.refusal import Reason, SignInError

LIFETIME_SECONDS = 600.0
RETRY_SECONDS = 30.0
LAST_GOOD_SECONDS = 24 * 3600.0
_ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
_AUTHENTICATION = "token_endpoint_auth_methods_supported"


@dataclass(frozen=True, slots=True)
class Metadata:
    """The part of a discovery document that the sign-in uses."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    names_itself_in_callback: bool  # RFC 9207: then a callback without `iss` is refused
    takes_secret_in_body_only: bool
    offers_offline_access: bool  # then this scope is how one asks for a token to ask again with


@dataclass(slots=True)
class _Known:
    """What an issuer published, when it was read, and when the next look may be taken."""

    metadata: Metadata
    read_at: float
    look_again_at: float


class Discovery:
    """Reads each issuer's metadata at most once in ten minutes; concurrent readers wait for one request."""

    def __init__(self, outbound: Outbound, clock: Callable[[], float] = time.monotonic) -> None:
        self._outbound = outbound
        self._clock = clock
        self._known: dict[str, _Known] = {}
        self._locks: dict[str, anyio.Lock] = {}

    async def of(self, issuer: str) -> Metadata:
        """The checked metadata of a configured issuer; while it does not answer, what it said last serves for a day."""
        async with self._locks.setdefault(issuer, anyio.Lock()):
            known = self._known.get(issuer)
            if known is None or self._clock() >= known.look_again_at:
                known = self._known[issuer] = await self._looked_again(issuer, known)
            return known.metadata

    async def _looked_again(self, issuer: str, known: _Known | None) -> _Known:
        if not is_allowed_address(issuer, development=self._outbound.development) or "?" in issuer:
            raise SignInError(Reason.FORBIDDEN_ADDRESS)
        now = self._clock()
        try:
            document = await self._outbound.read_json(issuer.rstrip("/") + "/.well-known/openid-configuration")
        except SignInError:
            if known is None or now - known.read_at > LAST_GOOD_SECONDS:
                raise
            return _Known(known.metadata, known.read_at, now + RETRY_SECONDS)
        metadata = checked_metadata(document, issuer, development=self._outbound.development)
        return _Known(metadata, now, now + LIFETIME_SECONDS)


def checked_metadata(document: dict[str, object], issuer: str, *, development: bool) -> Metadata:
    """Metadata that names exactly the configured issuer, usable addresses and nothing weaker than S256."""
    if document.get("issuer") != issuer:
        raise SignInError(Reason.METADATA_ISSUER)
    endpoints = {name: _address(document.get(name), development=development) for name in _ENDPOINTS}
    # Many providers leave this member out; one that lists methods without S256 would ignore our challenge.
    if not _offers(document, "code_challenge_methods_supported", "S256"):
        raise SignInError(Reason.METADATA_WITHOUT_S256)
    if not _offers(document, "response_types_supported", "code"):
        raise SignInError(Reason.METADATA_INCOMPLETE)
    return Metadata(
        issuer=issuer,
        **endpoints,
        names_itself_in_callback=document.get("authorization_response_iss_parameter_supported") is True,
        takes_secret_in_body_only=not _offers(document, _AUTHENTICATION, "client_secret_basic"),
        offers_offline_access="scopes_supported" in document
        and _offers(document, "scopes_supported", "offline_access"),
    )


def _offers(document: dict[str, object], member: str, value: str) -> bool:
    offered = document.get(member, [value])
    return isinstance(offered, list) and value in offered


def _address(value: object, *, development: bool) -> str:
    if not isinstance(value, str):
        raise SignInError(Reason.METADATA_INCOMPLETE)
    if not is_allowed_address(value, development=development):
        raise SignInError(Reason.FORBIDDEN_ADDRESS)
    return value
