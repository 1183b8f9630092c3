"""What an unexpected exception may tell: its type, its place in the code, and whether trying again can help."""

from collections.abc import Iterator
from enum import Enum, auto
from traceback import walk_tb
from types import FrameType

import structlog

_DEEPEST_FRAMES = 12
# SQLSTATE classes and codes: PostgreSQL 18 manual, appendix A.
_STOPPED = frozenset({"57014", "25P03", "25P04"})  # statement, idle and transaction timeouts
_TRY_AGAIN = frozenset({"40001", "40P01", "55P03", "57P01", "57P02", "57P03"})
_TRY_AGAIN_CLASSES = frozenset({"08", "53"})  # connection trouble, no resources


class Classified(Enum):
    """What kind of trouble an exception is, seen from the client."""

    BUSY = auto()
    TIMEOUT = auto()
    UNEXPECTED = auto()


def classify(error: BaseException) -> Classified:
    """Whether the same request may work a moment later; by type and SQLSTATE, never by what an exception says."""
    kinds = {_one(cause) for cause in _causes(error)}
    return next((kind for kind in (Classified.TIMEOUT, Classified.BUSY) if kind in kinds), Classified.UNEXPECTED)


def log_fault(error: BaseException) -> None:
    """Write down where it happened; arguments of exceptions hold values of records and stay out."""
    causes = list(_causes(error))
    structlog.get_logger().error(
        "fault",
        fault_types=[_name(cause) for cause in causes],
        fault_at=_places(causes[-1]) or _places(error),
        fault_sqlstate=next((state for cause in causes if (state := _sqlstate(cause))), None),
    )


def _one(error: BaseException) -> Classified:
    state = _sqlstate(error)
    if state in _STOPPED:
        return Classified.TIMEOUT
    if state and (state in _TRY_AGAIN or state[:2] in _TRY_AGAIN_CLASSES):
        return Classified.BUSY
    # The door knows no SQL library, so the pool's own timeout is recognised by its name.
    if isinstance(error, ConnectionError) or _name(error) == "sqlalchemy.exc.TimeoutError":
        return Classified.BUSY
    return Classified.TIMEOUT if isinstance(error, TimeoutError) else Classified.UNEXPECTED


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        yield current
        # Only what was meant as a cause: an exception that merely happened before says nothing about this one.
        links = (getattr(current, name, None) for name in ("original_error", "orig", "__cause__"))
        current = next((link for link in links if isinstance(link, BaseException)), None)


def _name(error: BaseException) -> str:
    return f"{type(error).__module__}.{type(error).__qualname__}"


def _sqlstate(error: BaseException) -> str | None:
    state = getattr(error, "sqlstate", None)
    return state if isinstance(state, str) and len(state) == 5 and state.isalnum() else None


def _places(error: BaseException) -> list[str]:
    frames = [(frame, line) for frame, line in walk_tb(error.__traceback__)]
    return [f"{_module(frame)}:{line}" for frame, line in frames[-_DEEPEST_FRAMES:]]


def _module(frame: FrameType) -> str:
    return str(frame.f_globals.get("__name__", "?"))
