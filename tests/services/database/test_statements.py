"""Every SQL text of the services fits the real schema, and the role that sends it may."""

import importlib
import pkgutil
from collections.abc import Iterator

import asyncpg
import pytest
from sqlalchemy import TextClause, TextualSelect
from sqlalchemy.dialects.postgresql.asyncpg import dialect

import services
from tests.services.database.raw import connection
from tests.services.database.world import World

pytestmark = pytest.mark.anyio

ADMINISTRATORS = ("services.demo_world", "services.agencies.directory_store")  # fill a database before it is served


def statements() -> Iterator[tuple[str, str]]:
    """Module and name, and the text as it reaches the driver."""
    for module in pkgutil.walk_packages(services.__path__, "services."):
        if ".migrations" not in module.name:
            for name, part in vars(importlib.import_module(module.name)).items():
                if isinstance(part, TextClause | TextualSelect):
                    yield f"{module.name}.{name}", str(part.compile(dialect=dialect()))  # type: ignore[no-untyped-call]


ALL = dict(statements())
OF_THE_ADMINISTRATOR = {name: text for name, text in ALL.items() if name.startswith(ADMINISTRATORS)}
OF_THE_APPLICATION = {name: text for name, text in ALL.items() if not name.startswith(ADMINISTRATORS)}


async def try_out(raw: asyncpg.Connection, texts: dict[str, str]) -> dict[str, str]:
    """The problem with each text that the database would not run; explaining one checks rights and runs nothing."""
    problems = {}
    for number, (name, text) in enumerate(texts.items()):
        try:
            prepared = await raw.prepare(text, name=f"tried_{number}")
            nothing = ", ".join(["NULL"] * len(prepared.get_parameters()))
            await raw.execute(f"EXPLAIN EXECUTE tried_{number}" + (f"({nothing})" if nothing else ""))
        except asyncpg.PostgresError as problem:
            problems[name] = f"{type(problem).__name__}: {problem}"
    return problems


def test_the_statements_are_found() -> None:
    assert len(OF_THE_APPLICATION) > 30
    assert "services.cases.store.reads.READ" in OF_THE_APPLICATION


async def test_the_application_may_send_each_of_its_statements(world: World) -> None:
    async with connection(world.database) as raw:
        assert await try_out(raw, OF_THE_APPLICATION) == {}


async def test_the_administrator_may_send_the_others(world: World) -> None:
    assert await try_out(world.platform.admin, OF_THE_ADMINISTRATOR) == {}


async def test_a_statement_that_may_not_be_sent_is_found(world: World) -> None:
    async with connection(world.database) as raw:
        found = await try_out(raw, {"right": "SELECT secret_hash FROM session", "schema": "SELECT nothing FROM record"})

    assert {name: text.partition(":")[0] for name, text in found.items()} == {
        "right": "InsufficientPrivilegeError",
        "schema": "UndefinedColumnError",
    }
