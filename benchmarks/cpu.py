"""CPU time of this process and of one PostgreSQL backend, in seconds: steadier than the clock on a busy machine."""

import os
import time
from dataclasses import dataclass
from pathlib import Path

TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Spent:
    """CPU seconds of the server's Python and of its database connection."""

    python: float
    postgresql: float

    @property
    def total(self) -> float:
        """Both together."""
        return self.python + self.postgresql

    def __add__(self, other: "Spent") -> "Spent":
        return Spent(self.python + other.python, self.postgresql + other.postgresql)

    def __sub__(self, other: "Spent") -> "Spent":
        return Spent(self.python - other.python, self.postgresql - other.postgresql)


def spent(backend: int) -> Spent:
    """What was spent until now; `backend` is the process id that PostgreSQL names for the connection (Linux only)."""
    fields = Path(f"/proc/{backend}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    user, system = int(fields[11]), int(fields[12])
    return Spent(time.process_time(), (user + system) / TICKS_PER_SECOND)
