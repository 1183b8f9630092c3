"""A machine proves itself and gets a session, before anybody is known; secrets are hashed before they are stored."""

import hashlib
import secrets
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Final, TypeVar
from uuid import UUID

from services.machines import store
from services.machines.views import (
    KnownClient,
    MachineSession,
    NamedToken,
    NoMachineSession,
    ProvenAssertion,
    ProvenToken,
)
from services.tools import Tools, lost_a_race

ATTEMPTS = 5
SESSION_SECONDS: Final = 600
PREFIX: Final = "concordat.machine."
"""What every machine's secret begins with: no person's has a dot, so that neither is ever taken for the other."""

T = TypeVar("T")


async def known(tools: Tools, client: UUID) -> KnownClient:
    """The keys that may prove this client today; none for a client that has ended or never was."""
    return KnownClient(*await _transaction(tools, store.keys, client))


async def start_session(tools: Tools, proven: ProvenAssertion) -> MachineSession | NoMachineSession:
    """A session with a new 256-bit secret; an assertion is good for one of them."""
    secret = PREFIX + secrets.token_urlsafe(32)
    outcome = await _transaction(tools, store.start, proven, _hash(proven.jti), _hash(secret))
    return MachineSession(secret, SESSION_SECONDS) if outcome == "ok" else NoMachineSession(outcome)


async def issued(tools: Tools, named: NamedToken) -> tuple[datetime, UUID | None]:
    """The platform's time, and the living client that a token with these claims can be of."""
    return await _transaction(tools, store.issued, named)


async def exchange(tools: Tools, proven: ProvenToken) -> MachineSession | NoMachineSession:
    """A session for a verified token of the agency's provider; a token is good for one, which never outlives it."""
    secret = PREFIX + secrets.token_urlsafe(32)
    outcome = await _transaction(tools, store.start_issued, proven, _hash(proven.token_id), _hash(secret))
    seconds = min(SESSION_SECONDS, proven.seconds)
    return MachineSession(secret, seconds) if outcome == "ok" else NoMachineSession(outcome)


async def _transaction(tools: Tools, work: Callable[..., Awaitable[T]], *values: object) -> T:
    for attempt in range(1, ATTEMPTS + 1):
        try:
            async with tools.database.transaction() as connection:
                return await work(connection, *values)
        except Exception as error:
            if attempt == ATTEMPTS or not lost_a_race(error):
                raise
    raise AssertionError("unreachable")


def _hash(secret: str) -> bytes:
    # Plain SHA-256: the secret is 256 random bits, and what an assertion is called is no secret after its use.
    return hashlib.sha256(secret.encode()).digest()
