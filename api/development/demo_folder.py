"""The demo's own folder: its database, its logs and its secrets, readable by their owner only."""

import secrets
import shutil
from pathlib import Path

from api.development.refusal import DevelopmentProblemError
from services.database.embedded.folder import DataFolder

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / ".demo"


def open_folder(folder: Path) -> None:
    """Make the folder, or say why it cannot be."""
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        (folder / ".writable").touch()
        (folder / ".writable").unlink()
    except OSError as problem:
        raise DevelopmentProblemError(
            f"The folder {folder} cannot be written ({problem.strerror}): make it writable for this user, or work in "
            "a copy of the project that is."
        ) from problem


def database_folder(folder: Path) -> Path:
    """Where the embedded server keeps its data."""
    return folder / "database"


def secret(folder: Path, name: str) -> str:
    """A secret that stays the same from start to start, in a file of mode 0600."""
    file = folder / f"{name}.secret"
    if not file.exists():
        unfinished = file.with_suffix(".unfinished")
        unfinished.unlink(missing_ok=True)
        unfinished.touch(mode=0o600, exist_ok=False)
        unfinished.write_text(secrets.token_urlsafe(32))
        unfinished.rename(file)
    return file.read_text()


def reset(folder: Path) -> None:
    """Remove everything that a demo made; while one runs nothing is removed."""
    if not folder.exists():
        return
    database = DataFolder(database_folder(folder))
    database.acquire(patience=0)
    try:
        shutil.rmtree(folder)
    except OSError as problem:
        raise DevelopmentProblemError(
            f"{problem.filename} could not be removed ({problem.strerror}): use the user who started the demo."
        ) from problem
    finally:
        database.release()
