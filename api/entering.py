"""Whoever is signed in comes through the doors beside GraphQL, each under a name of its own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from api.problems import Code, Problem
from services.machines import queries as machines
from services.tools import Reading, Tools


@asynccontextmanager
async def entered(tools: Tools, secret: str | None, operation: str) -> AsyncIterator[Reading]:
    """One transaction in their name. Raises Problem: UNAUTHENTICATED where no living session has this secret, and
    OPERATION_NOT_LISTED for a machine that may not run this."""
    if not secret:
        raise Problem(Code.UNAUTHENTICATED)
    async with tools.enter(secret) as reading:
        if reading is None:
            raise Problem(Code.UNAUTHENTICATED)
        if not await machines.may_run(reading, operation):
            raise Problem(Code.OPERATION_NOT_LISTED)
        yield reading
