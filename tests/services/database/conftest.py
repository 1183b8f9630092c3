"""One small world for all tests that leave nothing behind, because each of their transactions is rolled back."""

from collections.abc import AsyncIterator, Iterator

import pytest

from tests.services.database.world import World, small_world
from tests.world import server as servers
from tests.world.server import FreshDatabase


@pytest.fixture(scope="session")
def shared_database(database_server: str, template_database: str) -> Iterator[FreshDatabase]:
    """A database that several tests look at and none changes."""
    with servers.clone(database_server, template_database) as database:
        yield database


@pytest.fixture(scope="session")
async def world(shared_database: FreshDatabase) -> AsyncIterator[World]:
    """Look, but do not touch."""
    async with small_world(shared_database) as built:
        yield built


@pytest.fixture
async def own_world(fresh_database: FreshDatabase) -> AsyncIterator[World]:
    """The same, for a test that changes it."""
    async with small_world(fresh_database) as built:
        yield built
