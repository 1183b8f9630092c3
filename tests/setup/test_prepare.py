"""Setting up ends well or in one sentence that says what to do."""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PREPARE = ROOT / "requirements" / "prepare.py"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of what setting up reads, in a path with a space."""
    copy = tmp_path / "a copy"
    shutil.copytree(PREPARE.parent, copy / "requirements", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "Makefile", copy)
    return copy


def prepare(project: Path, before: str = "") -> subprocess.CompletedProcess[str]:
    """The program as make runs it, after a line that spoils something."""
    script = project / "requirements" / "prepare.py"
    start = f"import runpy\nsys.argv = ['', 'base']\nrunpy.run_path({str(script)!r}, run_name='__main__')"
    program = f"import sys\n{before}\n{start}"
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)


def only_sentence(ended: subprocess.CompletedProcess[str]) -> str:
    """What was said, when it is one line, no traceback, and a failure."""
    assert (ended.returncode, ended.stderr, ended.stdout.count("\n")) == (1, "", 1), ended
    return ended.stdout


def test_an_old_python_can_read_the_file() -> None:
    text = PREPARE.read_bytes()
    ast.parse(text, feature_version=(3, 4))
    text.decode("ascii")  # a Python 2 stops at the first other letter
    assert b'f"' not in text


def test_a_too_old_python_is_told_which_one_is_needed(project: Path) -> None:
    said = only_sentence(prepare(project, "sys.version_info = (3, 8, 18)"))
    assert "Python 3.11 or newer is needed" in said
    assert "is 3.8" in said
    assert "make PY=" in said


@pytest.mark.parametrize("module", ["venv", "ensurepip"])
def test_a_missing_venv_module_names_the_package_to_install(project: Path, module: str) -> None:
    said = only_sentence(prepare(project, f"sys.modules[{module!r}] = None"))
    assert f"apt install python{sys.version_info.major}.{sys.version_info.minor}-venv" in said


@pytest.mark.parametrize("module", ["venv", "ensurepip"])
def test_a_missing_venv_module_leaves_nothing_behind(project: Path, module: str) -> None:
    prepare(project, f"sys.modules[{module!r}] = None")
    assert not (project / ".venv").exists()


def test_a_folder_that_cannot_be_written_is_named(project: Path) -> None:
    said = only_sentence(prepare(project, "import os\nos.access = lambda path, mode: False"))
    assert f"The folder {project} cannot be written" in said


def test_a_second_run_starts_no_program(project: Path) -> None:
    (project / ".venv").mkdir()
    namespace = {"__file__": str(project / "requirements" / "prepare.py"), "__name__": "prepare"}
    exec(compile(PREPARE.read_text(), "prepare.py", "exec"), namespace)  # noqa: S102 - our own file, to ask it for its stamp
    stamp = f"{namespace['environment']()}\ndev {namespace['digest']('dev')}\n"  # type: ignore[operator]  # functions of exec
    (project / ".venv" / ".prepared").write_text(stamp)
    ended = prepare(project, "import subprocess\nsubprocess.call = None")
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")
    (project / "requirements" / "dev.txt").write_text("another lock")
    assert prepare(project, "import subprocess\nsubprocess.call = None").returncode != 0


def test_make_alone_lists_the_targets_and_a_missing_python_is_said(project: Path) -> None:
    listed = subprocess.run(["make"], cwd=project, capture_output=True, text=True, check=True).stdout
    assert {"demo", "test", "reset", "contract", "lock"} <= {line.split()[1] for line in listed.splitlines()}
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    command = ["make", "PY=no-such-python", "demo"]
    missing = subprocess.run(command, cwd=project, capture_output=True, text=True, env=environment, check=False)
    assert missing.returncode != 0
    assert "There is no no-such-python here: install Python 3.11 or newer" in missing.stdout
