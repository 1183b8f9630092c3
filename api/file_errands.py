"""What the worker does with files, from the environment: it scans what came unscanned, and destroys what is gone."""

import os
from collections.abc import Mapping

from api.attachment_settings import attachment_settings
from api.settings import provider_secret_keys
from services.attachments.destroying import Destroying
from services.attachments.scanning import LateScans
from services.attachments.vault import Vault
from services.notices.worker import FileErrand


def file_errands(environ: Mapping[str, str] = os.environ) -> tuple[FileErrand, ...]:
    """With ATTACHMENTS_FOLDER and its keys; with CLAMD_URL the scans too. Empty: this worker touches no file."""
    keys = provider_secret_keys(environ, required=False)
    files = attachment_settings(environ, has_keys=bool(keys))
    if files.folder is None:
        return ()
    vault = Vault(files.folder, keys)
    scans = (LateScans(vault, files.scanner),) if files.scanner.is_configured else ()
    return (Destroying(vault), *scans)
