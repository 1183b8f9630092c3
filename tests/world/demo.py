"""A running demo, as `make demo` runs it, in a folder of its own."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.world.processes import alive, eventually, family

ROOT = Path(__file__).parents[2]
START = """
import pathlib, sys
from api.__main__ import one_sentence
from api.development.demo import run
with one_sentence():
    run(int(sys.argv[1]), stop_with_parent=len(sys.argv) > 3, folder=pathlib.Path(sys.argv[2]))
"""


@dataclass(frozen=True)
class Demo:
    """A running demo: its parent process, and every process that was running when it was ready."""

    parent: subprocess.Popen[str]
    processes: frozenset[int]
    said: Path
    port: int

    def gone(self, seconds: float = 10.0) -> bool:
        """Whether nothing is left."""
        return eventually(lambda: not any(alive(pid) for pid in self.processes), seconds)

    def part(self, argument: str) -> int:
        """The child that was started with this command."""
        found = [
            pid for pid in self.processes if argument.encode() in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        ]
        assert len(found) == 1
        return found[0]


def free_ports() -> int:
    """The first of two free ports that stand side by side."""
    for port in range(20000 + os.getpid() % 10000, 60000, 2):
        with socket.socket() as first, socket.socket() as second:
            try:
                first.bind(("127.0.0.1", port))
                second.bind(("127.0.0.1", port + 1))
            except OSError:
                continue
            return port
    raise AssertionError("no two free ports")


@contextmanager
def running_demo(folder: Path, *, behind: Sequence[str] = (), port: int | None = None) -> Iterator[Demo]:
    """Ready to be used; `behind` stands before it as make does. Whatever happens, it is ended."""
    said = folder.with_name(f"{folder.name} said")
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    where = port or free_ports()
    command = [*behind, sys.executable, "-c", START, str(where), str(folder), *behind[:1]]
    with said.open("w") as out:
        parent = subprocess.Popen(command, cwd=ROOT, stdout=out, stderr=out, text=True, env=environment)
    try:
        assert eventually(lambda: "Ready: " in said.read_text() or parent.poll() is not None, 60), said.read_text()
        assert parent.poll() is None, said.read_text()
        yield Demo(parent, frozenset(family(parent.pid)), said, where)
    finally:
        parent.terminate()
        parent.wait()
        _remove_what_a_killed_parent_leaves(folder / "database.socket")


def _remove_what_a_killed_parent_leaves(note: Path) -> None:
    """The socket's folder, which the next start would remove."""
    if note.exists():
        shutil.rmtree(note.read_text(), ignore_errors=True)
