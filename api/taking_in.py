"""One message into the platform: one transaction, committed before anything is said of it."""

from services.errors import WorkProblem
from services.imports.commands import Arrival, Imported, import_message
from services.tools import Tools, lost_a_race

ATTEMPTS = 4


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
