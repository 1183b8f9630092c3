"""Signing in through one's own agency, and out again: every failure ends on the same plain page."""

import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Protocol

import structlog
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from api.identity import sign_in_pages
from api.identity.allowance import Allowance
from api.identity.back_channel_logout import BackChannelLogout
from api.identity.callback import Callback
from api.identity.code_flow import FlowSecrets
from api.identity.cookies import attempt_cookie, new_secret, session_cookie
from api.identity.endpoint_guards import on_public_origin, refusing
from api.identity.id_token import Expected, verified_identity
from api.identity.origin import is_own_form, local_path
from api.identity.pages import stylesheet
from api.identity.providers import Providers
from api.identity.refusal import Reason, SignInError
from api.identity.sealing import seal
from api.request_facts import facts_of
from services.sessions import commands
from services.sessions.views import (
    Browser,
    BrowserProof,
    NewSession,
    NoSession,
    ProvenIdentity,
    Session,
    SignInAttempt,
    SignInProvider,
)
from services.tools import Tools

FRESH_SECONDS = 300
_MAX_HINT_LENGTH = 255
_log = structlog.get_logger("sign_in")


class IdentitySettings(Protocol):
    """The setting that signing in depends on."""

    @property
    def public_url(self) -> str: ...


def routes(
    settings: IdentitySettings, desk: Tools, providers: Providers, clock: Callable[[], float] = time.monotonic
) -> list[BaseRoute]:
    """The sign-in's addresses; `clock` is by which what providers published, and who guessed, grows old."""
    door = SignIn(settings.public_url, providers, desk)
    logout = BackChannelLogout(providers, desk, Allowance(clock=clock))
    return [
        Route("/sign-in.css", stylesheet, methods=["GET"]),
        Route("/sign-in", door.choose, methods=["GET"]),
        Route("/sign-in/{slug}", door.begin, methods=["GET"]),
        Route("/sign-in/{slug}/callback", door.finish, methods=["GET"]),
        Route("/sign-in/{slug}/back-channel-logout", logout.end, methods=["POST"]),
        Route("/sign-out", door.sign_out, methods=["POST"]),
    ]


class SignIn:
    """The endpoints; what must be remembered between two of them is in the database."""

    def __init__(self, public_url: str, providers: Providers, tools: Tools) -> None:
        self.public_url = public_url
        self._providers = providers
        self._tools = tools
        self._session = session_cookie(public_url)
        self._attempt = attempt_cookie(public_url)

    @on_public_origin
    async def choose(self, request: Request) -> Response:
        """GET /sign-in: which agency?"""
        registered = await commands.providers(self._tools)
        return sign_in_pages.choose_provider(registered, local_path(request.query_params.get("return_to")))

    @on_public_origin
    @refusing
    async def begin(self, request: Request) -> Response:
        """GET /sign-in/{slug}: remember the attempt and send the browser to the agency's provider."""
        provider = await self._providers.named(request.path_params["slug"])
        flow = FlowSecrets()
        code_flow = self._providers.flow(provider, await self._providers.metadata(provider))
        step_up = request.query_params.get("step_up") == "1"
        address = await code_flow.authorization_url(flow, _hint(request), step_up=step_up)
        # A second tab keeps the first one's secret, so that neither loses its way.
        browser = self._attempt.read(request) or new_secret()
        attempt = SignInAttempt(flow.nonce, flow.verifier, local_path(request.query_params.get("return_to")), step_up)
        await commands.begin_sign_in(provider, BrowserProof(flow.state, browser), attempt, self._tools)
        response = _redirect(address)
        self._attempt.put(response, browser)
        return response

    @refusing
    async def finish(self, request: Request) -> Response:
        """GET /sign-in/{slug}/callback: use up the attempt, verify who came back, start a session."""
        provider = await self._providers.named(request.path_params["slug"])
        callback = Callback.of(request)
        browser = self._attempt.read(request)
        proof = BrowserProof(callback.state, browser) if browser else None
        attempt = await commands.take_sign_in(provider, proof, self._tools) if proof else None
        if attempt is None:
            raise SignInError(Reason.UNKNOWN_STATE)
        identity, refresh_token = await self._proven(provider, callback, attempt)
        former, secret = Browser(self._session.read(request), attempt.step_up), new_secret()
        new = NewSession(secret, seal(refresh_token, secret) if refresh_token else None)
        outcome = await commands.start_session(provider, identity, former, new, self._tools)
        if isinstance(outcome, Session):
            return self._enter(outcome, attempt.return_to)
        if outcome is NoSession.ANOTHER_PERSON:
            raise SignInError(Reason.ANOTHER_PERSON)
        number = facts_of(request.scope).request_id
        _log.warning("sign_in_without_session", reason=outcome.value, provider=provider.slug, request_id=number)
        return sign_in_pages.not_registered(provider, number)

    async def sign_out(self, request: Request) -> Response:
        """POST /sign-out: end the session here and take its cookie."""
        if not is_own_form(request, self.public_url):
            return PlainTextResponse("Sign out from a page of this platform.", status_code=403)
        secret = self._session.read(request)
        if secret is not None:
            await commands.end_session(secret, self._tools)
        response = sign_in_pages.signed_out()
        self._session.remove(response)
        return response

    async def _proven(
        self, provider: SignInProvider, callback: Callback, attempt: SignInAttempt
    ) -> tuple[ProvenIdentity, str | None]:
        """Who came back, and what their provider is asked again with."""
        metadata = await self._providers.metadata(provider)
        code = callback.code_from(metadata)
        redeemed = await self._providers.flow(provider, metadata).redeem(code, attempt.verifier)
        expected = Expected(provider.issuer, provider.client_id, attempt.nonce)
        if attempt.step_up:
            expected = replace(expected, max_age=FRESH_SECONDS, acr=provider.step_up_acr)
        find_key = partial(self._providers.key, metadata)
        return await verified_identity(redeemed.id_token, expected, find_key, time.time()), redeemed.refresh_token

    def _enter(self, session: Session, return_to: str) -> Response:
        response = _redirect(return_to)
        self._session.put(response, session.secret)
        self._attempt.remove(response)
        return response


def _redirect(address: str) -> Response:
    headers = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
    return RedirectResponse(address, status_code=303, headers=headers)


def _hint(request: Request) -> str | None:
    hint = request.query_params.get("login_hint", "")
    return hint if 0 < len(hint) <= _MAX_HINT_LENGTH and hint.isprintable() else None
