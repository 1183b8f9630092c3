"""One connection pool; every operation is one REPEATABLE READ transaction on one connection."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import URL, make_url
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

APPLICATION_LIMITS = {
    "statement_timeout": "5000",
    "lock_timeout": "2000",
    "idle_in_transaction_session_timeout": "10000",
    "transaction_timeout": "15000",
}


def asyncpg_url(url: str) -> URL:
    """The same address for asyncpg; `postgresql://user:password@/db?host=/socket/dir` stays a socket."""
    return make_url(url).set(drivername="postgresql+asyncpg")


class Database:
    """The pool of one process. Values never reach a log: parameters are hidden and echo stays off."""

    def __init__(self, url: str, *, pool_size: int = 10, limits: dict[str, str] | None = None) -> None:
        self._engine = create_async_engine(
            asyncpg_url(url),
            pool_size=pool_size,
            max_overflow=0,
            pool_timeout=2,
            pool_pre_ping=False,
            hide_parameters=True,
            isolation_level="REPEATABLE READ",
            connect_args={"server_settings": APPLICATION_LIMITS if limits is None else limits},
        )

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncConnection]:
        """One REPEATABLE READ transaction: committed on success, rolled back on any exception."""
        async with self._engine.begin() as connection:
            yield connection

    async def close(self) -> None:
        """Close every connection of the pool."""
        await self._engine.dispose()
