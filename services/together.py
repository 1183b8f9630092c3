"""What several tasks of one operation ask of the same statement reaches the database as one statement."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import RowMapping

Rows = Sequence[RowMapping]
Run = Callable[[Any, Mapping[str, object]], Awaitable[Rows]]


@dataclass(frozen=True, slots=True)
class _Round:
    """What is asked of one statement until its turn comes, and the answer that all who ask wait for."""

    asked: list[str]
    answer: asyncio.Task[Rows]


class Together:
    """Collects for one connection. A statement takes many things as the array `:asked`; whatever else it takes has to
    be the same for all that go together."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._turn = asyncio.Lock()
        self._open: dict[object, _Round] = {}
        self._sent: list[asyncio.Task[Rows]] = []

    async def ask(self, statement: Any, asked: Sequence[str], same: Mapping[str, object]) -> tuple[Rows, int]:
        """Every row of the round, and after how many others' things these were asked."""
        key = (statement, repr(sorted(same.items())))
        current = self._open.get(key)
        if current is None:
            current = self._open[key] = _Round([], asyncio.create_task(self._send(key, statement, same)))
            self._sent.append(current.answer)
        before = len(current.asked)
        current.asked.extend(asked)
        return await asyncio.shield(current.answer), before

    async def _send(self, key: object, statement: Any, same: Mapping[str, object]) -> Rows:
        async with self._turn:  # until then others join the round
            asked = self._open.pop(key).asked
            return await self._run(statement, {"asked": asked, **same})

    async def settle(self) -> None:
        """Nothing is under way on the connection any more, however the tasks ended."""
        for sent in self._sent:
            sent.cancel()
        await asyncio.gather(*self._sent, return_exceptions=True)
