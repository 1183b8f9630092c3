"""A platform of one's own for every story."""

from collections.abc import AsyncIterator

import pytest

from tests.world.platform import Platform, running_platform
from tests.world.server import FreshDatabase


@pytest.fixture
async def platform(fresh_database: FreshDatabase) -> AsyncIterator[Platform]:
    """The whole platform on a database that no other test has touched."""
    async with running_platform(fresh_database) as built:
        yield built
