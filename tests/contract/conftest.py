"""The story behind the examples, told once for every test here."""

import asyncio

import pytest

from tests.contract import plot
from tests.contract.plot import Told
from tests.world import server


@pytest.fixture(scope="session")
def told(database_server: str, template_database: str) -> Told:
    """Everything that was asked and answered."""
    with server.clone(database_server, template_database) as database:
        return asyncio.run(plot.tell(database))
