"""A small world that is built once and copied: one copy to look at for all, and one of one's own to change."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from urllib.parse import urlsplit

import pytest

from tests.services.database.world import World, small_world
from tests.world import server as servers
from tests.world.platform import running_platform
from tests.world.server import FreshDatabase


@pytest.fixture(scope="session")
def filled_database(database_server: str, template_database: str) -> Iterator[FreshDatabase]:
    """What the small world is built in; nobody is connected to it afterwards, so that it can be copied."""
    with servers.clone(database_server, template_database) as database:
        yield database


@pytest.fixture(scope="session")
async def built(filled_database: FreshDatabase) -> World:
    """The records and sessions that every copy has."""
    async with small_world(filled_database) as world:
        return world


@pytest.fixture(scope="session")
def shared_copy(database_server: str, filled_database: FreshDatabase, built: World) -> Iterator[FreshDatabase]:
    """The copy that nobody changes."""
    with servers.clone(database_server, urlsplit(filled_database.admin_url).path.strip("/")) as database:
        yield database


@pytest.fixture(scope="session")
async def world(shared_copy: FreshDatabase, built: World) -> AsyncIterator[World]:
    """Look, but do not touch."""
    async with running_platform(shared_copy) as platform:
        yield replace(built, platform=platform)


@pytest.fixture
def own_copy(database_server: str, filled_database: FreshDatabase, built: World) -> Iterator[FreshDatabase]:
    """A copy for one test."""
    with servers.clone(database_server, urlsplit(filled_database.admin_url).path.strip("/")) as database:
        yield database


@pytest.fixture
async def own_world(own_copy: FreshDatabase, built: World) -> AsyncIterator[World]:
    """The same, for a test that changes it."""
    async with running_platform(own_copy) as platform:
        yield replace(built, platform=platform)
