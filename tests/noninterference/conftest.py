"""The scene of the pairs, for tests that look through one door at a time."""

from collections.abc import AsyncIterator, Iterator

import pytest

from tests.noninterference.scene import Scene, build_scene
from tests.noninterference.side import Side, opened_side
from tests.world import server as servers
from tests.world.server import FreshDatabase


@pytest.fixture(scope="session")
def scene_database(database_server: str, template_database: str) -> Iterator[FreshDatabase]:
    """What the scene is built in; nobody is connected to it afterwards, so that it can be copied."""
    with servers.clone(database_server, template_database) as database:
        yield database


@pytest.fixture(scope="session")
async def scene(scene_database: FreshDatabase) -> Scene:
    """Who reads in every copy."""
    return await build_scene(scene_database)


@pytest.fixture(scope="module")
async def side(database_server: str, scene_database: FreshDatabase, scene: Scene) -> AsyncIterator[Side]:
    """A copy in which nothing stays of what a request did, so that a whole module looks at one."""
    async with opened_side(database_server, scene_database) as opened:
        yield opened


@pytest.fixture
async def own_side(database_server: str, scene_database: FreshDatabase, scene: Scene) -> AsyncIterator[Side]:
    """A copy for a test that changes the world behind the doors."""
    async with opened_side(database_server, scene_database) as opened:
        yield opened
