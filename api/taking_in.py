"""Messages into the platform: each is committed before anything is said of it."""

import logging
from collections.abc import Sequence

from services.errors import WorkProblem
from services.imports.commands import Arrival, Imported, import_message
from services.tools import GivenUpError, Tools, database_is_away, lost_a_race

ATTEMPTS = 4
_log = logging.getLogger("concordat.import")


async def take_in(tools: Tools, secret: str, message: object, arrival: Arrival) -> Imported | WorkProblem | None:
    """What became of a message; None when no living session has this secret. What lost a race is run again whole."""
    for attempt in range(1, ATTEMPTS + 1):
        try:
            async with tools.enter(secret) as reading:
                return None if reading is None else await import_message(reading, message, arrival)
        except Exception as error:
            if attempt == ATTEMPTS or not lost_a_race(error):
                raise
    raise AssertionError("unreachable")


async def take_in_together(
    tools: Tools, secret: str, messages: Sequence[object], arrival: Arrival
) -> list[Imported | WorkProblem] | None:
    """What became of several messages, in one transaction; None when they cannot all go together, and nothing of them
    was stored: then each has to be taken in for itself."""
    try:
        async with tools.enter(secret) as reading:
            if reading is None:
                return None
            return await reading.all_of([import_message(reading, message, arrival) for message in messages])
    except Exception as error:  # noqa: BLE001 - whatever it is, each is tried for itself and says so for itself
        if not isinstance(error, GivenUpError) and not lost_a_race(error) and not database_is_away(error):
            _log.warning("messages could not go together: %s", type(error).__name__)
        return None
