"""What the demo keeps is private, stays from start to start, and goes with one command."""

from pathlib import Path

import pytest

from api.development import demo_folder
from api.development.refusal import DevelopmentProblemError
from services.database.embedded.problems import EmbeddedServerError
from services.database.embedded.server import EmbeddedServer


def test_a_secret_stays_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    first = demo_folder.secret(tmp_path, "worker")
    assert len(first) > 40
    assert demo_folder.secret(tmp_path, "worker") == first
    assert demo_folder.secret(tmp_path, "importer") != first
    assert (tmp_path / "worker.secret").stat().st_mode & 0o777 == 0o600


def test_the_importer_finds_the_running_demo(tmp_path: Path) -> None:
    assert demo_folder.importer_environment(tmp_path) == {}
    demo_folder.write_importer_environment(tmp_path, {"APP_DATABASE_URL": "postgresql://x"})
    assert demo_folder.importer_environment(tmp_path) == {"APP_DATABASE_URL": "postgresql://x"}
    assert (tmp_path / demo_folder.IMPORTER).stat().st_mode & 0o777 == 0o600


def test_a_folder_that_cannot_be_made_is_named_with_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(DevelopmentProblemError, match=r"cannot be written .*: make it writable"):
        demo_folder.open_folder(tmp_path / "file")


def test_reset_removes_everything_but_nothing_while_a_demo_runs(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    with EmbeddedServer(demo_folder.database_folder(folder), for_tests=True) as server:
        with pytest.raises(EmbeddedServerError, match="in use by another running process"):
            demo_folder.reset(folder)
        assert server.running()
        assert (folder / "database" / "PG_VERSION").exists()
    sockets = tmp_path / "concordat-of-a-killed-demo"
    sockets.mkdir()
    (folder / "database.socket").write_text(str(sockets))
    demo_folder.reset(folder)
    assert not folder.exists()
    assert not sockets.exists()
    demo_folder.reset(folder)
