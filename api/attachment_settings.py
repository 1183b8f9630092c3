"""Where attachments are kept and who scans them, from the environment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from services.attachments.scanner import Scanner

FOLDER_VARIABLE = "ATTACHMENTS_FOLDER"
SCANNER_VARIABLE = "CLAMD_URL"


class SettingsError(Exception):
    """One sentence: the variable, what is wrong with it, the remedy."""


@dataclass(frozen=True, slots=True)
class AttachmentSettings:
    """`folder` None: no file is taken or served, and its addresses do not exist."""

    folder: Path | None = None
    scanner: Scanner = field(default_factory=Scanner)


def attachment_settings(environ: Mapping[str, str], *, has_keys: bool) -> AttachmentSettings:
    """ATTACHMENTS_FOLDER: an absolute path that every serving process shares. CLAMD_URL: tcp://host:3310 or
    unix:/path; without it nothing is scanned."""
    given = environ.get(FOLDER_VARIABLE, "")
    if not given:
        return AttachmentSettings()
    folder = Path(given)
    if not folder.is_absolute():
        raise SettingsError("ATTACHMENTS_FOLDER is no absolute path: begin it with a slash.")
    if not has_keys:
        raise SettingsError("ATTACHMENTS_FOLDER needs PROVIDER_SECRET_KEYS: files are sealed with the same keys.")
    return AttachmentSettings(folder, _scanner(environ.get(SCANNER_VARIABLE, "")))


def _scanner(given: str) -> Scanner:
    parts = urlsplit(given)
    if not given:
        return Scanner()
    if parts.scheme == "unix" and parts.path.startswith("/") and not parts.netloc:
        return Scanner(path=parts.path)
    if parts.scheme == "tcp" and parts.hostname and not parts.path:
        return Scanner(host=parts.hostname, port=parts.port or 3310)
    raise SettingsError("CLAMD_URL is neither tcp://host:port nor unix:/path: write it as one of the two.")
