"""A platform with two agencies on a database of its own."""

from collections.abc import AsyncIterator

import asyncpg
import pytest

from api.development.issuers import issuers_url
from services.tools import open_tools
from tests.api.development.issuing import issuers_transport
from tests.api.identity.platform import Platform, Settings, populate
from tests.world.server import FreshDatabase


@pytest.fixture
async def platform(fresh_database: FreshDatabase) -> AsyncIterator[Platform]:
    """The platform at the demo's address."""
    async for built in _built(fresh_database, Settings()):
        yield built


@pytest.fixture
async def production(fresh_database: FreshDatabase) -> AsyncIterator[Platform]:
    """The platform at an https address, with the settings of production."""
    async for built in _built(fresh_database, Settings("https://concordat.example:8443", "production")):
        yield built


async def _built(database: FreshDatabase, settings: Settings) -> AsyncIterator[Platform]:
    tools, desk = open_tools(database.app_url), open_tools(database.sign_in_url)
    admin = await asyncpg.connect(database.admin_url)
    try:
        await populate(admin, issuers_url(settings.public_url))
        yield Platform(tools, desk, admin, settings, issuers_transport(settings.public_url))
    finally:
        await admin.close()
        await tools.close()
        await desk.close()
