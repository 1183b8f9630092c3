"""The tools of a command that works beside the platform: on a database that stands open it does nothing."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from api.settings import SettingsError
from services.database import start_checks
from services.tools import Tools, open_tools


@asynccontextmanager
async def checked_tools(app_database_url: str, *, pool_size: int) -> AsyncIterator[Tools]:
    """Opened, checked as at every start, and closed; SettingsError says what stands open and what to do."""
    tools = open_tools(app_database_url, pool_size=pool_size)
    try:
        await start_checks.check_protection(tools.database)
        yield tools
    except start_checks.UnsafeDatabaseError as problem:
        raise SettingsError(f"Nothing was done, because the database does not protect its rows. {problem}") from None
    finally:
        await tools.close()
