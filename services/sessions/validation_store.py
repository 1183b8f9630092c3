"""The database's doors for asking a session's provider again."""

from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from services.sessions.views import AskedAgain, NotVouchedFor

_BEGIN = text("SELECT session_id, provider, subject, sealed_token FROM begin_validation(:secret_hash)")
_UNDER_WAY = text("SELECT validation_under_way(:secret_hash)")
_CONFIRM = text("SELECT confirm_session(:session, :sealed_token)")
_EXCUSE = text("SELECT excuse_session(:session)")
_END = text("SELECT end_unconfirmed_session(:session, :because)")


async def begin(connection: AsyncConnection, secret_hash: bytes) -> AskedAgain | None:
    """Claim the asking; None when there is nothing to ask now."""
    row = (await connection.execute(_BEGIN, {"secret_hash": secret_hash})).first()
    return AskedAgain(**row._mapping) if row else None


async def under_way(connection: AsyncConnection, secret_hash: bytes) -> bool:
    """Whether somebody has claimed it and not heard yet."""
    return bool((await connection.execute(_UNDER_WAY, {"secret_hash": secret_hash})).scalar_one())


async def confirm(connection: AsyncConnection, session: UUID, sealed_token: bytes | None) -> None:
    """Good again for as long as the rule says."""
    await connection.execute(_CONFIRM, {"session": session, "sealed_token": sealed_token})


async def excuse(connection: AsyncConnection, session: UUID) -> None:
    """Good for a minute more, within the grace."""
    await connection.execute(_EXCUSE, {"session": session})


async def end(connection: AsyncConnection, session: UUID, because: NotVouchedFor) -> None:
    """Over, with its line."""
    await connection.execute(_END, {"session": session, "because": because.value})
