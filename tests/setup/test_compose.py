"""The production-like shape says what the code expects; nobody needs an engine to see that."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from api.__main__ import cli
from services.database.embedded import options

ROOT = Path(__file__).parents[2]
DOCKERFILE = (ROOT / "Dockerfile").read_text()
OURS = ["migrate", "api", "worker"]


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    content = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    assert set(content["volumes"]) == {"attachments", "database"}
    found: dict[str, Any] = content["services"]
    return found


def test_the_database_is_version_18_and_keeps_its_data(services: dict[str, Any]) -> None:
    assert services["database"]["image"] == "postgres:18"
    assert services["database"]["volumes"] == ["database:/var/lib/postgresql"]
    assert "pg_isready" in services["database"]["healthcheck"]["test"]


def test_the_database_logs_as_little_as_the_embedded_one(services: dict[str, Any]) -> None:
    given = dict(part.removeprefix("-c").split("=") for part in services["database"]["command"][1:])
    assert given == {name: value for name, value in options.ALWAYS.items() if "log" in name or name == "timezone"}


def test_the_database_sorts_as_the_embedded_one(services: dict[str, Any]) -> None:
    initial = services["database"]["environment"]["POSTGRES_INITDB_ARGS"].split()
    assert set(initial) == set(options.INITIAL) - {"--username=postgres"}


@pytest.mark.parametrize("name", OURS)
def test_every_command_exists(services: dict[str, Any], name: str) -> None:
    command = services[name]["command"]
    known = {
        registered.name or registered.callback.__name__ for registered in cli.registered_commands if registered.callback
    }
    assert command[:3] == ["python", "-m", "api"]
    assert command[3] in known


@pytest.mark.parametrize("name", ["api", "worker"])
def test_who_serves_waits_for_the_migration_and_runs_as_production(services: dict[str, Any], name: str) -> None:
    assert services[name]["environment"]["ENVIRONMENT"] == "production"
    assert services[name]["depends_on"] == {"migrate": {"condition": "service_completed_successfully"}}
    assert ".secrets/migrate.env" not in services[name]["env_file"]


def test_the_server_and_the_worker_share_the_files_and_what_opens_them(services: dict[str, Any]) -> None:
    """The worker scans late and destroys what is gone; it is no door for signing in."""
    for name in ("api", "worker"):
        folder = services[name]["environment"]["ATTACHMENTS_FOLDER"]
        assert services[name]["volumes"] == [f"attachments:{folder}"]
        assert f"--owner=65534 --group=65534 --mode=0700 {folder}\nUSER 65534:65534" in DOCKERFILE
    assert [name for name in OURS if ".secrets/keys.env" in services[name]["env_file"]] == OURS
    assert [name for name in OURS if ".secrets/sign-in.env" in services[name]["env_file"]] == ["api"]


@pytest.mark.parametrize("name", ["database", *OURS])
def test_no_secret_stands_in_the_file(services: dict[str, Any], name: str) -> None:
    assert services[name]["env_file"]
    assert not [
        key for key in services[name].get("environment", {}) if "PASSWORD" in key or "SECRET" in key or "URL" in key
    ]
    assert ".secrets/" in (ROOT / ".gitignore").read_text().splitlines()


@pytest.mark.parametrize("name", OURS)
def test_our_containers_can_write_nothing_and_gain_nothing(services: dict[str, Any], name: str) -> None:
    assert services[name]["read_only"] is True
    assert services[name]["cap_drop"] == ["ALL"]
    assert services[name]["security_opt"] == ["no-new-privileges:true"]
