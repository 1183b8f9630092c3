"""One PostgreSQL server that belongs to this process: it starts with it, stops with it and dies with it."""

import shutil
import signal
import subprocess
import threading
import time
from pathlib import Path
from types import TracebackType
from urllib.parse import quote

from services.database.embedded import binaries, child, options
from services.database.embedded.folder import DataFolder
from services.database.embedded.problems import EmbeddedServerError

START_SECONDS = 60.0  # crash recovery may have work to do
STOP_SECONDS = 5.0
READY_LINE = 7  # of postmaster.pid, counted from 0: the line in which the server says that it accepts connections


class EmbeddedServer:
    """`with EmbeddedServer(folder) as server: server.url("postgres")`.

    `patience` is how long to wait for the last owner's server to finish. `for_tests` trades durability for speed.
    Start it from the main thread: the kernel ties the server's life to the thread that started it.
    """

    def __init__(self, data_dir: Path, *, for_tests: bool = False, patience: float = 10.0) -> None:
        self._folder = DataFolder(data_dir)
        self._for_tests = for_tests
        self._patience = patience
        self._process: subprocess.Popen[bytes] | None = None
        self._sockets: Path | None = None

    def __enter__(self) -> "EmbeddedServer":
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Own the folder, fill it the first time, and wait until the server accepts connections."""
        if threading.current_thread() is not threading.main_thread():
            raise RuntimeError("start the embedded server from the main thread")
        self._folder.acquire(self._patience)
        try:
            if not self._folder.path.exists():
                self._initialise()
            self._folder.forget_crashed_server()
            self._launch()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Stop fast and cleanly; a server that does not obey is killed, which loses nothing acknowledged."""
        if self._process is not None:
            for order in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
                self._process.send_signal(order)
                try:
                    self._process.wait(STOP_SECONDS)
                    break
                except subprocess.TimeoutExpired:
                    continue
            self._process = None
        if self._sockets is not None:
            self._folder.remove_socket_folder()
            self._sockets = None
        self._folder.release()

    def url(self, database: str) -> str:
        """The administrator's URL of one database; it holds the password."""
        if self._sockets is None:
            raise RuntimeError("the embedded server is not running")
        password, host = quote(self._folder.password(), safe=""), quote(str(self._sockets), safe="")
        return f"postgresql://postgres:{password}@/{quote(database, safe='')}?host={host}"

    def running(self) -> bool:
        """Whether the server's main process lives."""
        return self._process is not None and self._process.poll() is None

    def check(self) -> None:
        """A server that has ended is said once, with what it said last."""
        if not self.running():
            raise EmbeddedServerError(f"PostgreSQL ended unexpectedly: {self._last_words()}")

    @property
    def pid(self) -> int:
        """The server's main process."""
        if self._process is None:
            raise RuntimeError("the embedded server is not running")
        return self._process.pid

    def _initialise(self) -> None:
        """Into a folder with another name first: a start that was killed half-way leaves no half database."""
        unfinished = self._folder.beside("unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700)
        password = self._folder.new_password()
        arguments: list[str | Path] = [
            binaries.program("initdb"),
            *options.INITIAL,
            f"--pwfile={password}",
            "-D",
            unfinished,
        ]
        process = self._spawn(arguments, [unfinished], on_parents_death=signal.SIGTERM)
        if process.wait() != 0:
            raise EmbeddedServerError(f"The embedded PostgreSQL could not make its folder: {self._last_words()}")
        unfinished.rename(self._folder.path)

    def _launch(self) -> None:
        self._sockets = self._folder.new_socket_folder()
        data = self._folder.path
        arguments: list[str | Path] = [
            binaries.program("postgres"),
            *options.arguments(data, self._sockets, for_tests=self._for_tests),
        ]
        self._process = self._spawn(arguments, [data, self._sockets], on_parents_death=signal.SIGINT)
        deadline = time.monotonic() + START_SECONDS
        while not self._ready():
            if not self.running() or time.monotonic() > deadline:
                raise EmbeddedServerError(f"The embedded PostgreSQL did not start: {self._last_words()}")
            time.sleep(0.01)

    def _spawn(
        self, arguments: list[str | Path], folders: list[Path], *, on_parents_death: signal.Signals
    ) -> subprocess.Popen[bytes]:
        """A session of its own: Ctrl-C at the keyboard is for the parent, which stops its children in order."""
        with self._folder.new_file("log").open("wb") as log:
            return subprocess.Popen(  # noqa: S603 - our own programs, a list, no shell
                child.command(arguments, on_parents_death=on_parents_death, own_folders=folders),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=options.ENVIRONMENT,
                cwd=self._folder.path.parent,
                pass_fds=[self._folder.lock],
                start_new_session=True,
            )

    def _ready(self) -> bool:
        try:
            lines = (self._folder.path / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return False
        return len(lines) > READY_LINE and lines[0] == str(self.pid) and lines[READY_LINE].strip() == "ready"

    def _last_words(self) -> str:
        lines = self._folder.beside("log").read_text(errors="replace").strip().splitlines()
        return f"{lines[-1] if lines else 'it said nothing'} (all of it: {self._folder.beside('log')})"
