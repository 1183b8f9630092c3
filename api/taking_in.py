"""Messages into the platform: each is committed before anything is said of it."""

import logging
from collections.abc import AsyncGenerator, Sequence

from services.errors import WorkProblem
from services.imports.commands import Arrival, Imported, import_message
from services.tools import GivenUpError, Tools, database_is_away, lost_a_race

TOGETHER = 20  # messages in a transaction: what a statement costs, it costs once for all of them
ATTEMPTS = 4
Sent = tuple[object, Arrival]
Became = Imported | WorkProblem | Exception
_log = logging.getLogger("concordat.import")


class NoSessionError(LookupError):
    """No living session has this secret."""


async def take_in(tools: Tools, secret: str, sent: Sequence[Sent]) -> AsyncGenerator[Became, None]:
    """What became of each message, in order; several are one transaction where they can be. A fault that one meets
    stands in its place and keeps no other out. Raises NoSessionError, and what says that the database is away."""
    together = await _together(tools, secret, sent) if len(sent) > 1 else None
    for place, (message, arrival) in enumerate(sent):
        yield together[place] if together else await _alone(tools, secret, message, arrival)


async def _together(tools: Tools, secret: str, sent: Sequence[Sent]) -> list[Imported | WorkProblem] | None:
    """None when they cannot all go in one transaction, and nothing of them was stored."""
    try:
        async with tools.enter(secret) as reading:
            if reading is None:
                return None
            return await reading.all_of([import_message(reading, message, arrival) for message, arrival in sent])
    except Exception as error:  # noqa: BLE001 - whatever it is, each is tried for itself and says so for itself
        if not isinstance(error, GivenUpError) and not lost_a_race(error) and not database_is_away(error):
            _log.warning("messages could not go together: %s", type(error).__name__)
        return None


async def _alone(tools: Tools, secret: str, message: object, arrival: Arrival) -> Became:
    """In a transaction of its own; what lost a race is run again whole."""
    for attempt in range(1, ATTEMPTS + 1):
        try:
            async with tools.enter(secret) as reading:
                if reading is not None:
                    return await import_message(reading, message, arrival)
        except Exception as error:
            if database_is_away(error):
                raise
            if attempt == ATTEMPTS or not lost_a_race(error):
                return error
        else:
            raise NoSessionError
    raise AssertionError("unreachable")
