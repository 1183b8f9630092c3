"""One PostgreSQL server per test process, one template database in it, and a fresh clone for whoever asks."""

import asyncio
import hashlib
import itertools
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg

from services.database.addresses import APP_ROLE, SIGN_IN_ROLE, as_role, at_database
from services.database.embedded.server import EmbeddedServer

ONE_AT_A_TIME = (
    20150618  # an advisory lock: roles belong to the whole server, so two workers must not make them at once
)
_numbers = itertools.count(1)


@dataclass(frozen=True)
class FreshDatabase:
    """A database of one test: as the administrator, and as the two roles that the platform's processes use."""

    admin_url: str
    app_url: str
    sign_in_url: str


@contextmanager
def running_server(folder: Path) -> Iterator[str]:
    """The administrator's address: DATABASE_URL's server, or one of our own that dies with this process."""
    if given := os.environ.get("DATABASE_URL"):
        yield given
        return
    with EmbeddedServer(folder / "database", for_tests=True) as server:
        yield server.url("postgres")
    shutil.rmtree(folder)


@contextmanager
def template(server: str) -> Iterator[str]:
    """The name of a database with every migration, reference list and test agency, which nobody is connected to."""
    name = _new_name("template")
    asyncio.run(_build_template(server, name))
    try:
        yield name
    finally:
        asyncio.run(_drop(server, name))


@contextmanager
def clone(server: str, template_name: str) -> Iterator[FreshDatabase]:
    """A copy of the template, dropped afterwards even when the test left connections open."""
    name = _new_name("test")
    asyncio.run(_execute(server, f'CREATE DATABASE "{name}" TEMPLATE "{template_name}" STRATEGY file_copy'))
    try:
        yield _addresses(server, name)
    finally:
        asyncio.run(_drop(server, name))


@asynccontextmanager
async def copied(server: str, template_name: str) -> AsyncIterator[FreshDatabase]:
    """The same inside an event loop that runs already."""
    name = _new_name("copy")
    await _execute(server, f'CREATE DATABASE "{name}" TEMPLATE "{template_name}" STRATEGY file_copy')
    try:
        yield _addresses(server, name)
    finally:
        await _drop(server, name)


def _addresses(server: str, name: str) -> FreshDatabase:
    admin = at_database(server, name)
    app, sign_in = (as_role(admin, role, _password(server, role)) for role in (APP_ROLE, SIGN_IN_ROLE))
    return FreshDatabase(admin, app, sign_in)


async def _build_template(server: str, name: str) -> None:
    from services.database.prepare import prepare
    from tests.world.template import build

    connection = await _connect(server)
    try:
        await connection.execute("SELECT pg_advisory_lock($1)", ONE_AT_A_TIME)
        await connection.execute(f'CREATE DATABASE "{name}"')
        address = at_database(server, name)
        app, sign_in = (_password(server, role) for role in (APP_ROLE, SIGN_IN_ROLE))
        await prepare(address, app_password=app, sign_in_password=sign_in)
        await build(address)
    finally:
        await connection.close()


async def _drop(server: str, name: str) -> None:
    await _execute(server, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


async def _execute(server: str, statement: str) -> None:
    connection = await _connect(server)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


async def _connect(server: str) -> Any:
    return await asyncpg.connect(server)


def _password(server: str, role: str) -> str:
    """The same in every worker on this server, and known only to who knows the administrator's address."""
    return hashlib.sha256(f"{role} {server}".encode()).hexdigest()


def _new_name(kind: str) -> str:
    return f"concordat_{kind}_{os.getpid()}_{next(_numbers)}"
