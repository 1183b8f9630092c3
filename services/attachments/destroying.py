"""What files held that are gone with their draft is destroyed by the worker, which has the folder."""

from dataclasses import dataclass

from anyio import to_thread

from services.attachments import store
from services.attachments.vault import Vault
from services.tools import Reading


@dataclass(frozen=True, slots=True)
class Destroying:
    """The worker's errand, one place in one transaction: killed before the commit it destroys nothing once more."""

    vault: Vault

    async def __call__(self, reading: Reading) -> bool:
        """Destroy what lies in the next place that nothing needs; False: there is none."""
        place = await store.next_unneeded(reading)
        if place is None:
            return False
        await to_thread.run_sync(self.vault.drop, place)
        return True
