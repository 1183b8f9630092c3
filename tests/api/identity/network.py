"""A network of providers that answer as a test says, and count how often they were asked."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import anyio
import httpx2

from api.identity.outbound import Outbound

Answer = httpx2.Response | Exception | Callable[[], httpx2.Response]


@dataclass
class Network:
    """Answers by address; an address nobody set up is unreachable."""

    answers: dict[str, Answer] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)

    def outbound(self, *, development: bool = False) -> Outbound:
        """The way out that leads here."""
        return Outbound(development=development, transport=httpx2.MockTransport(self._answer))

    async def _answer(self, request: httpx2.Request) -> httpx2.Response:
        self.asked[str(request.url)] += 1
        await anyio.sleep(0.001)  # an answer takes its time, so that others can come in between
        answer = self.answers.get(str(request.url), httpx2.ConnectError("nobody there"))
        if isinstance(answer, Exception):
            raise answer
        return answer() if callable(answer) else answer


@dataclass
class Clock:
    """A clock that a test moves."""

    now: float = 1_000_000.0

    def __call__(self) -> float:
        return self.now
