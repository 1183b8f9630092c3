"""Begin a sign-in, take it up once, start a session and end it; secrets are hashed before they are stored."""

import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TypeVar

from services.sessions import store
from services.sessions.views import (
    Browser,
    BrowserProof,
    NewSession,
    NoSession,
    ProvenIdentity,
    ProvenLogout,
    Session,
    SignInAttempt,
    SignInProvider,
)
from services.tools import Tools

ATTEMPTS = 12  # of as many at once one gets through each time, so that the last has lost against all others
T = TypeVar("T")


async def providers(tools: Tools) -> tuple[SignInProvider, ...]:
    """Every agency's provider that may sign someone in now, each with its client secret as it is kept: sealed."""
    return await transaction(tools, store.providers)


async def check_secrets(tools: Tools) -> None:
    """Raise with one sentence when a provider's secret does not open here: its people could not sign in."""
    for provider in await providers(tools):
        with_its_secret(provider, tools)


def with_its_secret(provider: SignInProvider, tools: Tools) -> SignInProvider:
    """The same provider with its client secret opened, to sign in with."""
    if provider.client_secret is None:
        return provider
    return replace(provider, client_secret=tools.box.open(provider.slug, provider.client_secret))


async def begin_sign_in(provider: SignInProvider, proof: BrowserProof, attempt: SignInAttempt, tools: Tools) -> None:
    """Remember an attempt on the server, so that nothing secret travels through the browser."""
    await transaction(tools, store.begin, provider.id, _hashes(proof), attempt)


async def take_sign_in(provider: SignInProvider, proof: BrowserProof, tools: Tools) -> SignInAttempt | None:
    """The attempt this browser began at this provider, once."""
    return await transaction(tools, store.take, provider.id, _hashes(proof))


async def start_session(
    provider: SignInProvider, identity: ProvenIdentity, browser: Browser, new: NewSession, tools: Tools
) -> Session | NoSession:
    """A session with a new secret in place of the browser's former one; who is not registered gets none."""
    begun = (hashed(new.secret), new.sealed_token)
    outcome = await transaction(tools, store.start, provider.id, identity, browser, *begun)
    return Session(new.secret) if outcome == "ok" else NoSession(outcome)


async def end_session(secret: str, tools: Tools) -> None:
    """End this session; the same answer whether it lived or not."""
    await transaction(tools, store.end, secret)


async def end_by_provider(provider: SignInProvider, logout: ProvenLogout, tools: Tools) -> int | None:
    """End the sessions that a verified logout token names; None when the token was used before."""
    return await transaction(tools, store.end_by_provider, provider.id, logout, hashed(logout.token_id))


async def transaction(tools: Tools, work: Callable[..., Awaitable[T]], *values: object) -> T:
    """The work in one transaction, again when another was faster: two tabs may use the same rows at once."""
    for _ in range(ATTEMPTS - 1):
        try:
            return await _once(tools, work, *values)
        except store.OvertakenError:
            continue
    return await _once(tools, work, *values)


async def _once(tools: Tools, work: Callable[..., Awaitable[T]], *values: object) -> T:
    with store.overtaking_named():
        async with tools.database.transaction() as connection:
            return await work(connection, *values)


def _hashes(proof: BrowserProof) -> tuple[bytes, bytes]:
    return hashed(proof.state), hashed(proof.browser)


def hashed(secret: str) -> bytes:
    # Plain SHA-256: these secrets are 256 random bits, so nothing is gained by a slow hash.
    return hashlib.sha256(secret.encode()).digest()
