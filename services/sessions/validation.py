"""A session's provider is asked again: who may ask now, and what becomes of the session by the answer."""

from services.sessions import validation_store as store
from services.sessions.commands import hashed, transaction
from services.sessions.views import AskedAgain, NotVouchedFor
from services.tools import Tools


async def begin(tools: Tools, secret: str) -> AskedAgain | None:
    """Whom to ask about; None when somebody else asks at this moment, or nothing is to be asked."""
    return await transaction(tools, store.begin, hashed(secret))


async def under_way(tools: Tools, secret: str) -> bool:
    """Whether somebody asks at this moment and has not heard."""
    return await transaction(tools, store.under_way, hashed(secret))


async def confirm(tools: Tools, asked: AskedAgain, sealed_token: bytes | None) -> None:
    """The provider still vouches for the person; the token for the next time, if it gave another."""
    await transaction(tools, store.confirm, asked.session_id, sealed_token)


async def excuse(tools: Tools, asked: AskedAgain) -> None:
    """The provider did not answer: the session goes on for a short time, within the grace."""
    await transaction(tools, store.excuse, asked.session_id)


async def end(tools: Tools, asked: AskedAgain, because: NotVouchedFor) -> None:
    """The provider no longer vouches for the person: the session is over."""
    await transaction(tools, store.end, asked.session_id, because)
