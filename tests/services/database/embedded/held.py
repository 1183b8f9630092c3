"""A server under another Python process, which a test may kill."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.world.processes import alive, eventually

ROOT = Path(__file__).parents[4]
HOLD = """
import pathlib, signal, sys
from services.database.embedded.server import EmbeddedServer
with EmbeddedServer(pathlib.Path(sys.argv[1])) as server:
    print(server.pid, server.url("postgres"), flush=True)
    signal.pause()
"""


@dataclass(frozen=True)
class Held:
    """A process that owns a server, the server's pid and its administrator's address."""

    holder: subprocess.Popen[str]
    pid: int
    address: str

    def kill_holder(self) -> None:
        """As `kill -9` does: no chance to say goodbye."""
        self.holder.kill()
        self.holder.wait()


@contextmanager
def held_server(folder: Path, *prefix: str) -> Iterator[Held]:
    """A server under a process of its own; afterwards both are gone, and what a killed owner leaves too."""
    command = [*prefix, sys.executable, "-c", HOLD, str(folder)]
    holder = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    with holder.stdout as said:
        pid, _, address = said.readline().strip().partition(" ")
    assert pid, f"the server did not start; exit code {holder.wait()}"
    sockets = folder.with_name(f"{folder.name}.socket").read_text()
    held = Held(holder, int(pid), address)
    try:
        yield held
    finally:
        held.kill_holder()
        eventually(lambda: not alive(held.pid))
        shutil.rmtree(sockets, ignore_errors=True)
