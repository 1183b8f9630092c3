"""The database's five doors for signing in; the application role has no right on the tables behind them."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from services.sessions.views import ProvenIdentity, SignInAttempt, SignInProvider

_PROVIDERS = text(
    "SELECT id, slug, name, agency_id, agency_name, issuer, client_id, client_secret "
    "FROM sign_in_providers() ORDER BY agency_name, slug"
)
_BEGIN = text("SELECT begin_sign_in(:state_hash, :browser_hash, :provider_id, :nonce, :verifier, :return_to)")
_TAKE = text("SELECT nonce, verifier, return_to FROM take_sign_in(:state_hash, :browser_hash, :provider_id)")
_START = text("SELECT start_session(:provider_id, :subject, :secret_hash, :auth_time, :acr, :provider_session)")
_END = text("SELECT end_session(:secret)")

_SERIALIZATION_FAILURE = "40001"


class OvertakenError(Exception):
    """Another transaction was faster; the whole of this one may be tried again."""


@contextmanager
def overtaking_named() -> Iterator[None]:
    """Name the one database error after which a transaction is worth repeating."""
    try:
        yield
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) == _SERIALIZATION_FAILURE:
            raise OvertakenError from error
        raise


async def providers(connection: AsyncConnection) -> tuple[SignInProvider, ...]:
    """Every provider that may sign someone in now."""
    return tuple(SignInProvider(**row._mapping) for row in await connection.execute(_PROVIDERS))


async def begin(
    connection: AsyncConnection, provider_id: UUID, hashes: tuple[bytes, bytes], attempt: SignInAttempt
) -> None:
    """Keep an attempt under the hashes of its state and of its browser."""
    state_hash, browser_hash = hashes
    values = {"state_hash": state_hash, "browser_hash": browser_hash, "provider_id": provider_id}
    kept = {"nonce": attempt.nonce, "verifier": attempt.verifier, "return_to": attempt.return_to}
    await connection.execute(_BEGIN, values | kept)


async def take(connection: AsyncConnection, provider_id: UUID, hashes: tuple[bytes, bytes]) -> SignInAttempt | None:
    """Use up an attempt; None when there is none, or it is old, another browser's or another provider's."""
    state_hash, browser_hash = hashes
    values = {"state_hash": state_hash, "browser_hash": browser_hash, "provider_id": provider_id}
    row = (await connection.execute(_TAKE, values)).first()
    return None if row is None else SignInAttempt(**row._mapping)


async def start(connection: AsyncConnection, provider_id: UUID, identity: ProvenIdentity, secret_hash: bytes) -> str:
    """Start a session for (provider, subject); the answer is the database's word for how it ended."""
    values = {
        "provider_id": provider_id,
        "subject": identity.subject,
        "secret_hash": secret_hash,
        "auth_time": identity.auth_time,
        "acr": identity.acr,
        "provider_session": identity.provider_session,
    }
    return str((await connection.execute(_START, values)).scalar_one())


async def end(connection: AsyncConnection, secret: str) -> None:
    """End the session with this secret, if there is one."""
    await connection.execute(_END, {"secret": secret})
