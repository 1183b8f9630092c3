"""The worker: delivers what the outbox holds, chases what nobody answers, sends e-mails, until it is told to stop."""

import asyncio
import contextlib
import logging
import math
import signal
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from functools import partial

import asyncpg
from sqlalchemy.exc import DBAPIError, InterfaceError

from services.database import start_checks
from services.letters.templates import templates
from services.notices import agency_letters, errands, person_letters, store
from services.notices.post import MailRoom
from services.notices.trouble import NoSessionError, going_on
from services.people import due_ends
from services.sessions import housekeeping
from services.tools import Entry, Reading, Tools, open_tools

CHANNEL = "concordat_outbox"
BATCH = 100
Errand = Callable[[Reading], Awaitable[bool]]
"""One more thing to do in a transaction of its own; whether there may be another."""
FileErrand = Callable[[Entry], Awaitable[bool]]
"""One more thing to do with a file, between transactions; whether there may be another."""
PATIENCE = 2.0  # seconds without a bell before looking anyway: a lost bell delays, it never loses
_log = logging.getLogger("concordat.worker")


async def run(
    app_database_url: str, secret: str, room: MailRoom | None = None, file_errands: Sequence[FileErrand] = ()
) -> None:
    """Work until SIGTERM or SIGINT; a database that is away is waited for, one that stands open is refused before
    anything is done. Without a mail room e-mails wait, and without a folder nothing is done with files. Nothing that
    fails stops what comes after it."""
    templates()  # with a wrong wording it does not start
    stop = _told_to_stop()
    tools = open_tools(app_database_url, pool_size=1)
    bell = asyncio.Event()
    listener = asyncio.create_task(_listen(app_database_url, bell, stop))
    tidied, checked = -math.inf, False
    try:
        while not stop.is_set():
            try:
                if not checked:
                    await start_checks.check(tools.database)
                    checked = True
                with going_on("delivering"):
                    while await deliver(tools, secret) == BATCH and not stop.is_set():
                        continue
                await run_errands(tools, secret, room, stop)
                await run_file_errands(tools, secret, file_errands, stop)
                with going_on("tidying"):
                    tidied = await _tidy(tools, secret, tidied)
            except (DBAPIError, InterfaceError, OSError) as problem:
                _log.warning("the database did not answer: %s", type(problem).__name__)
            await _until_bell(bell, stop)
    finally:
        stop.set()
        listener.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await listener
        await tools.close()


def _told_to_stop() -> asyncio.Event:
    """Set when the process is told to end."""
    stop = asyncio.Event()
    for order in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(order, stop.set)
    return stop


async def deliver(tools: Tools, secret: str) -> int:
    """One batch in one transaction; how many were delivered."""
    async with _entered(tools, secret) as reading:
        return await store.deliver(reading, BATCH)


async def run_errands(tools: Tools, secret: str, room: MailRoom | None, stop: asyncio.Event | None = None) -> None:
    """Every draft too old, action overdue, and step that is due; and one by one every e-mail and letter that waits, and
    every end whose day has come. Without a mail room nothing leaves the platform."""
    ended = stop or asyncio.Event()
    with going_on("tell_of_refusals"):
        async with _entered(tools, secret) as reading:
            await errands.tell_of_refusals(reading, BATCH)
    for errand in (errands.tend_drafts, errands.warn_of_birthdays, errands.remind_of_actions, errands.take_due_steps):
        with going_on(errand.__name__):
            taken = BATCH
            while taken == BATCH and not ended.is_set():
                async with _entered(tools, secret) as reading:
                    taken = await errand(reading, BATCH)
    one_by_one: dict[str, Errand] = {
        "give_one_letter": agency_letters.give_one_letter,
        "carry_out_next_end": due_ends.carry_out_next,
    }
    if room is not None:
        one_by_one = {
            "send_one_email": partial(errands.send_one_email, room=room),
            "send_one_letter": partial(person_letters.send_one_letter, room=room),
        } | one_by_one
    for name, one in one_by_one.items():
        with going_on(name):
            await until_done(tools, secret, one, ended)


async def run_file_errands(
    tools: Tools, secret: str, file_errands: Sequence[FileErrand], stop: asyncio.Event | None = None
) -> None:
    """Each again and again while there is something to do with files."""
    for errand in file_errands:
        with going_on(type(errand).__name__):
            while await errand(partial(_entered, tools, secret)) and not (stop and stop.is_set()):
                continue


async def until_done(tools: Tools, secret: str, errand: Errand, stop: asyncio.Event | None = None) -> None:
    """The same errand again and again while there is something to do."""
    goes_on = True
    while goes_on and not (stop and stop.is_set()):
        async with _entered(tools, secret) as reading:
            goes_on = await errand(reading)


@contextlib.asynccontextmanager
async def _entered(tools: Tools, secret: str) -> AsyncIterator[Reading]:
    async with tools.enter(secret) as reading:
        if reading is None:
            raise NoSessionError("the worker's session is not alive: start it again with a fresh service secret")
        yield reading


async def _tidy(tools: Tools, secret: str, tidied: float) -> float:
    """What is looked for every ten minutes: what old sign-ins left, teams with nobody; when that was done last."""
    if time.monotonic() - tidied < housekeeping.EVERY_SECONDS:
        return tidied
    await housekeeping.forget_old_sign_ins(tools, secret)
    await leave_empty_teams(tools, secret)
    return time.monotonic()


async def leave_empty_teams(tools: Tools, secret: str) -> None:
    """What waits for teams in which nobody works goes to whoever is there, team by team."""
    await until_done(tools, secret, due_ends.leave_next_empty_team)


async def _until_bell(bell: asyncio.Event, stop: asyncio.Event) -> None:
    waits = [asyncio.create_task(bell.wait()), asyncio.create_task(stop.wait())]
    await asyncio.wait(waits, timeout=PATIENCE, return_when=asyncio.FIRST_COMPLETED)
    for wait in waits:
        wait.cancel()
    bell.clear()


async def _listen(app_database_url: str, bell: asyncio.Event, stop: asyncio.Event) -> None:
    """A bell rings at every commit that put something in the outbox; without it the worker still looks."""
    while not stop.is_set():
        try:
            await _hear(app_database_url, bell)
        except (OSError, asyncpg.PostgresError):
            await asyncio.sleep(PATIENCE)


async def _hear(app_database_url: str, bell: asyncio.Event) -> None:
    """Until the connection is gone."""
    connection = await asyncpg.connect(app_database_url)
    gone = asyncio.Event()
    connection.add_termination_listener(lambda *_: gone.set())
    try:
        await connection.add_listener(CHANNEL, lambda *_: bell.set())
        await gone.wait()
    finally:
        await connection.close()
