"""`python -m benchmarks [name …]`: measure, and print ratios; without a name, everything."""

import asyncio
import os
import sys
import tempfile
from collections.abc import Callable, Coroutine
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any, Final

import asyncpg

from benchmarks import case_page, imports
from tests.world import server
from tests.world.server import FreshDatabase

BENCHMARKS: Final[dict[str, Callable[[FreshDatabase], Coroutine[Any, Any, list[str]]]]] = {
    "case_page": case_page.run,
    "imports": imports.run,
}
CLOCK: Final = Path(__file__).parents[1] / "services" / "database" / "gatekeeper" / "time.sql"


def main(names: list[str]) -> int:
    """Each benchmark on a database of its own; one that is not known ends the run before the first."""
    if unknown := [name for name in names if name not in BENCHMARKS]:
        print(f"There is no benchmark {', '.join(unknown)}; there are: {', '.join(BENCHMARKS)}.")
        return 2
    with (
        tempfile.TemporaryDirectory() as folder,
        server.running_server(Path(folder) / "server") as address,
        server.template(address) as template,
    ):
        for name in names or BENCHMARKS:
            with server.clone(address, template) as database:
                asyncio.run(_by_the_servers_clock(database))
                report = _quietly(BENCHMARKS[name], database)
            print(f"── {name}", *report, sep="\n", flush=True)
    return 0


async def _by_the_servers_clock(database: FreshDatabase) -> None:
    """Tests have a clock of their own, and every look at it costs a read that a real platform does not make."""
    admin = await asyncpg.connect(database.admin_url)
    try:
        await admin.execute(CLOCK.read_text(encoding="utf-8"))
    finally:
        await admin.close()


def _quietly(
    benchmark: Callable[[FreshDatabase], Coroutine[Any, Any, list[str]]], database: FreshDatabase
) -> list[str]:
    """A line of log per request would bury the figures."""
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere, redirect_stdout(nowhere):
        return asyncio.run(benchmark(database))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
