"""Too much at once, or for too long, is told to come back."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from api.limits import Limits, Slots
from api.problem_responses import ProblemResponses
from api.problems import Problem
from tests.api.door import JSON, CountingExecutor, client, codes, door

pytestmark = pytest.mark.anyio


def limited(app: ASGIApp, at_once: int = 2, seconds: float = 10.0) -> ASGIApp:
    """The app behind limits of a test's own size."""
    return ProblemResponses(Limits(app, at_once=at_once, seconds=seconds))


async def test_the_third_of_two_is_told_to_try_again_and_the_next_is_served() -> None:
    executor, gate, both_wait = CountingExecutor(), asyncio.Event(), asyncio.Event()

    async def wait() -> None:
        if len(executor.executed) == 2:
            both_wait.set()
        await gate.wait()

    executor.before = wait
    question = {"query": "{ hello }"}

    async with client(door(executor, at_once=2)) as browser:
        waiting = [asyncio.create_task(browser.post("/graphql", json=question)) for _ in range(2)]
        await both_wait.wait()
        refused = await browser.post("/graphql", json=question)
        gate.set()
        answers = await asyncio.gather(*waiting)
        later = await browser.post("/graphql", json=question)

    assert (refused.status_code, codes(refused), refused.headers["retry-after"]) == (503, ["BUSY"], "1")
    assert [answer.status_code for answer in (*answers, later)] == [200, 200, 200]
    assert len(executor.executed) == 3


async def test_an_operation_beyond_its_deadline_is_stopped() -> None:
    stopped = False

    async def slow(request: Request) -> Response:
        nonlocal stopped
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            stopped = True
            raise
        return PlainTextResponse("late")

    async with client(limited(Route("/", slow).app, seconds=0.02)) as browser:  # type: ignore[arg-type] # any ASGI app
        response = await browser.get("/")

    assert (response.status_code, codes(response), stopped) == (503, ["TIMEOUT"], True)


async def test_what_fails_while_it_is_stopped_is_still_beyond_its_deadline() -> None:
    async def slow(request: Request) -> Response:
        try:
            await asyncio.sleep(60)
        finally:
            raise ConnectionError("another operation is in progress")

    async with client(limited(Route("/", slow).app, seconds=0.02)) as browser:  # type: ignore[arg-type] # any ASGI app
        response = await browser.get("/")

    assert (response.status_code, codes(response)) == (503, ["TIMEOUT"])


async def test_a_body_that_trickles_in_meets_the_same_deadline_without_holding_an_executor() -> None:
    executor = CountingExecutor()

    async def trickle() -> AsyncIterator[bytes]:
        for _ in range(1000):
            yield b" "
            await asyncio.sleep(0.01)

    async with client(limited(door(executor, at_once=1), seconds=0.05)) as browser:  # type: ignore[arg-type] # any ASGI app
        slow = asyncio.create_task(browser.post("/graphql", content=trickle(), headers={"Content-Type": JSON}))
        await asyncio.sleep(0.01)
        quick = await browser.post("/graphql", json={"query": "{ hello }"})
        response = await slow

    assert (quick.status_code, response.status_code, codes(response)) == (200, 503, ["TIMEOUT"])


async def test_somebody_elses_timeout_is_not_taken_for_the_deadline() -> None:
    async def broken(request: Request) -> Response:
        raise TimeoutError

    limits = Limits(Route("/", broken).app)

    with pytest.raises(TimeoutError):
        await limits({"type": "http", "method": "GET", "path": "/", "headers": [], "query_string": b""}, None, None)  # type: ignore[arg-type] # never used


def test_a_slot_is_given_back_whatever_happens() -> None:
    slots = Slots(1)
    with pytest.raises(KeyError), slots.taken():
        raise KeyError

    with slots.taken(), pytest.raises(Problem), slots.taken():
        pass

    with slots.taken():
        pass
