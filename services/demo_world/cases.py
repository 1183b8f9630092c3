"""A few invented records to look at, taken in through the import like anybody's; a second time changes nothing."""

import json
from pathlib import Path

from services.imports.commands import Arrival, Imported, import_message
from services.tools import open_tools

MESSAGES = Path(__file__).parent / "messages"


async def load(app_database_url: str, importer_secret: str) -> None:
    """Import every message of the demo in the name of the importer's session."""
    tools = open_tools(app_database_url, pool_size=1)
    try:
        for file in sorted(MESSAGES.glob("*.json")):
            async with tools.enter(importer_secret) as reading:
                if reading is None:
                    raise RuntimeError("the importer's session of the demo is not alive")
                outcome = await import_message(reading, json.loads(file.read_text(encoding="utf-8")), Arrival())
            if not isinstance(outcome, Imported):
                raise TypeError(f"the demo's message {file.name} was not taken in: {outcome}")
    finally:
        await tools.close()
