"""Live is about the process, ready about its own database."""

import asyncio

import pytest

from api import health
from api.assembly import assemble
from tests.api.door import PUBLIC_URL, client

pytestmark = pytest.mark.anyio


class Database:
    """A check that counts how often it was asked and fails on demand."""

    def __init__(self, error: Exception | None = None) -> None:
        self.error = error
        self.asked = 0

    async def check(self) -> None:
        self.asked += 1
        await asyncio.sleep(0)
        if self.error is not None:
            raise self.error


@pytest.mark.parametrize(
    ("error", "status", "word"),
    [(None, 200, "ready"), (RuntimeError("secret"), 503, "not ready"), (TimeoutError(), 503, "not ready")],
)
async def test_ready_says_what_the_check_finds_and_not_why(error: Exception | None, status: int, word: str) -> None:
    app = assemble(health.routes(Database(error).check), public_url=PUBLIC_URL)

    async with client(app, None) as browser:
        ready, live = await browser.get("/health/ready"), await browser.get("/health/live")

    assert (ready.status_code, ready.json()) == (status, {"status": word})
    assert (live.status_code, live.json()) == (200, {"status": "live"})


async def test_many_who_ask_at_once_cost_the_database_one_look() -> None:
    database = Database()
    app = assemble(health.routes(database.check), public_url=PUBLIC_URL)

    async with client(app, None) as browser:
        answers = await asyncio.gather(*(browser.get("/health/ready") for _ in range(20)))

    assert {answer.status_code for answer in answers} == {200}
    assert database.asked == 1


async def test_a_recovery_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_REMEMBERED_SECONDS", 0.0)
    database = Database(RuntimeError())

    async with client(assemble(health.routes(database.check), public_url=PUBLIC_URL), None) as browser:
        before = await browser.get("/health/ready")
        database.error = None
        after = await browser.get("/health/ready")

    assert (before.status_code, after.status_code) == (503, 200)


@pytest.mark.parametrize("method", ["POST", "DELETE"])
async def test_health_is_only_read(method: str) -> None:
    async with client(assemble(health.routes(Database().check), public_url=PUBLIC_URL), None) as browser:
        response = await browser.request(method, "/health/live")

    assert response.status_code == 405
