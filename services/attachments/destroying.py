"""What files held that are gone with their draft is destroyed by the worker, which has the folder."""

import logging
from dataclasses import dataclass

from anyio import to_thread

from services.attachments import store
from services.attachments.vault import Vault
from services.tools import Entry

_log = logging.getLogger("concordat.worker")


@dataclass(frozen=True, slots=True)
class Destroying:
    """The worker's errand, one place at a time: killed before it is noted as done, it destroys nothing once more."""

    vault: Vault

    async def __call__(self, enter: Entry) -> bool:
        """Destroy what lies in the next place that nothing needs; False: there is none. One that cannot be destroyed
        keeps its row, and stands behind the others until it is tried again."""
        async with enter() as reading:
            place = await store.next_unneeded(reading)
        if place is None:
            return False
        try:
            await to_thread.run_sync(self.vault.drop, place)
        except OSError as problem:
            _log.error("a file that nothing needs cannot be destroyed: %s (%s)", place, type(problem).__name__)
            is_destroyed = False
        else:
            is_destroyed = True
        async with enter() as reading:
            await store.end_unneeded(reading, place, is_destroyed)
        return True
