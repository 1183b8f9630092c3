"""A session's provider is asked again: who may ask now, and what becomes of the session by the answer."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from services.sessions.commands import hashed, transaction
from services.sessions.views import AskedAgain, NotVouchedFor
from services.tools import Tools

_BEGIN = text("SELECT session_id, provider, subject, sealed_token FROM begin_validation(:secret_hash)")
_UNDER_WAY = text("SELECT validation_under_way(:secret_hash)")
_CONFIRM = text("SELECT confirm_session(:session, :sealed_token)")
_EXCUSE = text("SELECT excuse_session(:session)")
_END = text("SELECT end_unconfirmed_session(:session, :because)")


async def begin(tools: Tools, secret: str) -> AskedAgain | None:
    """Whom to ask about; None when somebody else asks at this moment, or nothing is to be asked."""

    async def work(connection: AsyncConnection) -> AskedAgain | None:
        row = (await connection.execute(_BEGIN, {"secret_hash": hashed(secret)})).first()
        return AskedAgain(**row._mapping) if row else None

    return await transaction(tools, work)


async def under_way(tools: Tools, secret: str) -> bool:
    """Whether somebody asks at this moment and has not heard."""

    async def work(connection: AsyncConnection) -> bool:
        return bool((await connection.execute(_UNDER_WAY, {"secret_hash": hashed(secret)})).scalar_one())

    return await transaction(tools, work)


async def confirm(tools: Tools, asked: AskedAgain, sealed_token: bytes | None) -> None:
    """The provider still vouches for the person; the token for the next time, if it gave another."""
    await _run(tools, _CONFIRM, session=asked.session_id, sealed_token=sealed_token)


async def excuse(tools: Tools, asked: AskedAgain) -> None:
    """The provider did not answer: the session goes on for a short time, within the grace."""
    await _run(tools, _EXCUSE, session=asked.session_id)


async def end(tools: Tools, asked: AskedAgain, because: NotVouchedFor) -> None:
    """The provider no longer vouches for the person: the session is over."""
    await _run(tools, _END, session=asked.session_id, because=because.value)


async def _run(tools: Tools, statement: object, **values: object) -> None:
    async def work(connection: AsyncConnection) -> None:
        await connection.execute(statement, values)  # type: ignore[call-overload]  # one of the texts above

    await transaction(tools, work)
