"""No request waits for ever and no crowd of them takes the process down: too many are told to come back."""

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from starlette.types import ASGIApp, Receive, Scope, Send

from api.problems import Code, Problem


class Slots:
    """How much of one kind of work this process does at once; nobody queues."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._taken = 0

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Hold a slot for a while, or be told that all are taken."""
        if self._taken >= self._most:
            raise Problem(Code.BUSY)
        self._taken += 1
        try:
            yield
        finally:
            self._taken -= 1


class Limits:
    """A deadline for every request, and a bound on how many are open at once; `longer` names how slow addresses
    begin."""

    def __init__(
        self, app: ASGIApp, *, at_once: int = 256, seconds: float = 10, longer: Mapping[str, float] | None = None
    ) -> None:
        self._app = app
        self._slots = Slots(at_once)
        self._seconds = seconds
        self._longer = longer or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve the request within the limits; a slow body counts against the deadline as well."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        with self._slots.taken():
            try:
                async with asyncio.timeout(self._seconds_for(scope["path"])) as deadline:
                    await self._app(scope, receive, send)
            except Exception:
                # Whoever is stopped may fail otherwise while it gives up, as a connection in the middle of a statement.
                if not deadline.expired():
                    raise
                raise Problem(Code.TIMEOUT) from None

    def _seconds_for(self, path: str) -> float:
        return next((seconds for start, seconds in self._longer.items() if path.startswith(start)), self._seconds)
