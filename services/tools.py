"""What services need from outside: the pool, and a `Reading` — one entered transaction — per operation."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, TypeVar

import asyncpg
from sqlalchemy import RowMapping, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.actor import Actor
from policies.vocabulary import AccessLevel, Function
from services.database.engine import Database
from services.edition import ENTERED_ROWS
from services.secret_box import SecretBox
from services.together import Together

Result = TypeVar("Result")
ENTER = text("SELECT * FROM enter(:secret)")
WAITS = text("SELECT awaits_validation(:secret)")
RACES: Final = frozenset({"40001", "40P01", "23505"})
"""Somebody was faster: a serialisation failure, a deadlock, or the same idempotency key at the same moment."""


def as_json(values: Mapping[str, object]) -> str:
    """One thing of those that a statement is asked for; ids and dates as text."""
    return json.dumps(values, default=str)


def lost_a_race(error: BaseException) -> bool:
    """Whether the whole operation may simply be run again."""
    return isinstance(error, DBAPIError) and getattr(error.orig, "sqlstate", None) in RACES


def database_is_away(error: BaseException) -> bool:
    """Whether nobody answered, or not as a database that lets us in: nothing was done, and trying on is no use."""
    if isinstance(error, DBAPIError):
        state = getattr(error.orig, "sqlstate", None) or ""
        return error.connection_invalidated or state.startswith(("08", "57P"))
    return isinstance(error, OSError | asyncpg.PostgresError)  # both come unwrapped from connecting only


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who is signed in, in names fit to show to themselves."""

    name: str
    agency_code: str
    agency_name: str


class Reading:
    """One operation of one actor: one connection, one snapshot, one moment. Statements queue for the connection."""

    def __init__(self, connection: AsyncConnection, entered: RowMapping, box: SecretBox) -> None:
        self._connection = connection
        self.box = box
        self._turn = asyncio.Lock()
        self._together: Together | None = None
        self.statements = 1  # entering was the first; a test counts them
        self.now: datetime = entered["entered_at"]
        self.policy_version: str = entered["policy_version"]
        self.viewer = Viewer(entered["member_name"], entered["agency_code"], entered["agency_name"])
        self.actor = Actor(
            session_id=entered["session_id"],
            member_id=entered["member_id"],
            agency_id=entered["agency_id"],
            function=Function(entered["function"]),
            access_level=AccessLevel(entered["access_level"]),
        )

    async def rows(self, statement: Any, /, **values: object) -> Sequence[RowMapping]:
        """Run one statement and give all its rows; none where it gives none."""
        async with self._turn:
            self.statements += 1
            result = await self._connection.execute(statement, values)
            return result.mappings().all() if result.returns_rows else ()

    async def row(self, statement: Any, /, **values: object) -> RowMapping | None:
        """Run one statement and give its only row, if there is one."""
        rows = await self.rows(statement, **values)
        return rows[0] if rows else None

    async def run(self, statement: Any, /, **values: object) -> int:
        """Run one statement that gives no rows; how many it touched."""
        async with self._turn:
            self.statements += 1
            return (await self._connection.execute(statement, values)).rowcount

    async def each(self, statement: Any, asked: Sequence[str], /, **same: object) -> Sequence[RowMapping]:
        """Ask a statement for several things at once, as its array `:asked`; gives their rows by `place`, from 1. Rows
        without a place the asker tells apart: others of this operation may have asked as well."""
        if not asked:
            return ()
        if self._together is None:
            return await self.rows(statement, asked=list(asked), **same)
        rows, before = await self._together.ask(statement, asked, same)
        ours = range(before + 1, before + 1 + len(asked))
        return [row for row in rows if "place" not in row or row["place"] in ours]

    async def all_of(self, works: Iterable[Awaitable[Result]]) -> list[Result]:
        """Several pieces of work side by side, all or none: the first fault is raised, and ends the operation."""
        self._together = Together(lambda statement, values: self.rows(statement, **values))
        try:
            found = await asyncio.gather(*works, return_exceptions=True)
        finally:
            await self._together.settle()
            self._together = None
        for one in found:
            if isinstance(one, BaseException):
                raise one
        return [one for one in found if not isinstance(one, BaseException)]

    @asynccontextmanager
    async def attempt(self) -> AsyncIterator["Attempt"]:
        """A savepoint: what is given up leaves nothing behind, and the operation goes on. Among several pieces of work
        there is none, and who gives up ends them all: raises GivenUpError."""
        attempt = Attempt()
        if self._together is not None:
            yield attempt
            if attempt.given_up:
                raise GivenUpError
            return
        async with self._connection.begin_nested() as savepoint:
            yield attempt
            if attempt.given_up:
                await savepoint.rollback()


Entry = Callable[[], AbstractAsyncContextManager[Reading]]
"""One transaction after the other, for what must not hold one while it waits for somebody else."""


class GivenUpError(Exception):
    """One of several pieces of work came to nothing: each has to be done for itself."""


class Attempt:
    """Whether the work since the savepoint stays."""

    def __init__(self) -> None:
        self.given_up = False

    def give_up(self) -> None:
        """Undo everything since the savepoint."""
        self.given_up = True


@dataclass(frozen=True, slots=True)
class Tools:
    """The outside world of one process."""

    database: Database
    ask_provider: Callable[[str], Awaitable[None]] | None = None  # None: a process in which no person works
    box: SecretBox = field(
        default_factory=SecretBox
    )  # of the serving process; without keys nothing is sealed or opened

    @asynccontextmanager
    async def enter(self, secret: str) -> AsyncIterator[Reading | None]:
        """One transaction in the name of the session's holder; None when no living session has this secret. A session
        whose provider has to be asked again lives or ends by the answer, before anything is read."""
        async with self.database.transaction() as connection:
            reading = await _entered(connection, secret, self.box)
            waits = reading is None and (await connection.execute(WAITS, {"secret": secret})).scalar_one()
            if not waits or self.ask_provider is None:
                yield reading
                return
        await self.ask_provider(secret)  # outside the transaction: a slow provider holds no connection
        async with self.database.transaction() as connection:
            yield await _entered(connection, secret, self.box)

    async def close(self) -> None:
        """Give back what was opened."""
        await self.database.close()


async def _entered(connection: AsyncConnection, secret: str, box: SecretBox) -> Reading | None:
    entered = (await connection.execute(ENTER, {"secret": secret})).mappings().first()
    if entered is None:
        return None
    ENTERED_ROWS.set(entered["regime_rows"])  # of this task, and of those that it starts
    return Reading(connection, entered, box)


def open_tools(app_database_url: str, *, pool_size: int = 10, box: SecretBox | None = None) -> Tools:
    """Open the pool of the application role; no connection is made before the first operation."""
    return Tools(database=Database(app_database_url, pool_size=pool_size), box=box or SecretBox())
