"""The demo's own folder: its database, its logs and its secrets, readable by their owner only."""

import json
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from api.development.refusal import DevelopmentProblemError
from services.database.embedded.folder import DataFolder

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / ".demo"
IMPORTER = "importer.json"
SUPPLIER = "supplier.json"


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
        _write_private(file, secrets.token_urlsafe(32))
    return file.read_text()


def write_importer_environment(folder: Path, environment: Mapping[str, str]) -> None:
    """What `import-referral` needs to work on the running demo from another terminal."""
    _write_private(folder / IMPORTER, json.dumps(environment))


def importer_environment(folder: Path) -> dict[str, str]:
    """What the running demo left for `import-referral`; nothing when there is none."""
    file = folder / IMPORTER
    return {name: str(value) for name, value in json.loads(file.read_text()).items()} if file.exists() else {}


def write_supplier(folder: Path, note: Mapping[str, object]) -> None:
    """What the supplier's system knows: its key, its name at the platform, and where that is."""
    _write_private(folder / SUPPLIER, json.dumps(note))


def supplier(folder: Path) -> dict[str, Any]:
    """What the supplier's system knows; nothing when there is no demo."""
    file = folder / SUPPLIER
    return dict(json.loads(file.read_text())) if file.exists() else {}


def _write_private(file: Path, content: str) -> None:
    """Mode 0600 before the first byte, and whole or not at all."""
    unfinished = file.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    unfinished.touch(mode=0o600, exist_ok=False)
    unfinished.write_text(content)
    unfinished.rename(file)


def reset(folder: Path) -> None:
    """Remove everything that a demo made; while one runs nothing is removed."""
    if not folder.exists():
        return
    database = DataFolder(database_folder(folder))
    database.acquire(patience=0)
    try:
        database.remove_socket_folder()
        shutil.rmtree(folder)
    except OSError as problem:
        raise DevelopmentProblemError(
            f"{problem.filename} could not be removed ({problem.strerror}): use the user who started the demo."
        ) from problem
    finally:
        database.release()
