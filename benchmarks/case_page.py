"""The page of one case: what the decision costs in it, and what the ledger and row security add to it."""

import json
import statistics
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from graphql import parse
from sqlalchemy import text

from benchmarks import without_walls
from benchmarks.cpu import Spent, spent
from policies import engine
from schema.execution import Executor
from services.tools import Tools, open_tools
from tests.world import stories
from tests.world.platform import Platform, running_platform
from tests.world.server import FreshDatabase

PAGE = Path(__file__).parents[1] / "frontend-contract" / "operations" / "cases" / "ReadCase.graphql"
SOURCE = PAGE.read_text(encoding="utf-8")
DOCUMENT = parse(SOURCE)  # parsed once, as the server does
OTHER_CASES = 60
ROUNDS = 12
PAGES_PER_ROUND = 100
NOTHING = Spent(0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody signed in who opens one case again and again, over one connection."""

    tools: Tools
    executor: Executor
    secret: str
    reference: str
    backend: int

    async def open_page(self) -> str:
        """The answer as it would be sent."""
        variables = {"reference": self.reference}
        result = await self.executor.execute(DOCUMENT, SOURCE, variables, "ReadCase", self.secret)
        data = getattr(result, "data", None)
        if not data or not data["case"]:
            raise RuntimeError("the page did not open")
        return json.dumps(data)


async def run(database: FreshDatabase) -> list[str]:
    """The lines of the report."""
    async with running_platform(database) as platform:
        secret, reference = await _world(platform)
        open_url = await without_walls.open_to_everything(database.admin_url)
        async with _reader(database.app_url, secret, reference) as real, _reader(open_url, secret, reference) as bare:
            with without_walls.trusting():
                same = await bare.open_page()
            if _comparable(same) != _comparable(await real.open_page()):
                raise RuntimeError("the two pages differ, so they cannot be compared")
            return [*await _walls(real, bare), *await _decisions(real)]


def _comparable(page: str) -> dict[str, object]:
    """The case without the one part that a function answers only to whom the ledger has let in."""
    case: dict[str, object] = json.loads(page)["case"]
    return {name: part for name, part in case.items() if name != "protection"}


async def _world(platform: Platform) -> tuple[str, str]:
    police = await platform.sign_in("wyp-1")
    cases = [await stories.refer(police) for _ in range(OTHER_CASES)]
    reader = await platform.sign_in("sca-1")
    await platform.admin.execute("ANALYZE")
    return reader.secret, cases[OTHER_CASES // 2]["reference"]


@asynccontextmanager
async def _reader(url: str, secret: str, reference: str) -> AsyncIterator[Reader]:
    tools = open_tools(url, pool_size=1)
    async with tools.database.transaction() as connection:
        backend = (await connection.execute(text("SELECT pg_backend_pid()"))).scalar_one()
    try:
        yield Reader(tools, Executor(tools, cursor_key=b"b" * 64), secret, reference, backend)
    finally:
        await tools.close()


async def _walls(real: Reader, bare: Reader) -> list[str]:
    """Rounds of both, one after the other, so that a busy machine is busy for both."""
    with_walls, without = NOTHING, NOTHING
    ratios, clock_ratios = [], []
    for _ in range(ROUNDS):
        cost, seconds = await _round(real)
        with without_walls.trusting():
            bare_cost, bare_seconds = await _round(bare)
        with_walls, without = with_walls + cost, without + bare_cost
        ratios.append(cost.total / bare_cost.total)
        clock_ratios.append(seconds / bare_seconds)
    pages = ROUNDS * PAGES_PER_ROUND
    return [
        f"page with ledger and row security     {_per_page(with_walls, pages)}",
        f"page without both                     {_per_page(without, pages)}",
        f"ratio of CPU {with_walls.total / without.total:.2f} (by round {min(ratios):.2f} to {max(ratios):.2f}), "
        f"of the clock {statistics.median(clock_ratios):.2f}; promised: at most 1.6 of CPU",
    ]


async def _round(reader: Reader) -> tuple[Spent, float]:
    before, started = spent(reader.backend), time.perf_counter()
    for _ in range(PAGES_PER_ROUND):
        await reader.open_page()
    return spent(reader.backend) - before, time.perf_counter() - started


async def _decisions(reader: Reader) -> list[str]:
    """The share of the decision in Python, by timing nothing else inside the page."""
    inside = 0
    real: Callable[..., object] = engine.permit

    def timed(*arguments: object, **named: object) -> object:
        nonlocal inside
        started = time.thread_time_ns()
        try:
            return real(*arguments, **named)
        finally:
            inside += time.thread_time_ns() - started

    engine.permit = timed  # type: ignore[assignment] # there is no other place to stand with a watch
    try:
        cost, _ = await _round(reader)
    finally:
        engine.permit = real  # type: ignore[assignment] # as above
    share = inside / 1e9 / cost.total
    return [f"decision {inside / 1e3 / PAGES_PER_ROUND:.0f} µs a page, {share:.2%} of its CPU; promised: under 2 %"]


def _per_page(cost: Spent, pages: int) -> str:
    return (
        f"{cost.total / pages * 1000:.2f} ms CPU  (Python {cost.python / pages * 1000:.2f}, "
        f"PostgreSQL {cost.postgresql / pages * 1000:.2f})"
    )
