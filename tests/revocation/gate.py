"""Stops one operation before its nth statement or commit, for as long as something else needs. Nothing in the platform
knows of it: it listens where the driver is called."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from sqlalchemy import Engine, event
from sqlalchemy.util import await_only

CURRENT: ContextVar["Gate | None"] = ContextVar("gate of this operation", default=None)


class Gate:
    """Lets points pass until the one it is set at; None: it only counts."""

    def __init__(self, at: int | None = None) -> None:
        self.passed = 0
        self._at = at
        self._reached = asyncio.Event()
        self._open = asyncio.Event()

    async def point(self) -> None:
        """The operation is about to speak to the database."""
        here, self.passed = self.passed, self.passed + 1
        if here == self._at:
            self._reached.set()
            await self._open.wait()

    async def reached(self, operation: "asyncio.Task[object]") -> bool:
        """Whether the operation stands at its point; False: it ended before."""
        waiting = asyncio.create_task(self._reached.wait())
        await asyncio.wait({waiting, operation}, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        return self._reached.is_set()

    def let_go(self) -> None:
        """Go on to the end."""
        self._open.set()


@contextmanager
def listening() -> Iterator[None]:
    """Meanwhile every statement, savepoint and commit of an operation with a gate is a point."""

    def stop(*_: object) -> None:
        gate = CURRENT.get()
        if gate is not None:
            await_only(gate.point())

    names = ("before_cursor_execute", "savepoint", "rollback_savepoint", "release_savepoint", "commit")
    for name in names:
        event.listen(Engine, name, stop)
    try:
        yield
    finally:
        for name in names:
            event.remove(Engine, name, stop)
