"""The worker's scanner of files that came while none answered, from the environment."""

import os
from collections.abc import Mapping

from api.attachment_settings import attachment_settings
from api.settings import provider_secret_keys
from services.attachments.scanning import LateScans
from services.attachments.vault import Vault


def late_scans(environ: Mapping[str, str] = os.environ) -> LateScans | None:
    """With ATTACHMENTS_FOLDER, its keys and CLAMD_URL; None: this worker scans nothing."""
    keys = provider_secret_keys(environ, required=False)
    files = attachment_settings(environ, has_keys=bool(keys))
    if files.folder is None or not files.scanner.is_configured:
        return None
    return LateScans(Vault(files.folder, keys), files.scanner)
