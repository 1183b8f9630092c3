"""The demo belongs to whoever started it: it ends as a whole, on every way out, and says why when it must."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.world.processes import alive, eventually, family

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
ROOT = Path(__file__).parents[3]
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


@pytest.fixture
def demo(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Demo]:
    """A demo in a folder of its own, in a path with a space; behind a shell, as make stands before it, where asked."""
    before = ["sh", "-c", '"$@"; true', "make"] if "make" in request.node.name else []
    said = tmp_path / "said"
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    command = [*before, sys.executable, "-c", START, str(free_ports()), str(tmp_path / "a demo"), *before[:1]]
    with said.open("w") as out:
        parent = subprocess.Popen(command, cwd=ROOT, stdout=out, stderr=out, text=True, env=environment)
    try:
        assert eventually(lambda: "Ready: " in said.read_text() or parent.poll() is not None, 60), said.read_text()
        assert parent.poll() is None, said.read_text()
        yield Demo(parent, frozenset(family(parent.pid)), said)
    finally:
        parent.terminate()
        parent.wait()
        _remove_what_a_killed_parent_leaves(tmp_path / "a demo" / "database.socket")


def _remove_what_a_killed_parent_leaves(note: Path) -> None:
    """The socket's folder, which the next start would remove."""
    if note.exists():
        shutil.rmtree(note.read_text(), ignore_errors=True)


def test_secrets_stay_in_private_files_and_ctrl_c_ends_everything(demo: Demo, tmp_path: Path) -> None:
    lines = demo.said.read_text().splitlines()
    assert [line.split(" ")[0] for line in lines] == ["Starting", "Preparing", "Starting", "Ready:"]
    private = [file for file in (tmp_path / "a demo").iterdir() if file.suffix in (".secret", ".password", ".json")]
    assert {file.name: file.stat().st_mode & 0o777 for file in private} == dict.fromkeys(
        ("database.password", "worker.secret", "importer.secret", "importer.json"), 0o600
    )
    arguments = b"".join(Path(f"/proc/{pid}/cmdline").read_bytes() for pid in demo.processes if alive(pid))
    assert [file.name for file in private if file.read_bytes() in arguments] == []
    administrators = (tmp_path / "a demo" / "database.password").read_bytes()
    for part in ("serve", "issuers", "worker"):
        assert administrators not in Path(f"/proc/{demo.part(part)}/environ").read_bytes()
    started = time.monotonic()
    demo.parent.send_signal(signal.SIGINT)
    assert demo.parent.wait(10) == 0
    assert time.monotonic() - started < 5
    assert demo.gone(0.5)
    assert demo.said.read_text().endswith("Ended.\n")


def test_killing_the_parent_ends_everything(demo: Demo) -> None:
    demo.parent.kill()
    assert demo.gone()


def test_killing_make_ends_everything(demo: Demo) -> None:
    assert demo.part("serve") != demo.parent.pid
    demo.parent.kill()
    assert demo.gone()
    assert demo.said.read_text().endswith("Ended.\n")


def test_a_part_that_dies_ends_the_demo_and_is_named(demo: Demo) -> None:
    os.kill(demo.part("worker"), signal.SIGKILL)
    assert demo.parent.wait(10) == 1
    assert "The worker ended unexpectedly" in demo.said.read_text()
    assert demo.gone(0.5)


def test_the_database_that_dies_ends_the_demo_and_is_named(demo: Demo) -> None:
    os.kill(demo.part("-D"), signal.SIGKILL)
    assert demo.parent.wait(10) == 1
    assert "PostgreSQL ended unexpectedly" in demo.said.read_text()
    assert demo.gone()
