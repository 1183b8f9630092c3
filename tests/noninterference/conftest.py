"""The scene is built once for each process of tests; each pair of worlds is two copies of it."""

from collections.abc import Iterator

import pytest

from tests.noninterference.scene import Scene, build_scene
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
