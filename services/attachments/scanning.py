"""What came while no scanner answered is scanned by the worker once one does; what is infected is served no more."""

import logging
from dataclasses import dataclass

from services.attachments import store
from services.attachments.scanner import Scan, Scanner
from services.attachments.vault import FileUnreadableError, Vault
from services.tools import Entry

_log = logging.getLogger("concordat.worker")


@dataclass(frozen=True, slots=True)
class LateScans:
    """The worker's errand, one file at a time. While the scanner reads, nothing in the database waits for it."""

    vault: Vault
    scanner: Scanner

    async def __call__(self, enter: Entry) -> bool:
        """Have the next file scanned that was not; False: none waits, or the scanner does not answer."""
        async with enter() as reading:
            waiting = await store.next_unscanned(reading)
        if waiting is None:
            return False
        try:
            scan = await self.scanner.scan(self.vault.pieces(waiting["place"]))
        except FileUnreadableError:
            _log.error("a kept file cannot be opened: %s", waiting["id"])
            return True
        if scan is Scan.NOT_SCANNED:
            return False
        async with enter() as reading:
            await store.end_scan(reading, waiting["place"], scan)
        return True
