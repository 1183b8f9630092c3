"""The real processes, on a server that keeps what it acknowledges: they start, and with one hole they do not."""

import asyncio
import subprocess
import sys
from pathlib import Path

import asyncpg
import pytest

from services.database.addresses import as_role
from tests.world.demo import ROOT, Demo, free_ports, running_demo

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


def environment_of(demo: Demo, part: str) -> dict[str, str]:
    """What a running process was started with."""
    pairs = Path(f"/proc/{demo.part(part)}/environ").read_text().split("\0")
    return dict(pair.split("=", 1) for pair in pairs if "=" in pair)


def said_by(arguments: list[str], environment: dict[str, str]) -> str:
    """The last words of a process that must not go on."""
    command = [sys.executable, "-m", "api", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode != 0
    return done.stdout + done.stderr


def test_neither_server_nor_worker_starts_where_rows_stand_open(tmp_path: Path) -> None:
    with running_demo(tmp_path / "demo") as demo:  # so they started on the same database while it was whole
        serving, working = environment_of(demo, "serve"), environment_of(demo, "worker")
        password = (tmp_path / "demo" / "database.password").read_text().strip()
        admin = as_role(serving["APP_DATABASE_URL"], "postgres", password)
        another = ["serve", "--port", str(free_ports())]

        execute(admin, "GRANT SELECT (issuer) ON provider TO concordat_sign_in")
        assert "by hand since `migrate`: grants on provider" in said_by(another, serving)
        execute(admin, "REVOKE SELECT (issuer) ON provider FROM concordat_sign_in")
        execute(admin, "ALTER TABLE referral DISABLE ROW LEVEL SECURITY")
        assert "These tables have no row security: referral" in said_by(another, serving)
        assert said_by(["worker"], working).startswith("The worker does not start. These tables have no row security: ")


def execute(address: str, statement: str) -> None:
    """As an administrator does at night."""

    async def run() -> None:
        connection = await asyncpg.connect(address)
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    asyncio.run(run())
