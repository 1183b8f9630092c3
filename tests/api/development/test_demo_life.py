"""The demo belongs to whoever started it: it ends as a whole, on every way out, and says why when it must."""

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.world.demo import Demo, running_demo
from tests.world.processes import alive

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
PATIENCE = 60  # seconds; how long a busy machine may take to end what it started


@pytest.fixture
def demo(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Demo]:
    """A demo in a path with a space; behind a shell, as make stands before it, where asked."""
    behind = ["sh", "-c", '"$@"; true', "make"] if "make" in request.node.name else []
    with running_demo(tmp_path / "a demo", behind=behind) as started:
        yield started


def files_of(demo: Demo, part: str) -> dict[bytes, bytes]:
    """What a child needs to open the files of cases."""
    lines = Path(f"/proc/{demo.part(part)}/environ").read_bytes().split(b"\0")
    named = dict(line.split(b"=", 1) for line in lines if b"=" in line)
    return {name: named[name] for name in (b"ATTACHMENTS_FOLDER", b"PROVIDER_SECRET_KEYS") if name in named}


def test_secrets_stay_in_private_files_and_ctrl_c_ends_everything(demo: Demo, tmp_path: Path) -> None:
    lines = demo.said.read_text().splitlines()
    assert [line.split(" ")[0] for line in lines] == ["Starting", "Preparing", "Starting", "Ready:"]
    private = [file for file in (tmp_path / "a demo").iterdir() if file.suffix in (".secret", ".password", ".json")]
    secrets = ("database.password", "worker.secret", "importer.secret", "provider-secrets.secret")
    notes = ("importer.json", "supplier.json")
    assert {file.name: file.stat().st_mode & 0o777 for file in private} == dict.fromkeys(secrets + notes, 0o600)
    arguments = b"".join(Path(f"/proc/{pid}/cmdline").read_bytes() for pid in demo.processes if alive(pid))
    assert [file.name for file in private if file.read_bytes() in arguments] == []
    administrators = (tmp_path / "a demo" / "database.password").read_bytes()
    for part in ("serve", "issuers", "worker"):
        assert administrators not in Path(f"/proc/{demo.part(part)}/environ").read_bytes()
    kept = {part: files_of(demo, part) for part in ("serve", "worker")}
    assert kept["worker"] == kept["serve"]
    assert len(kept["worker"]) == 2
    demo.parent.send_signal(signal.SIGINT)
    assert demo.parent.wait(PATIENCE) == 0
    assert demo.gone()
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
    assert demo.parent.wait(PATIENCE) == 1
    assert "The worker ended unexpectedly" in demo.said.read_text()
    assert demo.gone()


def test_the_database_that_dies_ends_the_demo_and_is_named(demo: Demo) -> None:
    os.kill(demo.part("-D"), signal.SIGKILL)
    assert demo.parent.wait(PATIENCE) == 1
    assert "PostgreSQL ended unexpectedly" in demo.said.read_text()
    assert demo.gone()
