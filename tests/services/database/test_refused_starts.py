"""Every process that uses the application's role asks what stands open before it does anything."""

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable

import pytest

from api.app import create_app
from api.checked_tools import checked_tools
from api.settings import Settings, SettingsError
from services.database.start_checks import UnsafeDatabaseError
from services.notices import worker
from tests.services.database.test_start_checks import OPENED
from tests.services.database.world import World
from tests.world.platform import SEAL_KEY
from tests.world.template import PUBLIC_URL, WORKER_SECRET

pytestmark = pytest.mark.anyio

# The server of tests keeps nothing across a crash. That is asked last: of a sound database it is all that is said.
Start = Callable[[World], Awaitable[None]]
ONLY_LOSS = "^The server may lose what it acknowledged"
HOLES = [OPENED[name] for name in ("a table without row security", "a policy that is gone", "a rule less")]


async def serve(world: World) -> None:
    """Come up as the server does, and go down again."""
    database = world.database
    app = create_app(Settings(database.app_url, PUBLIC_URL, "development", database.sign_in_url, (SEAL_KEY,)))
    async with app.router.lifespan_context(app):
        raise AssertionError("it serves")


async def work(world: World) -> None:
    """Come up as the worker does; it would run on."""
    await asyncio.wait_for(worker.run(world.database.app_url, WORKER_SECRET), 30)


async def command(world: World) -> None:
    """Come up as the import and the commands for files do."""
    async with checked_tools(world.database.app_url, pool_size=1):
        raise AssertionError("it works")


@pytest.mark.parametrize("start", [serve, work])
async def test_a_sound_database_on_a_server_that_forgets_lacks_that_alone(own_world: World, start: Start) -> None:
    with pytest.raises(UnsafeDatabaseError, match=ONLY_LOSS):
        await start(own_world)


@pytest.mark.parametrize(("sql", "named"), HOLES)
async def test_what_stands_open_is_named_and_nobody_starts(own_world: World, sql: str, named: str) -> None:
    waiting = "SELECT count(*) FROM outbox"
    with pytest.raises(AssertionError, match="it works"):
        await command(own_world)
    await own_world.platform.admin.execute(sql)
    before = await own_world.platform.admin.fetchval(waiting)

    for start in (serve, work):
        with pytest.raises(UnsafeDatabaseError, match=named):
            await start(own_world)
    with pytest.raises(SettingsError, match=f"^Nothing was done, because .*{named}"):
        await command(own_world)

    assert await own_world.platform.admin.fetchval(waiting) == before


async def test_a_worker_waits_for_a_database_that_is_away(caplog: pytest.LogCaptureFixture) -> None:
    nowhere = "postgresql://concordat_app:secret@127.0.0.1:9/nowhere"
    working = asyncio.create_task(worker.run(nowhere, WORKER_SECRET))
    while "the database did not answer" not in caplog.text:
        await asyncio.sleep(0.05)
        assert not working.done()
    os.kill(os.getpid(), signal.SIGTERM)
    await asyncio.wait_for(working, 30)
