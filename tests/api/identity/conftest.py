"""A platform with two agencies on a database of its own."""

from collections.abc import AsyncIterator

import asyncpg
import pytest

from api.development.issuers import issuers_url
from services.tools import open_tools
from tests.api.development.issuing import issuers_transport
from tests.api.identity.hostile import ISSUER, PERSON, SLUG, Hostile
from tests.api.identity.platform import Platform, Settings, add_agency, populate
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


@pytest.fixture
def evil() -> Hostile:
    """The hostile provider, honest until a test says otherwise."""
    return Hostile()


@pytest.fixture
async def beside(platform: Platform, evil: Hostile) -> AsyncIterator[Platform]:
    """Three agencies, and the provider of one of them is hostile."""
    await add_agency(platform.admin, SLUG, PERSON, ISSUER)
    place = Platform(platform.tools, platform.desk, platform.admin, platform.settings, evil)
    yield place
    async with place.browser() as one, place.browser() as other:  # whatever it did, the others sign in as ever
        assert (await place.sign_in(one)).status_code == 303
        assert (await place.sign_in(other, "worker-1", "charity")).status_code == 303
        assert await place.who(one.cookies["concordat"]) == "officer-7"
