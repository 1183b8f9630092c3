"""Ten thousand messages of the public form through `python -m api import-referral`, killed midway and begun again.

Measured are CPU per message (Python's and PostgreSQL's, which a busy machine changes little), messages per second
(which it changes much) and the peak of the importing process after a quarter and at the end. `BENCHMARK_MESSAGES` asks
for fewer."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

import asyncpg

from benchmarks.cpu import TICKS_PER_SECOND
from tests.world.batches import a_message
from tests.world.processes import family
from tests.world.server import FreshDatabase
from tests.world.template import IMPORTER_SECRET

MESSAGES: Final = int(os.environ.get("BENCHMARK_MESSAGES", "10000"))
ROOT: Final = Path(__file__).parents[1]
COUNT: Final = "SELECT count(*), count(DISTINCT external_id) FROM referral"


@dataclass(frozen=True, slots=True)
class Run:
    """One start of the import: what it printed of messages, how it ended, and what it cost."""

    imported: int
    known: int
    code: int
    seconds: float
    cpu: float
    peaks: tuple[int, ...]  # bytes, after a quarter of the messages and at the last one that was looked at


async def run(database: FreshDatabase) -> list[str]:
    """Import, kill, import again, count."""
    admin = await asyncpg.connect(database.admin_url)
    try:
        postmaster = _parent(await admin.fetchval("SELECT pg_backend_pid()"))
        with tempfile.TemporaryDirectory() as folder:
            files = list(_written(Path(folder)))
            before = _cpu_of(postmaster)
            killed = await asyncio.to_thread(_import, database, files, MESSAGES // 2)
            whole = await asyncio.to_thread(_import, database, files, None)
        postgresql = _cpu_of(postmaster) - before
        rows, different = await admin.fetchrow(COUNT)
    finally:
        await admin.close()
    return [*_report(killed, whole, postgresql), f"in the database: {rows} referrals of {different} messages"]


def _report(killed: Run, whole: Run, postgresql: float) -> Iterator[str]:
    imported = MESSAGES
    seconds, python = killed.seconds + whole.seconds, killed.cpu + whole.cpu
    yield f"killed by {signal.Signals(-killed.code).name} after {killed.imported} messages; then again with all:"
    yield f"{whole.known} known, {whole.imported} imported, exit code {whole.code}"
    load = f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
    yield f"{imported / seconds:.0f} messages per second of the clock ({load})"
    each = [1000 * spent / imported for spent in (python, postgresql)]
    yield f"CPU per message: {each[0]:.1f} ms Python + {each[1]:.1f} ms PostgreSQL"
    yield f"at most {2000 / sum(each):.0f} messages per second, were two cores always busy with it"
    first, last = whole.peaks[0] / 2**20, whole.peaks[-1] / 2**20
    yield f"peak memory: {first:.1f} MB after a quarter, {last:.1f} MB at the end"


def _written(folder: Path) -> Iterator[Path]:
    for number in range(MESSAGES):
        path = folder / f"{number:05}.json"
        path.write_text(json.dumps(a_message(number)), encoding="utf-8")
        yield path


def _import(database: FreshDatabase, files: list[Path], kill_after: int | None) -> Run:
    environment = {name: text for name, text in os.environ.items() if name != "DATABASE_URL"}
    environment |= {"APP_DATABASE_URL": database.app_url, "CONCORDAT_SERVICE_SECRET": IMPORTER_SECRET}
    environment["PYTHONUNBUFFERED"] = "1"
    command = [sys.executable, "-m", "api", "import-referral", *map(str, files)]
    started = time.monotonic()
    with subprocess.Popen(  # noqa: S603 - our own command, with files of our own
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        imported, known, peaks = _watch(process, kill_after)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = code = os.waitstatus_to_exitcode(status)
    return Run(imported, known, code, time.monotonic() - started, used.ru_utime + used.ru_stime, tuple(peaks))


def _watch(process: "subprocess.Popen[str]", kill_after: int | None) -> tuple[int, int, list[int]]:
    imported = known = 0
    peaks: list[int] = []
    for line in _lines(process.stdout):
        imported += ": imported as " in line
        known += ": already imported as " in line
        if imported + known in (MESSAGES // 4, MESSAGES - 1):
            peaks.append(_peak(process.pid))
        if imported == kill_after:
            process.kill()
            break
    return imported, known, peaks


def _lines(said: IO[str] | None) -> Iterator[str]:
    return iter(said or ())


def _peak(pid: int) -> int:
    (line,) = (one for one in Path(f"/proc/{pid}/status").read_text().splitlines() if one.startswith("VmHWM:"))
    return int(line.split()[1]) * 1024


def _parent(pid: int) -> int:
    return int(_fields(pid)[1])


def _cpu_of(postmaster: int) -> float:
    """Seconds of the whole server: its living processes, and those whose end it has seen."""
    living = sum(int(field) for pid in family(postmaster) for field in _fields(pid)[11:13])
    return (living + sum(int(field) for field in _fields(postmaster)[13:15])) / TICKS_PER_SECOND


def _fields(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
