"""The demo's child processes: they end together, and none outlives the one that started them."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

from api.development.demo_folder import ROOT
from api.development.refusal import DevelopmentProblemError
from services.database.embedded import child

STOP_SECONDS = 3.0


class Processes:
    """`with Processes(folder) as processes: processes.start(...)`; each writes its log into the folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> "Processes":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self, name: str, arguments: list[str], environment: Mapping[str, str]) -> None:
        """`python -m api <arguments>`, in a session of its own: Ctrl-C is for the parent, which stops them in order.

        The administrator's address stays with the parent: no child needs it.
        """
        inherited = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        command = child.command([sys.executable, "-m", "api", *arguments], on_parents_death=signal.SIGTERM)
        with self._log(name).open("wb") as log:
            self._running[name] = subprocess.Popen(  # noqa: S603 - our own program, a list, no shell
                command,
                cwd=ROOT,
                env={**inherited, **environment},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def check(self) -> None:
        """A demo with a part missing is worse than none."""
        for name, process in self._running.items():
            if process.poll() is not None:
                raise DevelopmentProblemError(
                    f"The {name} ended unexpectedly (exit code {process.returncode}), so the demo ends: "
                    f"see {self._log(name)}.{self._last_words(name)}"
                )

    def stop(self) -> None:
        """Ask all, wait for all, then insist."""
        for process in self._running.values():
            process.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for process in self._running.values():
            try:
                process.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self._running.clear()

    def _log(self, name: str) -> Path:
        return self._folder / f"{name.replace(' ', '-')}.log"

    def _last_words(self, name: str) -> str:
        lines = self._log(name).read_text(errors="replace").strip().splitlines()
        return f" Its last words: {lines[-1]}" if lines else ""
