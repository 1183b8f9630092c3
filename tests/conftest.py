"""What every test may ask for: the event loop's kind, a server, and a database of its own."""

import gc
from collections.abc import Iterator

import pytest

from tests.world import server as servers
from tests.world.server import FreshDatabase


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """One event loop's kind is promised, so one is tested."""
    return "asyncio"


@pytest.fixture(scope="session")
def database_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The administrator's address of a PostgreSQL server without any database of ours."""
    with servers.running_server(tmp_path_factory.mktemp("postgresql")) as address:
        yield address


@pytest.fixture(scope="session")
def template_database(database_server: str) -> Iterator[str]:
    """The name of the prepared database that tests clone."""
    with servers.template(database_server) as name:
        yield name


@pytest.fixture
def fresh_database(database_server: str, template_database: str) -> Iterator[FreshDatabase]:
    """A database that no other test has touched."""
    with servers.clone(database_server, template_database) as database:
        yield database


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the figures that tests measured (`record_property("figure", …)`), whichever process ran them."""
    reports = [one for found in terminalreporter.stats.values() for one in found if isinstance(one, pytest.TestReport)]
    figures = [text for one in reports if one.when == "call" for name, text in one.user_properties if name == "figure"]
    if figures:
        terminalreporter.section("figures")
        for figure in figures:
            terminalreporter.write_line(str(figure))


def pytest_collection_finish() -> None:
    """What was imported lives as long as the process: whoever collects garbage need not walk through it each time."""
    gc.collect()
    gc.freeze()
