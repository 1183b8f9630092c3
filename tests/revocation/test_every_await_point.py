"""T26 to T29: whoever's access ends in the middle of an operation, at whichever point, gains nothing by being quick."""

import os
import random
from collections import Counter
from collections.abc import AsyncIterator, Iterator

import pytest

from tests.revocation.interleaving import OPERATIONS, Scene, ends_of, scene
from tests.world import server as servers
from tests.world.server import FreshDatabase

pytestmark = pytest.mark.anyio
each_kind = pytest.mark.parametrize("name", OPERATIONS)
MANY = int(os.environ.get("INTERLEAVINGS", "1000"))


@pytest.fixture(scope="module")
def shared_database(database_server: str, template_database: str) -> Iterator[FreshDatabase]:
    """For one scene that all kinds run in, one after the other: each leaves it as it was."""
    with servers.clone(database_server, template_database) as database:
        yield database


@pytest.fixture(scope="module")
async def shared(shared_database: FreshDatabase) -> AsyncIterator[Scene]:
    """The scene."""
    async with scene(shared_database) as built:
        yield built


@each_kind
async def test_access_ends_at_every_point_of_every_kind(shared: Scene, name: str) -> None:
    """Each point once; the ways in which access ends take turns."""
    operation = OPERATIONS[name]
    ends, seen = ends_of(operation), Counter[str]()
    points = await shared.points(operation)
    assert points >= 3
    for point in range(points):
        seen[await shared.interleave(operation, ends[(point + len(name)) % len(ends)], point)] += 1
    if operation.writes:
        assert seen["refused"] > 0
        assert seen["done"] > 0


@pytest.mark.soak
@each_kind
async def test_many_interleavings_of_every_kind(fresh_database: FreshDatabase, name: str) -> None:
    """Any end at any point, by a seed that the name gives; the figure is printed."""
    operation = OPERATIONS[name]
    chance, seen = random.Random(name), Counter[str]()  # noqa: S311 - a test that can be repeated
    async with scene(fresh_database) as built:
        points = await built.points(operation)
        for _ in range(MANY):
            end, point = chance.choice(ends_of(operation)), chance.randrange(points)
            seen[await built.interleave(operation, end, point)] += 1
    print(f"{name}: {MANY} interleavings over {points} points, {dict(seen)}")
    assert seen.total() == MANY
