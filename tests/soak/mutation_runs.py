"""The tests that judge a file, run against it with one mistake at a time, each in a process of its own."""

import ast
import contextlib
import importlib.abc
import importlib.machinery
import importlib.util
import json
import os
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import CodeType, ModuleType
from typing import Final

import pytest

from tests.soak.mutants import mutants_of

ROOT: Final = Path(__file__).parents[2]
QUIET: Final = (
    "-x",
    "-q",
    "--noconftest",
    "-p",
    "no:cacheprovider",
    "-p",
    "no:xdist",
    "--timeout",
    "0",
    "-m",
    "not soak",
)
PASSED: Final = 0
AT_LEAST, AT_MOST = 20, 600  # seconds for one run of the tests
READ_BEFORE: Final = ("casbin", "sqlalchemy", "asyncpg")  # what has read no rule may be shared by all processes


class Wrong(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives one module's name a mutant's code; everything else is found where it stands."""

    def __init__(self, name: str, path: Path, code: CodeType) -> None:
        """`path` is where the module says that it stands."""
        self._name = name
        self._path = path
        self._code = code

    def find_spec(
        self, fullname: str, _path: Sequence[str] | None, _target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """A specification for the one name."""
        if fullname != self._name:
            return None
        return importlib.util.spec_from_file_location(fullname, self._path, loader=self)

    def exec_module(self, module: ModuleType) -> None:
        """Run the mutant as the module."""
        exec(self._code, module.__dict__)  # noqa: S102 - a mutant of our own file


def is_passed(path: Path, tree: ast.Module, tests: Sequence[str], seconds: int) -> bool:
    """Whether all these tests pass when the file is this; whatever runs longer than `seconds` has been noticed."""
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    process = os.fork()
    if process == 0:
        code = 1
        with contextlib.suppress(BaseException):  # whatever a mutant does, its process ends here and says so
            signal.alarm(seconds)
            code = _run(Wrong(name, path, compile(tree, str(path), "exec")), tests)
        os._exit(code)
    _, status = os.waitpid(process, 0)
    return os.waitstatus_to_exitcode(status) == PASSED


def _run(wrong: Wrong, tests: Sequence[str]) -> int:
    sys.meta_path.insert(0, wrong)
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)
    return int(pytest.main([*QUIET, *tests], plugins=[SingleFirst()]))


class SingleFirst:
    """Tests that run once come before those that run for every function: most mistakes end there."""

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Sort them; whatever stands in one file keeps its order."""
        items.sort(key=lambda item: hasattr(item, "callspec"))


def main(arguments: Sequence[str]) -> int:
    """`FILE TEST…`: one line of JSON for each mutant that no test notices, and the number of mutants last."""
    for library in READ_BEFORE:
        importlib.import_module(library)
    os.chdir(ROOT)
    path, tests = ROOT / arguments[0], arguments[1:]
    text, started = path.read_text(encoding="utf-8"), time.monotonic()
    if not is_passed(path, ast.parse(text), tests, AT_MOST):
        sys.stderr.write(f"The tests do not pass within {AT_MOST} s without any mistake.\n")
        return 1
    seconds = AT_LEAST + 5 * int(time.monotonic() - started)
    found = list(mutants_of(text))
    for mutant in found:
        if is_passed(path, mutant.tree, tests, seconds):
            print(json.dumps([mutant.source, mutant.mistake]), flush=True)
    print(len(found), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
