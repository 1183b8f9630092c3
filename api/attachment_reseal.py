"""`python -m api reseal-attachments`: with the worker's secret and all keys, in the folder of the serving processes."""

import os

from api.attachment_settings import FOLDER_VARIABLE, SettingsError, attachment_settings
from api.checked_tools import checked_tools
from api.settings import Settings, provider_secret_keys, service_secret
from services.attachments.resealing import Resealed, Tell, resealed


async def run(tell: Tell) -> Resealed:
    """What was done, and what is left."""
    keys = provider_secret_keys(required=True)
    folder = attachment_settings(os.environ, has_keys=True).folder
    if folder is None:
        raise SettingsError(f"{FOLDER_VARIABLE} is not set: give it the folder of the serving processes.")
    async with checked_tools(Settings.from_environment().app_database_url, pool_size=1) as tools:
        found = await resealed(tools, service_secret(), folder, keys, tell)
    if found is None:
        raise SettingsError("CONCORDAT_SERVICE_SECRET opens no session: give it the worker's.")
    return found
