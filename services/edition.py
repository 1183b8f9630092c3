"""Which regime rows the running operation knows beside the committed ones: what two people entered before it began."""

from contextvars import ContextVar
from typing import Final

ENTERED_ROWS: Final[ContextVar[str | None]] = ContextVar("entered_rows", default=None)
"""A JSON list as the database gave it, the earliest row first; None: no row was ever entered."""
