"""Several at once, answered in the order in which they were given."""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable
from typing import TypeVar

Given = TypeVar("Given")
Answer = TypeVar("Answer")


async def in_order(
    given: Iterable[Given], work: Callable[[Given], Awaitable[Answer]], at_once: int
) -> AsyncGenerator[Answer, None]:
    """The answers, one by one; no more than `at_once` are worked on or wait to be taken. The first fault ends it: what
    was begun is given up then."""
    begun: deque[asyncio.Future[Answer]] = deque()
    try:
        for one in given:
            begun.append(asyncio.ensure_future(work(one)))
            if len(begun) == at_once:
                yield await begun.popleft()
        while begun:
            yield await begun.popleft()
    finally:
        for left in begun:
            left.cancel()
        await asyncio.gather(*begun, return_exceptions=True)
