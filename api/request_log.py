"""One line for every request: what kind of request it was and how it ended, never what it was about."""

from time import perf_counter

import structlog
from starlette.datastructures import MutableHeaders
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.request_facts import facts_of

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class RequestLog:
    """Gives each request its id, on the answer too, and writes its line when it is over."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve the request under a fresh id."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        facts = facts_of(scope)
        status: int | None = None

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = int(message["status"])
                MutableHeaders(scope=message)["X-Request-Id"] = facts.request_id
            await send(message)

        started = perf_counter()
        with structlog.contextvars.bound_contextvars(request_id=facts.request_id):
            try:
                await self._app(scope, receive, watched)
            finally:
                self._write(scope, status, perf_counter() - started)

    def _write(self, scope: Scope, status: int | None, seconds: float) -> None:
        facts, route = facts_of(scope), scope.get("route")
        structlog.get_logger().info(
            "request",
            # Clients may invent methods and paths; neither is written down as it came.
            method=scope["method"] if scope["method"] in _METHODS else "OTHER",
            route=route.path if isinstance(route, Route) else None,
            status=status,
            duration_ms=round(seconds * 1000, 1),
            operation=facts.operation,
            code=facts.code,
        )
