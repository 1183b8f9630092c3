"""`python -m api import-referral` as a process: a line for each file, and an exit code that tells the truth."""

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from api import import_referral
from tests.services.imports import upstream
from tests.world.server import FreshDatabase
from tests.world.template import IMPORTER_SECRET

ADULT, CHILD, SILENT = "adult_without_support", "child", "duty_to_notify_without_cooperation"
THEN = "2026-05-22T12:00"


def importing(database: FreshDatabase, *arguments: str | Path, **changed: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {"APP_DATABASE_URL": database.app_url, "CONCORDAT_SERVICE_SECRET": IMPORTER_SECRET} | changed
    command = [sys.executable, "-m", "api", "import-referral", *map(str, arguments)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)


def saved(folder: Path, name: str, **changes: Any) -> Path:
    file = folder / f"{name}.json"
    file.write_text(json.dumps(upstream.message(name) | changes), encoding="utf-8")
    return file


def rows(database: FreshDatabase, query: str) -> list[tuple[Any, ...]]:
    async def fetch() -> list[tuple[Any, ...]]:
        connection = await asyncpg.connect(database.admin_url)
        try:
            return [tuple(row) for row in await connection.fetch(query)]
        finally:
            await connection.close()

    return asyncio.run(fetch())


def test_one_bad_file_never_stops_the_others(fresh_database: FreshDatabase, tmp_path: Path) -> None:
    wrong = saved(tmp_path, CHILD, **{"Customer.DOB": "yesterday", "Odd\x1b[31m": "1"})
    listed = tmp_path / "listed.json"
    listed.write_text(json.dumps([upstream.message(ADULT)]))
    good, silent, missing = saved(tmp_path, ADULT), saved(tmp_path, SILENT), tmp_path / "missing.json"

    done = importing(fresh_database, wrong, listed, good, missing, silent, good, "--received-at", THEN)

    (case, notification) = sorted(reference for (reference,) in rows(fresh_database, "SELECT reference FROM record"))
    assert done.stdout.splitlines() == [
        f"{wrong}: REFUSED, nothing was stored:",
        "    Odd?[31m: The form's message has no such key. Leave the key out, or correct its spelling.",
        "    Customer.DOB: This is not a date. Send 2011-03-09, or 2011-03 or 2011 if unsure.",
        f"{listed}: REFUSED, nothing was stored: This file holds a list: put each message in a file of its own, and "
        "import the files.",
        f"{good}: imported as {case}",
        f"{missing}: REFUSED, nothing was stored: This file cannot be read (No such file or directory): check its name "
        "and rights.",
        f"{silent}: imported as {notification}",
        f"{good}: already imported as {case} (nothing changed)",
        "2 imported, 1 already imported, 3 refused",
    ]
    assert (done.returncode, done.stderr) == (1, "")


def test_a_time_without_a_zone_is_londons(fresh_database: FreshDatabase, tmp_path: Path) -> None:
    file = saved(tmp_path, CHILD)

    done = importing(fresh_database, file, "--received-at", "2019-04-28T23:50", "--channel", "fax")

    assert (done.returncode, done.stderr) == (0, "")
    assert rows(
        fresh_database, "SELECT received_at AT TIME ZONE 'UTC' || '', channel, authority_row FROM referral"
    ) == [("2019-04-28 22:50:00", "fax", "route-local-authority-2013-04-01")]


def test_a_case_that_does_not_exist_is_one_line(fresh_database: FreshDatabase, tmp_path: Path) -> None:
    file = saved(tmp_path, CHILD)
    done = importing(fresh_database, file, "--case", "C-2222-22222")
    assert done.returncode == 1
    assert done.stdout.splitlines()[1:] == [
        "    --case: There is no such concern, or it was referred before. Check the reference; without --case the "
        "message makes a new case."
    ]


def test_a_time_that_has_not_come_refuses_the_message(fresh_database: FreshDatabase, tmp_path: Path) -> None:
    done = importing(fresh_database, saved(tmp_path, CHILD), "--received-at", "2999-01-01T00:00")
    assert (done.returncode, rows(fresh_database, "SELECT FROM record")) == (1, [])
    assert "--received-at: This time has not come yet." in done.stdout


def test_a_secret_of_nobody_is_one_sentence(fresh_database: FreshDatabase, tmp_path: Path) -> None:
    done = importing(fresh_database, saved(tmp_path, CHILD), CONCORDAT_SERVICE_SECRET="x" * 32)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines() == ["CONCORDAT_SERVICE_SECRET names no living session: give the import a new one."]


def test_a_persons_session_imports_nothing(fresh_database: FreshDatabase, tmp_path: Path) -> None:
    done = importing(
        fresh_database, saved(tmp_path, CHILD), CONCORDAT_SERVICE_SECRET="test-worker-secret-0000000000000000"
    )
    assert done.returncode == 1
    assert "This session may not import messages." in done.stdout


def test_a_database_that_is_away_is_one_sentence(fresh_database: FreshDatabase, tmp_path: Path) -> None:
    away = "postgresql://concordat_app:x@127.0.0.1:1/concordat"
    done = importing(fresh_database, saved(tmp_path, CHILD), saved(tmp_path, ADULT), APP_DATABASE_URL=away)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (1, "", 1)
    assert done.stderr.startswith("The database does not answer, and 2 of the files were not told of")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"channel": "pigeon"}, "--channel pigeon is unknown: give online, email, fax, post."),
        ({"received_at": "yesterday"}, "--received-at: 'yesterday' is no date with a time: write it as in"),
        ({"received_at": "2026-03-29T01:30"}, "--received-at: London never had a 2026-03-29T01:30:00"),
        ({"case": " "}, "--case is empty"),
    ],
)
def test_a_wrong_option_is_one_sentence_before_anything_is_read(
    options: dict[str, str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    nothing: dict[str, Any] = {"received_at": None, "channel": None, "case": None}
    code = import_referral.run([Path("is-not-read.json")], **(nothing | options))
    caught = capsys.readouterr()
    assert (code, caught.out, len(caught.err.splitlines())) == (2, "", 1)
    assert caught.err.startswith(said)


def test_a_case_is_named_for_one_message_only(capsys: pytest.CaptureFixture[str]) -> None:
    files = [Path("one.json"), Path("other.json")]
    assert import_referral.run(files, received_at=None, channel=None, case="C-2222-22222") == 2
    assert capsys.readouterr().err == "--case names the concern of one message: give one file with it.\n"


def test_a_database_that_stands_open_is_given_nothing(fresh_database: FreshDatabase, tmp_path: Path) -> None:
    rows(fresh_database, "ALTER TABLE referral DISABLE ROW LEVEL SECURITY")

    done = importing(fresh_database, saved(tmp_path, ADULT), "--received-at", THEN)

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("Nothing was done, because the database does not protect its rows. ")
    assert "no row security: referral" in done.stderr
    assert rows(fresh_database, "SELECT id FROM record") == []
