"""What a client may ask of a development issuer: a code, with PKCE S256, for a callback on the list."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass

_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")
_LONGEST_LEVELS = 255
_MEMBERS = ("state", "nonce", "code_challenge")


class UntrustedRequestError(Exception):
    """Client or callback are not the registered ones: the browser must not be sent anywhere."""


class RefusedRequestError(Exception):
    """The request is from the right client but not acceptable; told to its callback as OAuth says."""

    def __init__(self, error: str, description: str) -> None:
        super().__init__(description)
        self.error = error
        self.description = description


@dataclass(frozen=True, slots=True)
class Client:
    """The one client of an issuer."""

    client_id: str
    redirect_uri: str
    back_channel_logout_uri: str


@dataclass(frozen=True, slots=True)
class AuthorizationRequest:
    """A checked request."""

    client_id: str
    redirect_uri: str
    state: str
    nonce: str
    code_challenge: str
    acr_values: str = ""

    def as_fields(self) -> dict[str, str]:
        """The same request again, to travel through the picker's form."""
        fixed = {"response_type": "code", "scope": "openid", "code_challenge_method": "S256"}
        return fixed | asdict(self)


def checked_request(asked: Mapping[str, str], client: Client) -> AuthorizationRequest:
    """The request, if this issuer would answer it with a code."""
    if asked.get("client_id") != client.client_id or asked.get("redirect_uri") != client.redirect_uri:
        raise UntrustedRequestError
    if asked.get("response_type") != "code":
        raise RefusedRequestError("unsupported_response_type", "Only the code flow is offered.")
    if "openid" not in asked.get("scope", "").split():
        raise RefusedRequestError("invalid_scope", "The scope openid is needed.")
    if asked.get("code_challenge_method") != "S256" or not _CHALLENGE.fullmatch(asked.get("code_challenge", "")):
        raise RefusedRequestError("invalid_request", "PKCE with code_challenge_method=S256 is needed.")
    if not asked.get("state") or not asked.get("nonce"):
        raise RefusedRequestError("invalid_request", "state and nonce are needed.")
    known = {name: asked[name] for name in _MEMBERS}
    return AuthorizationRequest(
        client.client_id, client.redirect_uri, **known, acr_values=asked.get("acr_values", "")[:_LONGEST_LEVELS]
    )
