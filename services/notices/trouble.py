"""What goes wrong in one thing that the worker does is written down, and keeps it from nothing else."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from traceback import walk_tb

from services.tools import database_is_away

_log = logging.getLogger("concordat.worker")


class NoSessionError(RuntimeError):
    """The worker's service session is not alive."""


@contextmanager
def going_on(what: str) -> Iterator[None]:
    """Whatever fails inside is in the log, and what comes after is done. Not where nothing could be done any more: the
    database is away, or the session is over."""
    try:
        yield
    except NoSessionError:
        raise
    except Exception as problem:
        if database_is_away(problem):
            raise
        _log.error("%s failed: %s", what, _told(problem))


def _told(problem: Exception) -> str:
    """Its type, the database's code for it and where it happened; its words may hold somebody's data."""
    kind = f"{type(problem).__module__}.{type(problem).__qualname__}"
    state = getattr(getattr(problem, "orig", None), "sqlstate", None)
    places = [f"{frame.f_globals.get('__name__', '?')}:{line}" for frame, line in walk_tb(problem.__traceback__)]
    ours = [place for place in places if place.startswith("services.")]
    return " ".join(part for part in (kind, state, ours[-1] if ours else "") if part)
