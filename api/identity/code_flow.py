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


@dataclass(frozen=True, slots=True)
class FlowSecrets:
    """The random values of one attempt, 256 bits each; only the state and a hash of the verifier leave us."""

    state: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    nonce: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    verifier: str = field(default_factory=lambda: secrets.token_urlsafe(48), repr=False)


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

    async def id_token(self, code: str, verifier: str) -> str:
        """The ID token the code is worth; not yet believed."""
        async with exchange(), self._client() as client:
            client.register_compliance_hook("access_token_response", _only_id_token)
            answer = await client.fetch_token(
                self._metadata.token_endpoint, grant_type="authorization_code", code=code, code_verifier=verifier
            )
        return str(answer["id_token"])

    def _client(self) -> AsyncOAuth2Client:
        in_body = self._provider.client_secret is not None and self._metadata.takes_secret_in_body_only
        return AsyncOAuth2Client(
            client_id=self._provider.client_id,
            client_secret=self._provider.client_secret,
            token_endpoint_auth_method="client_secret_post" if in_body else None,
            scope="openid",
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


def _only_id_token(response: httpx2.Response) -> httpx2.Response:
    """The answer reduced to its ID token: nothing else is used, so nothing else is read, kept or believed."""
    try:
        answer = parse_object(response.content)
    except NotStrictJsonError as error:
        raise SignInError(Reason.PROVIDER_BAD_ANSWER) from error
    if response.status_code != 200 or "error" in answer:
        raise SignInError(Reason.TOKEN_REQUEST_REFUSED)
    token = answer.get("id_token")
    if not isinstance(token, str):
        raise SignInError(Reason.TOKEN_MISSING)
    return httpx2.Response(200, json={"id_token": token})
