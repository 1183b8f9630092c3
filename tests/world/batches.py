"""Batches of messages as a supplier's system sends them, over a connection that can be cut."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import httpx2
import uvicorn

from tests.services.imports import upstream
from tests.world.machines import Machine
from tests.world.platform import Platform

OURS = (
    "adult_reported_before",
    "adult_uk_and_overseas",
    "adult_with_support_by_phone",
    "adult_without_support",
    "duty_to_notify_with_cooperation",
    "duty_to_notify_without_cooperation",
)
PEOPLE = {
    "Customer.Forename1": ("Arben", "Invented", "Testo", "Maria", "Thi", "Adaeze", "Ion"),
    "Customer.Surname": ("Testi", "Sample", "Nobody", "Example", "Placeholder", "Fictional", "Madeup", "Noone", "Nemo"),
    "Customer.DOB": ("1994-05-17", "1990-01-31", "1987-12-01", "2000-02-29", "1979-07-04"),
}
"""What differs from person to person; one after another, so that there are 315 of them."""
PATH = "/imports/referrals"
NDJSON = {"content-type": "application/x-ndjson"}
Line = dict[str, Any]


def a_message(number: int, **changes: object) -> dict[str, Any]:
    """A form of West Yorkshire Police's, with an external id of its own."""
    message = upstream.message(OURS[number % len(OURS)])
    person = {key: said[number // len(OURS) % len(said)] for key, said in PEOPLE.items() if key in message}
    return message | person | {"ExternalId": str(uuid5(NAMESPACE_URL, f"message {number}"))} | changes


def written(messages: Iterable[object]) -> list[bytes]:
    """Each message as a line."""
    return [json.dumps(message).encode() + b"\n" for message in messages]


def read(answer: httpx2.Response) -> list[Line]:
    """The lines of an answer."""
    assert answer.status_code == 200, answer.text
    return [json.loads(line) for line in answer.text.splitlines()]


@asynccontextmanager
async def serving(platform: Platform) -> AsyncIterator[str]:
    """The platform behind a real socket; its address."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        config = uvicorn.Config(platform._app, lifespan="off", log_config=None, http="httptools", ws="none")
        server = uvicorn.Server(config)
        running = asyncio.create_task(server.serve(sockets=[listening]))
        try:
            await _comes_true(lambda: server.started)
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            await running


async def send(address: str, machine: Machine, lines: Sequence[bytes]) -> list[Line]:
    """A whole batch, again for as long as the platform is still busy with the one before."""
    async with httpx2.AsyncClient(base_url=address, timeout=500) as client:
        while True:
            answer = await client.post(PATH, content=b"".join(lines), headers=machine.headers | NDJSON)
            if answer.status_code != 503:
                return read(answer)
            await asyncio.sleep(0.2)


async def send_and_break_off(
    address: str, machine: Machine, lines: Sequence[bytes], enough: Callable[[], Awaitable[bool]]
) -> None:
    """Send these lines of a batch that would go on, wait until enough is done, and drop the connection."""

    async def body() -> AsyncIterator[bytes]:
        for line in lines:
            yield line
        for _ in range(1_000):
            if await enough():
                break
            await asyncio.sleep(0.1)
        raise ConnectionAbortedError

    async with httpx2.AsyncClient(base_url=address, timeout=500) as client:
        try:
            await client.post(PATH, content=body(), headers=machine.headers | NDJSON)
        except ConnectionAbortedError:
            return
    raise AssertionError("the batch was answered whole")


async def _comes_true(holds: Callable[[], bool]) -> None:
    for _ in range(1_000):
        if holds():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("the server did not start")
