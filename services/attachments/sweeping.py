"""Destroying files that no row needs: what was written while its transaction failed, or removed as a process ended.

A file is left alone for a day, because its row may be on the way."""

import time
from pathlib import Path
from typing import Final

from anyio import to_thread

from services.attachments import store
from services.attachments.vault import sweep
from services.tools import Tools

LEFT_ALONE: Final = 24 * 60 * 60.0


async def swept(tools: Tools, secret: str, folder: Path, *, left_alone: float = LEFT_ALONE) -> tuple[int, int] | None:
    """How many were destroyed, and how many could not be; None when no living session has this secret. Anybody but
    the worker fails loudly."""
    before = time.time() - left_alone
    async with tools.enter(secret) as reading:
        if reading is None:
            return None
        needed = await store.needed(reading)
    return await to_thread.run_sync(sweep, folder, needed, before)
