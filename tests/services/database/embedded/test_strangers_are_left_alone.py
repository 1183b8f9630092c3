"""The supervisor touches no process it did not start and no permission outside its own folder."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.database.embedded import binaries, child, options
from services.database.embedded.child import NOBODY
from services.database.embedded.problems import EmbeddedServerError
from services.database.embedded.server import EmbeddedServer
from tests.services.database.embedded.held import held_server
from tests.world.processes import alive, eventually, family

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A data folder that no server runs on, with the lock of a server that was killed."""
    folder = tmp_path / "database"
    with EmbeddedServer(folder, for_tests=True):
        lock = (folder / "postmaster.pid").read_text()
    (folder / "postmaster.pid").write_text(lock)
    return folder


@pytest.fixture
def stranger(database: Path, request: pytest.FixtureRequest) -> Iterator[subprocess.Popen[bytes]]:
    """A process that got the number which the killed server had."""
    where = database if "working_in_the_folder" in request.node.name else database.parent
    with subprocess.Popen(["sleep", "60"], cwd=where) as process:
        lock = database / "postmaster.pid"
        lock.write_text("\n".join([str(process.pid), *lock.read_text().splitlines()[1:]]) + "\n")
        yield process
        process.kill()


def test_a_stale_lock_with_a_strangers_number_is_neither_adopted_nor_killed(
    database: Path, stranger: subprocess.Popen[bytes]
) -> None:
    with EmbeddedServer(database, for_tests=True) as server:
        assert server.pid != stranger.pid
    assert stranger.poll() is None


def test_a_process_working_in_the_folder_is_left_alone_and_named(
    database: Path, stranger: subprocess.Popen[bytes]
) -> None:
    with pytest.raises(EmbeddedServerError, match=f"process {stranger.pid}.*stop it first"):
        EmbeddedServer(database, for_tests=True).start()
    assert stranger.poll() is None
    assert (database / "postmaster.pid").exists()


def test_nothing_outside_the_folder_changes_owner_or_permission(tmp_path: Path) -> None:
    home = tmp_path / "closed" / "home"
    home.mkdir(parents=True)
    home.parent.chmod(0o700)
    watched = [*home.parents, home, Path(sys.executable)]
    before = [(path.stat().st_mode, path.stat().st_uid, path.stat().st_gid) for path in watched]
    users = Path("/etc/passwd").read_bytes()
    with EmbeddedServer(home / "database", for_tests=True):
        pass
    assert [(path.stat().st_mode, path.stat().st_uid, path.stat().st_gid) for path in watched] == before
    assert Path("/etc/passwd").read_bytes() == users
    assert (home / "database").stat().st_mode & 0o077 == 0


@as_root
def test_the_server_of_root_holds_no_capability_and_is_nobody_to_itself(tmp_path: Path) -> None:
    with EmbeddedServer(tmp_path / "database", for_tests=True) as server:
        status = Path(f"/proc/{server.pid}/status").read_text()
    assert "CapEff:\t0000000000000000" in status


@as_root
def test_without_user_namespaces_root_becomes_nobody_and_still_ends_with_its_owner(tmp_path: Path) -> None:
    database, password = tmp_path / "database", tmp_path / "database.password"
    database.mkdir(mode=0o700)
    shutil.chown(database, NOBODY, NOBODY)  # what a start makes where namespaces are forbidden
    password.write_text("a password of this test")
    initdb: list[str | Path] = [binaries.program("initdb"), *options.INITIAL, f"--pwfile={password}", "-D", database]
    command = child.command(initdb, on_parents_death=signal.SIGTERM, own_folders=[database])
    subprocess.run(command, env=options.ENVIRONMENT, stdout=subprocess.DEVNULL, check=True)
    with held_server(database) as held:
        processes = family(held.pid)
        status = Path(f"/proc/{held.pid}/status").read_text()
        held.kill_holder()
        assert eventually(lambda: not any(alive(pid) for pid in processes))
    assert {path.stat().st_uid for path in database.rglob("*")} == {NOBODY}
    assert f"Uid:\t{NOBODY}\t{NOBODY}\t{NOBODY}\t{NOBODY}" in status
    assert "CapEff:\t0000000000000002" in status  # to pass the folders above its own, and nothing else


@as_root
@pytest.mark.skipif(shutil.which("setpriv") is None, reason="needs setpriv to become an ordinary user")
def test_an_ordinary_user_owns_everything_it_makes(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    shutil.chown(home, NOBODY, NOBODY)
    reach = "-all,+dac_read_search"  # the interpreter of this run may lie below a folder of root
    user = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
    as_nobody = [*user, f"--inh-caps={reach}", f"--ambient-caps={reach}"]
    with held_server(home / "database", *as_nobody) as held:
        processes = family(held.pid)
        made = {path.stat().st_uid for path in home.rglob("*")}
        held.kill_holder()
        assert eventually(lambda: not any(alive(pid) for pid in processes))
    assert made == {NOBODY}
