"""The database's doors for signing in and out; the application role has no right on the tables behind them."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from services.sessions.views import Browser, ProvenIdentity, ProvenLogout, SignInAge, SignInAttempt, SignInProvider
from services.tools import Reading

_PROVIDERS = text(
    "SELECT id, slug, name, agency_id, agency_name, issuer, client_id, client_secret, step_up_acr "
    "FROM sign_in_providers() ORDER BY agency_name, slug"
)
_BEGIN = text("SELECT begin_sign_in(:state_hash, :browser_hash, :provider_id, :nonce, :verifier, :return_to, :step_up)")
_TAKE = text("SELECT nonce, verifier, return_to, step_up FROM take_sign_in(:state_hash, :browser_hash, :provider_id)")
_START = text(
    "SELECT start_session(:provider_id, :subject, :secret_hash, :auth_time, :acr, :provider_session, :former, "
    ":step_up, :sealed_token)"
)
_END = text("SELECT end_session(:secret)")
_END_MINE = text("SELECT end_my_sessions() AS ended")
_END_BY_PROVIDER = text(
    "SELECT end_provider_sessions(:provider_id, :jti_hash, :forget_at, :subject, :provider_session)"
)
_MY_SIGN_IN = text("SELECT authenticated_at, fresh_until FROM my_sign_in()")
_FORGET = text("SELECT forget_old_sign_ins() AS forgotten")

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
    kept: dict[str, object] = {"nonce": attempt.nonce, "verifier": attempt.verifier, "return_to": attempt.return_to}
    kept |= {"step_up": attempt.step_up}
    await connection.execute(_BEGIN, values | kept)


async def take(connection: AsyncConnection, provider_id: UUID, hashes: tuple[bytes, bytes]) -> SignInAttempt | None:
    """Use up an attempt; None when there is none, or it is old, another browser's or another provider's."""
    state_hash, browser_hash = hashes
    values = {"state_hash": state_hash, "browser_hash": browser_hash, "provider_id": provider_id}
    row = (await connection.execute(_TAKE, values)).first()
    return None if row is None else SignInAttempt(**row._mapping)


async def start(
    connection: AsyncConnection,
    provider_id: UUID,
    identity: ProvenIdentity,
    browser: Browser,
    secret_hash: bytes,
    sealed_token: bytes | None,
) -> str:
    """Start a session for (provider, subject); the answer is the database's word for how it ended."""
    values = {
        "provider_id": provider_id,
        "subject": identity.subject,
        "secret_hash": secret_hash,
        "auth_time": identity.auth_time,
        "acr": identity.acr,
        "provider_session": identity.provider_session,
        "former": browser.former_secret,
        "step_up": browser.step_up,
        "sealed_token": sealed_token,
    }
    return str((await connection.execute(_START, values)).scalar_one())


async def end(connection: AsyncConnection, secret: str) -> None:
    """End the session with this secret, if there is one."""
    await connection.execute(_END, {"secret": secret})


async def end_by_provider(
    connection: AsyncConnection, provider_id: UUID, logout: ProvenLogout, jti_hash: bytes
) -> int | None:
    """End what the provider names; how many sessions, or None when this token was used before."""
    values = {"subject": logout.subject, "provider_session": logout.provider_session, "forget_at": logout.forget_at}
    found = await connection.execute(_END_BY_PROVIDER, values | {"provider_id": provider_id, "jti_hash": jti_hash})
    ended: int | None = found.scalar_one()
    return ended


async def end_mine(reading: Reading) -> int:
    """End every session of the person who asks; how many."""
    row = await reading.row(_END_MINE)
    return int(row["ended"]) if row else 0


async def my_sign_in(reading: Reading) -> SignInAge:
    """How fresh the sign-in of this session is."""
    row = await reading.row(_MY_SIGN_IN)
    return SignInAge(**row) if row else SignInAge(None, None)


async def forget(reading: Reading) -> int:
    """Remove what old sign-ins left; how many rows."""
    row = await reading.row(_FORGET)
    return int(row["forgotten"]) if row else 0
