"""Every SQL text of the services fits the real schema, and of the two roles only the one that sends it may."""

import importlib
import pkgutil
from collections.abc import Iterator

import asyncpg
import pytest
from sqlalchemy import TextClause, TextualSelect
from sqlalchemy.dialects.postgresql.asyncpg import dialect

import services
from tests.services.database.raw import connection, sign_in_connection
from tests.services.database.world import World

pytestmark = pytest.mark.anyio

# What fills a database before it is served, and what `migrate` sends.
ADMINISTRATORS = (
    "services.demo_world",
    "services.agencies.directory_store",
    "services.database.walls.REMEMBER",
    "services.database.sealing.",
)
BEFORE_A_SESSION = ("services.sessions.", "services.machines.store.")
"""Where the statements live that begin, confirm and end sessions: only the role for signing in may send those."""


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


async def test_each_statement_may_be_sent_by_the_role_it_is_for(world: World) -> None:
    async with connection(world.database) as application, sign_in_connection(world.database) as sign_in:
        not_of_the_application = await try_out(application, OF_THE_APPLICATION)
        not_of_the_sign_in = await try_out(sign_in, OF_THE_APPLICATION)

    assert {name for name in not_of_the_application if not name.startswith(BEFORE_A_SESSION)} == set()
    assert not_of_the_application.keys() & not_of_the_sign_in.keys() == set()
    assert {problem.partition(":")[0] for problem in not_of_the_application.values()} == {"InsufficientPrivilegeError"}
    assert len(not_of_the_application) > 10


async def test_the_administrator_may_send_the_others(world: World) -> None:
    assert await try_out(world.platform.admin, OF_THE_ADMINISTRATOR) == {}


async def test_a_statement_that_may_not_be_sent_is_found(world: World) -> None:
    async with connection(world.database) as raw:
        found = await try_out(raw, {"right": "SELECT secret_hash FROM session", "schema": "SELECT nothing FROM record"})

    assert {name: text.partition(":")[0] for name, text in found.items()} == {
        "right": "InsufficientPrivilegeError",
        "schema": "UndefinedColumnError",
    }
