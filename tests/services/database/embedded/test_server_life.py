"""A server that belongs to one process: it keeps its data, and ends with its owner however that one ends."""

import os
import signal
import stat
import sys
from pathlib import Path

import asyncpg
import pytest

from services.database.embedded.problems import EmbeddedServerError
from services.database.embedded.server import EmbeddedServer
from tests.services.database.embedded.held import held_server
from tests.world.processes import alive, eventually, family

pytestmark = [pytest.mark.anyio, pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")]


async def ask(address: str, *questions: str) -> list[object]:
    connection = await asyncpg.connect(address)
    try:
        return [await connection.fetchval(question) for question in questions]
    finally:
        await connection.close()


async def test_the_server_is_version_18_with_checksums_and_our_collation_and_no_network(tmp_path: Path) -> None:
    with EmbeddedServer(tmp_path / "database") as server:
        answers = await ask(
            server.url("postgres"),
            "SHOW server_version_num",
            "SHOW data_checksums",
            "SELECT datlocprovider::text || datlocale FROM pg_database WHERE datname = 'template1'",
            "SHOW server_encoding",
            "SHOW listen_addresses",
            "SHOW password_encryption",
            "SELECT string_agg(DISTINCT auth_method, ',') FROM pg_hba_file_rules",
        )
    assert str(answers[0]).startswith("18")
    assert answers[1:] == ["on", "bC.UTF-8", "UTF8", "", "scram-sha-256", "scram-sha-256"]


@pytest.mark.parametrize(("for_tests", "durable"), [(False, "on"), (True, "off")])
async def test_only_a_server_for_tests_gives_up_durability(tmp_path: Path, for_tests: bool, durable: str) -> None:
    with EmbeddedServer(tmp_path / "database", for_tests=for_tests) as server:
        answers = await ask(server.url("postgres"), "SHOW fsync", "SHOW synchronous_commit", "SHOW full_page_writes")
    assert answers == [durable] * 3


async def test_a_failing_query_leaves_none_of_its_values_in_the_log(tmp_path: Path) -> None:
    with EmbeddedServer(tmp_path / "database", for_tests=True) as server:
        connection = await asyncpg.connect(server.url("postgres"))
        await connection.execute("CREATE TABLE person (name text PRIMARY KEY)")
        await connection.execute("INSERT INTO person VALUES ($1)", "Invented Amina")
        with pytest.raises(asyncpg.UniqueViolationError):
            await connection.execute("INSERT INTO person VALUES ($1)", "Invented Amina")
        await connection.close()
    log = (tmp_path / "database.log").read_text()
    assert "duplicate key" in log
    assert "Amina" not in log


async def test_the_password_is_asked_for_and_lies_where_only_the_owner_reads(tmp_path: Path) -> None:
    with EmbeddedServer(tmp_path / "database", for_tests=True) as server:
        password = tmp_path / "database.password"
        assert stat.S_IMODE(password.stat().st_mode) == 0o600
        assert password.read_text() in server.url("postgres")
        with pytest.raises(asyncpg.InvalidPasswordError):
            await asyncpg.connect(server.url("postgres"), password="another")
        assert password.read_bytes() not in Path(f"/proc/{server.pid}/cmdline").read_bytes()


async def test_a_second_start_finds_what_the_first_one_kept_even_in_a_path_with_spaces(tmp_path: Path) -> None:
    folder = tmp_path / "a path with 'spaces'" / "the database"
    with EmbeddedServer(folder) as server:
        await ask(server.url("postgres"), "CREATE TABLE kept AS SELECT 42 AS answer")
        sockets = Path((folder.parent / "the database.socket").read_text())
    assert not sockets.exists()
    with EmbeddedServer(folder) as server:
        assert await ask(server.url("postgres"), "SELECT answer FROM kept") == [42]


async def test_killing_the_owner_ends_every_process_and_the_next_start_has_everything(tmp_path: Path) -> None:
    with held_server(tmp_path / "database") as held:
        await ask(held.address, "CREATE TABLE kept AS SELECT 42 AS answer")
        processes = family(held.pid)
        held.kill_holder()
        assert len(processes) > 3
        assert eventually(lambda: not any(alive(pid) for pid in processes))
    with EmbeddedServer(tmp_path / "database") as server:
        assert await ask(server.url("postgres"), "SELECT answer FROM kept") == [42]


async def test_a_killed_server_recovers_at_the_next_start_and_its_socket_folder_is_removed(tmp_path: Path) -> None:
    with held_server(tmp_path / "database") as held:
        await ask(held.address, "CREATE TABLE kept AS SELECT 42 AS answer")
        sockets = Path((tmp_path / "database.socket").read_text())
        os.kill(held.pid, signal.SIGKILL)
        held.kill_holder()
        with EmbeddedServer(tmp_path / "database") as server:
            assert await ask(server.url("postgres"), "SELECT answer FROM kept") == [42]
            assert not sockets.exists()


def test_a_second_owner_is_told_that_the_folder_is_in_use(tmp_path: Path) -> None:
    with EmbeddedServer(tmp_path / "database", for_tests=True) as first:
        with pytest.raises(EmbeddedServerError, match="is in use by another running process"):
            EmbeddedServer(tmp_path / "database", patience=0).start()
        assert first.running()


def test_a_start_that_was_killed_half_way_leaves_no_half_database(tmp_path: Path) -> None:
    (tmp_path / "database.unfinished").mkdir()
    (tmp_path / "database.unfinished" / "PG_VERSION").write_text("18")
    with EmbeddedServer(tmp_path / "database", for_tests=True) as server:
        assert server.running()
    assert not (tmp_path / "database.unfinished").exists()
