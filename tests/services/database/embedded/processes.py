"""A server under another Python process that a test may kill, and what the kernel says about processes."""

import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

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


def family(pid: int) -> set[int]:
    """A process and all below it; what ends meanwhile has no children."""
    try:
        children = {int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()}
    except (FileNotFoundError, ProcessLookupError):
        children = set()
    return {pid}.union(*(family(child) for child in children))


def alive(pid: int) -> bool:
    """Whether a process exists and is more than an entry that nobody has collected yet."""
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False


def eventually(holds: Callable[[], bool], seconds: float = 10.0) -> bool:
    """Whether it comes true in time."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True
