"""The data folder: one owner at a time, a password only its owner can read, no lock left from a crash.

The lock is inherited by the server and all its processes, so it is free exactly when none of them lives.
"""

import fcntl
import os
import secrets
import shutil
import tempfile
import time
from pathlib import Path

from services.database.embedded.problems import EmbeddedServerError

SOCKET_PREFIX = "concordat-"
LONGEST_TEMPORARY_FOLDER = 70  # leaves room for our folder's name and the socket's


class DataFolder:
    """The files beside the data: `<name>.lock`, `<name>.password`, `<name>.socket` and `<name>.log`."""

    def __init__(self, path: Path) -> None:
        self.path = path.absolute()
        self.lock = -1

    def beside(self, ending: str) -> Path:
        """A file of the same name with another ending, next to the data folder."""
        return self.path.with_name(f"{self.path.name}.{ending}")

    def acquire(self, patience: float) -> None:
        """Own the folder, or say who does; a server whose parent was just killed gets time to finish."""
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.lock = os.open(self.beside("lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as problem:
            raise EmbeddedServerError(
                f"The folder {self.path.parent} cannot be written ({problem.strerror}): "
                "make it writable for this user, or work in a copy of the project that is."
            ) from None
        deadline = time.monotonic() + patience
        while not self._locked():
            if time.monotonic() > deadline:
                self.release()
                raise EmbeddedServerError(
                    f"The database folder {self.path} is in use by another running process: end that one first."
                )
            time.sleep(0.05)

    def _locked(self) -> bool:
        try:
            fcntl.flock(self.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def release(self) -> None:
        """Give the folder back; the kernel does the same after a crash."""
        if self.lock >= 0:
            os.close(self.lock)
            self.lock = -1

    def new_password(self) -> Path:
        """A fresh password for the administrator, in a file."""
        file = self.new_file("password")
        file.write_text(secrets.token_urlsafe(32))
        return file

    def new_file(self, ending: str) -> Path:
        """An empty file that only its owner may read."""
        file = self.beside(ending)
        file.unlink(missing_ok=True)
        file.touch(mode=0o600, exist_ok=False)
        return file

    def password(self) -> str:
        """The password of the administrator of the server in this folder."""
        try:
            return self.beside("password").read_text().strip()
        except OSError as problem:
            raise EmbeddedServerError(
                f"The password file {self.beside('password')} cannot be read ({problem.strerror}): "
                "use the user who made it, or start empty with `make reset`."
            ) from None

    def new_socket_folder(self) -> Path:
        """A private folder with a short path (a socket's path has about 107 bytes)."""
        self.remove_socket_folder()
        folder = Path(tempfile.mkdtemp(prefix=SOCKET_PREFIX, dir=_short_temporary_folder()))
        self.new_file("socket").write_text(str(folder))
        return folder

    def remove_socket_folder(self) -> None:
        """Leave nothing behind in the temporary folder, whoever owned this one last."""
        note = self.beside("socket")
        if note.exists():
            folder = Path(note.read_text())
            if folder.name.startswith(SOCKET_PREFIX):
                shutil.rmtree(folder, ignore_errors=True)
            note.unlink()

    def forget_crashed_server(self) -> None:
        """Remove a stale `postmaster.pid`: its number may by now belong to a process that is none of ours.

        We hold the lock, so no server of ours lives; one that somebody started by hand works *in* the folder.
        """
        file = self.path / "postmaster.pid"
        try:
            pid = int(file.read_text().splitlines()[0])
            cwd = Path(f"/proc/{pid}/cwd").readlink()
        except FileNotFoundError:
            if Path("/proc/self").exists():
                file.unlink(missing_ok=True)
            return
        except (OSError, ValueError, IndexError):
            return  # cannot be judged from here: PostgreSQL looks itself and refuses when in doubt
        if cwd == self.path.resolve():
            raise EmbeddedServerError(
                f"A PostgreSQL server that this program did not start (process {pid}) uses {self.path}: stop it first."
            )
        file.unlink()


def _short_temporary_folder() -> str:
    folder = tempfile.gettempdir()
    return folder if len(folder) < LONGEST_TEMPORARY_FOLDER else "/tmp"  # noqa: S108 - mkdtemp makes a private folder in it
