"""The locks name versions and hashes, never an address, and no package that would hide one of our rooms."""

import re
from pathlib import Path

import pytest

REQUIREMENTS = Path(__file__).parents[2] / "requirements"
LOCKS = ["uv.txt", "base.txt", "dev.txt"]
ROOMS = {"api", "schema", "services", "policies", "tests"}


def names(lock: str) -> dict[str, str]:
    found = re.findall(r"^([a-z0-9.-]+)==(\S+)", (REQUIREMENTS / lock).read_text(), re.MULTILINE)
    return dict(found)


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_no_address(lock: str) -> None:
    assert names(lock)
    assert "://" not in (REQUIREMENTS / lock).read_text()


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_has_a_hash(lock: str) -> None:
    blocks = re.split(r"^(?=[a-z0-9.-]+==)", (REQUIREMENTS / lock).read_text(), flags=re.MULTILINE)[1:]
    assert [block.splitlines()[0] for block in blocks if "--hash=sha256:" not in block] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_no_package_hides_a_room_or_casbin(lock: str) -> None:
    assert not (ROOMS | {"casbin"}) & set(names(lock))


def test_tests_run_on_the_versions_that_the_platform_runs_on() -> None:
    base, dev = names("base.txt"), names("dev.txt")
    assert base.items() <= dev.items()
