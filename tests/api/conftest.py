"""What tests of the door share."""

import logging
from collections.abc import Iterator

import pytest
import structlog

from api import logging_setup

_CONFIGURED = ("uvicorn", "uvicorn.error", "uvicorn.asgi", "uvicorn.access", "sqlalchemy", "asyncio", "strawberry")


@pytest.fixture
def log_of_a_server() -> Iterator[None]:
    """The log of a serving process, and afterwards the one that was there before."""
    loggers = [logging.getLogger(name) for name in (*_CONFIGURED, "strawberry.execution")]
    root, before = logging.getLogger(), [(one, one.level, one.propagate, one.disabled) for one in loggers]
    handlers, level = [*root.handlers], root.level
    logging_setup.configure()
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    for logger, its_level, propagate, disabled in before:
        logger.setLevel(its_level)
        logger.propagate, logger.disabled = propagate, disabled
    structlog.reset_defaults()
