"""Whether the process lives, and whether it can serve: its own database only, nobody else's health."""

import asyncio
from collections.abc import Awaitable, Callable
from time import monotonic

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from api.faults import log_fault

Check = Callable[[], Awaitable[None]]
_REMEMBERED_SECONDS = 1.0
_PATIENCE_SECONDS = 2.0


class Readiness:
    """The answer of a check that raises when something is wrong; asked for at most once a second."""

    def __init__(self, check: Check) -> None:
        self._check = check
        self._asking = asyncio.Lock()
        self._known: tuple[float, bool] | None = None

    async def is_ready(self) -> bool:
        """Whether the check passes; anyone may ask, so asking often costs the database nothing."""
        async with self._asking:
            if self._known is None or monotonic() - self._known[0] > _REMEMBERED_SECONDS:
                self._known = (monotonic(), await self._passes())
            return self._known[1]

    async def _passes(self) -> bool:
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                await self._check()
        except Exception as error:  # noqa: BLE001 - whatever is wrong, the answer is "not ready"
            log_fault(error)
            return False
        return True


def routes(check: Check) -> list[Route]:
    """`/health/live` and `/health/ready`."""
    readiness = Readiness(check)

    async def live(request: Request) -> JSONResponse:
        return JSONResponse({"status": "live"})

    async def ready(request: Request) -> JSONResponse:
        is_ready = await readiness.is_ready()
        return JSONResponse({"status": "ready" if is_ready else "not ready"}, 200 if is_ready else 503)

    return [Route("/health/live", live), Route("/health/ready", ready)]
