"""T26 to T29: whoever's access ends in the middle of an operation, at whichever point, gains nothing by being quick."""

import os
import random
from collections import Counter

import pytest

from tests.revocation.interleaving import OPERATIONS, ends_of, scene
from tests.world.server import FreshDatabase

pytestmark = pytest.mark.anyio
each_kind = pytest.mark.parametrize("name", OPERATIONS)
MANY = int(os.environ.get("INTERLEAVINGS", "1000"))


@each_kind
async def test_access_ends_at_every_point_of_every_kind(fresh_database: FreshDatabase, name: str) -> None:
    """Each point once; the ways in which access ends take turns."""
    operation = OPERATIONS[name]
    ends, seen = ends_of(operation), Counter[str]()
    async with scene(fresh_database) as built:
        points = await built.points(operation)
        assert points >= 3
        for point in range(points):
            seen[await built.interleave(operation, ends[(point + len(name)) % len(ends)], point)] += 1
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
