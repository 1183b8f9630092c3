"""What may be written to the log: JSON lines with keys from one list, and of libraries no more than their name."""

import logging
from collections.abc import Mapping, MutableMapping
from typing import Any

import structlog

KEYS = (
    *("time", "level", "event", "request_id", "method", "route", "status", "duration_ms", "operation", "code"),
    *("fault_types", "fault_at", "fault_sqlstate", "logger", "message", "reason"),
)
# uvicorn's own sentences about itself; anything else that a library says may hold somebody's data.
_HARMLESS = frozenset(
    {
        "Started server process [%d]",
        "Waiting for application startup.",
        "Application startup complete.",
        "Application startup failed. Exiting.",
        "Uvicorn running on %s://%s:%d (Press CTRL+C to quit)",
        "Shutting down",
        "Waiting for connections to close. (CTRL+C to force quit)",
        "Waiting for background tasks to complete. (CTRL+C to force quit)",
        "Waiting for application shutdown.",
        "Application shutdown complete.",
        "Finished server process [%d]",
        "Invalid HTTP request received.",
        "Exception in ASGI application\n",
    }
)
_TEXT_LIMIT = 300


def configure() -> None:
    """Make this process log by the list; safe to call again. Run uvicorn without its access log."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
            only_listed_keys,
            structlog.processors.JSONRenderer(ensure_ascii=True),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(),
        cache_logger_on_first_use=False,
    )
    _configure_libraries()


def only_listed_keys(
    logger: object, method: str, event: MutableMapping[str, Any]
) -> Mapping[str, str | int | float | list[str] | None]:
    """The listed keys in the list's order, with short plain values; everything else is dropped."""
    return {key: _plain(event[key]) for key in KEYS if event.get(key) is not None}


def _plain(value: object) -> str | int | float | list[str] | None:
    if isinstance(value, str):
        return value[:_TEXT_LIMIT]
    if isinstance(value, int | float):
        return value
    if isinstance(value, list):
        return [item[:_TEXT_LIMIT] for item in value if isinstance(item, str)]
    return type(value).__name__


class LibraryLines(logging.Handler):
    """Records of libraries as lines of ours: who spoke and how loud, not what was said."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write the line; the message only when it is one of the harmless ones."""
        error = record.exc_info[1] if record.exc_info else None
        structlog.get_logger().log(
            record.levelno,
            "library",
            logger=record.name,
            message=record.getMessage().strip() if self._is_harmless(record) else None,
            fault_types=[f"{type(error).__module__}.{type(error).__qualname__}"] if error else None,
        )

    def _is_harmless(self, record: logging.LogRecord) -> bool:
        return record.name == "uvicorn.error" and record.msg in _HARMLESS


def _configure_libraries() -> None:
    root = logging.getLogger()
    for handler in [*root.handlers]:
        if isinstance(handler, LibraryLines) or type(handler) is logging.StreamHandler:
            root.removeHandler(handler)
    root.addHandler(LibraryLines())
    root.setLevel(logging.WARNING)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.asgi", "sqlalchemy", "asyncio", "strawberry"):
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True
        logger.setLevel(logging.INFO if name.startswith("uvicorn") else logging.WARNING)
    # One line per request is ours; Strawberry writes the query and the values of every error.
    for name in ("uvicorn.access", "strawberry.execution"):
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = False
        logger.disabled = True
