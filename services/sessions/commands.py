"""Begin a sign-in, take it up once, start a session and end it; secrets are hashed before they are stored."""

import hashlib
import secrets

from services.sessions import store
from services.sessions.views import (
    BrowserProof,
    NoSession,
    ProvenIdentity,
    Session,
    SignInAttempt,
    SignInProvider,
)
from services.tools import Tools


async def providers(tools: Tools) -> tuple[SignInProvider, ...]:
    """Every agency's provider that may sign someone in now."""
    async with tools.database.transaction() as connection:
        return await store.providers(connection)


async def begin_sign_in(provider: SignInProvider, proof: BrowserProof, attempt: SignInAttempt, tools: Tools) -> None:
    """Remember an attempt on the server, so that nothing secret travels through the browser."""
    async with tools.database.transaction() as connection:
        await store.begin(connection, provider.id, _hashes(proof), attempt)


async def take_sign_in(provider: SignInProvider, proof: BrowserProof, tools: Tools) -> SignInAttempt | None:
    """The attempt this browser began at this provider, once."""
    async with tools.database.transaction() as connection:
        return await store.take(connection, provider.id, _hashes(proof))


async def start_session(provider: SignInProvider, identity: ProvenIdentity, tools: Tools) -> Session | NoSession:
    """A session with a new 256-bit secret; a person the agency has not registered gets none."""
    secret = secrets.token_urlsafe(32)
    async with tools.database.transaction() as connection:
        outcome = await store.start(connection, provider.id, identity, _hash(secret))
    return Session(secret) if outcome == "ok" else NoSession(outcome)


async def end_session(secret: str, tools: Tools) -> None:
    """End this session; the same answer whether it lived or not."""
    async with tools.database.transaction() as connection:
        await store.end(connection, secret)


def _hashes(proof: BrowserProof) -> tuple[bytes, bytes]:
    return _hash(proof.state), _hash(proof.browser)


def _hash(secret: str) -> bytes:
    # Plain SHA-256: these secrets are 256 random bits, so nothing is gained by a slow hash.
    return hashlib.sha256(secret.encode()).digest()
