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
from collections import deque
from collections.abc import Sequence
from pathlib import Path
from types import CodeType, ModuleType
from typing import Final

import pytest
from hypothesis import Phase, settings

from tests.soak.mutants import mutants_of

ROOT: Final = Path(__file__).parents[2]
QUIET: Final = (
    "-x",
    "-q",
    "--no-header",
    "--noconftest",
    "--assert",
    "plain",
    "-p",
    "no:cacheprovider",
    "-p",
    "no:xdist",
    "--timeout",
    "0",
    "-m",
    "not soak",
)
PASSED, FAILED = 0, 1  # pytest's own numbers; others say that no such test was found, or that there was no time
AT_LEAST, AT_MOST = 20, 600  # seconds for one run of the tests
LATELY: Final = 3  # tests: what noticed one mutant mostly notices its neighbours
READ_BEFORE: Final = (
    "casbin",
    "sqlalchemy.ext.asyncio",
    "asyncpg",
    "anyio.pytest_plugin",
)  # what has read no rule may be shared by all processes


settings.register_profile("any example will do", phases=(Phase.explicit, Phase.generate), database=None)


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


class Judges:
    """The tests of one file, asked about one mutant at a time; those that noticed the last mutants are asked first."""

    def __init__(self, path: Path, tests: Sequence[str]) -> None:
        """`path` is the file that they are about."""
        self._path = path
        self._tests = tests
        self._lately: deque[str] = deque(maxlen=LATELY)

    def pass_on(self, tree: ast.Module, seconds: int) -> bool:
        """Whether all of them pass when the file is this; whatever runs longer than `seconds` has been noticed."""
        name = ".".join(self._path.relative_to(ROOT).with_suffix("").parts)
        ours, theirs = os.pipe()
        process = os.fork()
        if process == 0:
            code = FAILED
            with contextlib.suppress(BaseException):  # whatever a mutant does, its process ends here and says so
                signal.alarm(seconds)
                sys.meta_path.insert(0, Wrong(name, self._path, compile(tree, str(self._path), "exec")))
                code = self._code(theirs)
            os._exit(code)
        _, status = os.waitpid(process, 0)
        os.close(theirs)
        with os.fdopen(ours, encoding="utf-8") as said:
            self._remember(said.read())
        return os.waitstatus_to_exitcode(status) == PASSED

    def _code(self, tell: int) -> int:
        """What pytest says, in this process: of what noticed the last mutants, and else of everything."""
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, 1)
        os.dup2(nothing, 2)
        if self._lately and pytest.main([*QUIET, *self._lately], plugins=[SingleFirst(tell)]) == FAILED:
            return FAILED
        return int(pytest.main([*QUIET, *self._tests], plugins=[SingleFirst(tell)]))

    def _remember(self, test: str) -> None:
        if test in self._lately:
            self._lately.remove(test)
        if test:
            self._lately.appendleft(test)


class SingleFirst:
    """Tests that run once come before those that run for every function: most mistakes end there."""

    def __init__(self, tell: int) -> None:
        """`tell` is the file descriptor into which the test that fails is written."""
        self._tell = tell

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Sort them; whatever stands in one file keeps its order."""
        items.sort(key=lambda item: hasattr(item, "callspec"))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Only the first failure is met."""
        if report.failed and report.when == "call":
            os.write(self._tell, report.nodeid.encode())


def main(arguments: Sequence[str]) -> int:
    """`FILE TEST…`: one line of JSON for each mutant that no test notices, and the number of mutants last."""
    for library in READ_BEFORE:
        importlib.import_module(library)
    settings.load_profile("any example will do")
    os.chdir(ROOT)
    path, tests = ROOT / arguments[0], arguments[1:]
    judges, text, started = Judges(path, tests), path.read_text(encoding="utf-8"), time.monotonic()
    if not judges.pass_on(ast.parse(text), AT_MOST):
        sys.stderr.write(f"The tests do not pass within {AT_MOST} s without any mistake.\n")
        return 1
    seconds = AT_LEAST + 5 * int(time.monotonic() - started)
    found, is_any_alive = list(mutants_of(text)), False
    for mutant in found:
        if judges.pass_on(mutant.tree, seconds):
            is_any_alive = True
            print(json.dumps([mutant.source, mutant.mistake]), flush=True)
    if not is_any_alive and not judges.pass_on(ast.parse(text), seconds):  # those that noticed the last are now first
        sys.stderr.write(
            "The tests do not pass without any mistake after some of them were run: they noticed nothing.\n"
        )
        return 1
    print(len(found), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
