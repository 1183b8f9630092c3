"""`python -m api sweep-attachments`: with the worker's secret, in the folder that the serving processes share."""

import os

from api.attachment_settings import FOLDER_VARIABLE, SettingsError, attachment_settings
from api.checked_tools import checked_tools
from api.settings import Settings, service_secret
from services.attachments.sweeping import swept


async def run() -> tuple[int, int]:
    """How many files were destroyed, and how many could not be."""
    folder = attachment_settings(os.environ, has_keys=True).folder
    if folder is None:
        raise SettingsError(f"{FOLDER_VARIABLE} is not set: give it the folder of the serving processes.")
    async with checked_tools(Settings.from_environment().app_database_url, pool_size=1) as tools:
        found = await swept(tools, service_secret(), folder)
    if found is None:
        raise SettingsError("CONCORDAT_SERVICE_SECRET opens no session: give it the worker's.")
    return found
