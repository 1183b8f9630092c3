"""What signing in leaves behind is removed by the worker, so that nobody who signs in waits for it."""

from services.sessions import store
from services.tools import Tools

EVERY_SECONDS = 600.0


async def forget_old_sign_ins(tools: Tools, secret: str) -> int:
    """Remove attempts, uses and logout tokens that are too old to matter; how many rows."""
    async with tools.enter(secret) as reading:
        return 0 if reading is None else await store.forget(reading)
