"""The authorization code flow with one provider: Authlib speaks the protocol, always with PKCE S256."""

import secrets
from dataclasses import dataclass, field

import httpx2
from authlib.integrations.httpx_client import AsyncOAuth2Client

from api.identity.metadata import Metadata
from api.identity.outbound import TIME_LIMIT_SECONDS, Outbound, exchange
from api.identity.refusal import Reason, SignInError
from api.identity.strict_json import NotStrictJsonError, parse_object
from services.sessions.views import SignInProvider

_LONGEST_REFRESH_TOKEN = 4096
# What a token endpoint says of a person who is gone, signed out or not to be let in without asking them (RFC 6749,
# OpenID Connect Core). Every other error is about us as its client, and no word about the person.
_SAID_NO = frozenset({"invalid_grant", "access_denied", "login_required", "interaction_required", "consent_required"})


@dataclass(frozen=True, slots=True)
class FlowSecrets:
    """The random values of one attempt, 256 bits each; only the state and a hash of the verifier leave us."""

    state: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    nonce: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    verifier: str = field(default_factory=lambda: secrets.token_urlsafe(48), repr=False)


@dataclass(frozen=True, slots=True)
class Redeemed:
    """What the token endpoint gave: an ID token, and what the provider may be asked again with."""

    id_token: str | None = field(repr=False)
    refresh_token: str | None = field(repr=False)


class NoLongerVouchedForError(Exception):
    """The provider answered, and no longer vouches for its person."""


class CodeFlow:
    """One provider's side of the flow: where to send the browser, and what its code is worth."""

    def __init__(self, provider: SignInProvider, metadata: Metadata, public_url: str, outbound: Outbound) -> None:
        self._provider = provider
        self._metadata = metadata
        self._redirect_uri = callback_url(public_url, provider.slug)
        self._outbound = outbound

    async def authorization_url(self, flow: FlowSecrets, login_hint: str | None, *, step_up: bool = False) -> str:
        """The address at the provider that asks for this sign-in; a step-up asks for a new proof, never an old one."""
        asked = {"nonce": flow.nonce} | ({"login_hint": login_hint} if login_hint else {})
        if step_up:
            level = self._provider.step_up_acr
            asked |= {"max_age": "0", "prompt": "login"} | ({"acr_values": level} if level else {})
        async with self._client() as client:
            url, _ = client.create_authorization_url(
                self._metadata.authorization_endpoint, state=flow.state, code_verifier=flow.verifier, **asked
            )
        return str(url)

    async def redeem(self, code: str, verifier: str) -> Redeemed:
        """What the code is worth; not yet believed."""
        async with exchange(), self._client() as client:
            client.register_compliance_hook("access_token_response", _redeemed)
            answer = await client.fetch_token(
                self._metadata.token_endpoint, grant_type="authorization_code", code=code, code_verifier=verifier
            )
        return Redeemed(str(answer["id_token"]), answer.get("refresh_token"))

    async def ask_again(self, refresh_token: str) -> Redeemed:
        """What it gives when asked again; NoLongerVouchedForError when it says that it vouches no more."""
        async with exchange(), self._client() as client:
            client.register_compliance_hook("access_token_response", _renewed)
            answer = await client.fetch_token(
                self._metadata.token_endpoint, grant_type="refresh_token", refresh_token=refresh_token, scope=None
            )
        return Redeemed(answer.get("id_token"), answer.get("refresh_token"))

    def _client(self) -> AsyncOAuth2Client:
        in_body = self._provider.client_secret is not None and self._metadata.takes_secret_in_body_only
        return AsyncOAuth2Client(
            client_id=self._provider.client_id,
            client_secret=self._provider.client_secret,
            token_endpoint_auth_method="client_secret_post" if in_body else None,
            scope="openid offline_access" if self._metadata.offers_offline_access else "openid",
            redirect_uri=self._redirect_uri,
            code_challenge_method="S256",
            transport=self._outbound.transport(),
            timeout=TIME_LIMIT_SECONDS,
        )


def callback_url(public_url: str, slug: str) -> str:
    """One callback per provider, so that an answer can never be taken for another provider's."""
    return f"{public_url.rstrip('/')}/sign-in/{slug}/callback"


def back_channel_logout_url(public_url: str, slug: str) -> str:
    """Where this provider tells us that somebody signed out there."""
    return f"{public_url.rstrip('/')}/sign-in/{slug}/back-channel-logout"


def _redeemed(response: httpx2.Response) -> httpx2.Response:
    """The answer reduced to two tokens: nothing else is used, so nothing else is read, kept or believed."""
    answer = _object(response)
    if response.status_code != 200 or "error" in answer:
        raise SignInError(Reason.TOKEN_REQUEST_REFUSED)
    if not isinstance(answer.get("id_token"), str):
        raise SignInError(Reason.TOKEN_MISSING)
    return _only_tokens(answer)


def _renewed(response: httpx2.Response) -> httpx2.Response:
    """The same for a second asking, in which a provider may leave the ID token out. A no is told from a failure."""
    answer = _object(response)
    if response.status_code in (400, 401, 403) and answer.get("error") in _SAID_NO:
        raise NoLongerVouchedForError
    if response.status_code != 200 or "error" in answer:
        raise SignInError(Reason.TOKEN_REQUEST_REFUSED)
    if not isinstance(answer.get("access_token"), str):
        raise SignInError(Reason.TOKEN_MISSING)
    return _only_tokens(answer)


def _object(response: httpx2.Response) -> dict[str, object]:
    try:
        return parse_object(response.content)
    except NotStrictJsonError as error:
        raise SignInError(Reason.PROVIDER_BAD_ANSWER) from error


def _only_tokens(answer: dict[str, object]) -> httpx2.Response:
    """A refresh token that is none or too long to be kept counts as none; an ID token is judged by its verifier."""
    kept = {"id_token": answer["id_token"]} if isinstance(answer.get("id_token"), str) else {}
    token = answer.get("refresh_token")
    if isinstance(token, str) and 0 < len(token) <= _LONGEST_REFRESH_TOKEN and token.isascii():
        kept["refresh_token"] = token
    return httpx2.Response(200, json=kept)
