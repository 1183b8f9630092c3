"""Each library that could go round a lock has one door, and each slice's inner files have few visitors."""

import re
from fnmatch import fnmatch
from importlib.metadata import packages_distributions

import pytest

from tests.architecture.source import ROOMS, Source, sources

SQL = (
    "services/database/*",
    "services/*/store.py",
    "services/*/store/*.py",
    "services/*/*_store.py",
    "services/gate.py",
    "services/ledger.py",
    "services/once.py",
    "services/tools.py",
    "services/notices/worker.py",  # waits for a database that is away
    "services/demo_world/*.py",
)
DOORS = {
    "casbin": ("policies/engine.py",),
    "sqlalchemy": SQL,
    "asyncpg": ("services/database/*", "services/tools.py", "services/notices/worker.py"),
    "alembic": ("services/database/prepare.py", "services/database/migrations/*"),
    "authlib": ("api/identity/*", "api/development/*"),
    "joserfc": ("api/identity/*", "api/development/*", "api/notify.py"),
    "starlette": ("api/*",),
    "uvicorn": ("api/*",),
    "httpx2": ("api/*",),
    "aiosmtplib": ("services/notices/post.py",),
    "typer": ("api/*",),
    "structlog": ("api/*",),
    "strawberry": ("schema/*",),
    "graphql": ("api/*", "schema/*"),
    "cryptography": (
        "schema/paging.py",
        "services/secret_box.py",
        "services/attachments/vault.py",
        "services/attachments/quarantine.py",
        "api/*",
    ),
    "pypdf": ("services/attachments/pdf.py",),
}
ROW = {"sqlalchemy", "sqlalchemy.RowMapping"}  # the type of a row that a store gave back
STATEMENT = re.compile(r"^\s*(SELECT|INSERT INTO|UPDATE|DELETE FROM)\s", re.MULTILINE)
STORE = re.compile(r"services\.(\w+)\.(\w*store)(?:\.(\w+))?$")
BORROWED = {
    "services.cases.store.writes": {"referrals", "imports", "decisions", "meetings"},  # forms, decisions, clocks
    "services.cases.store": {"referrals", "imports", "decisions", "meetings"},
    "services.outbox.store": {"cases", "decisions", "meetings", "referrals", "requests", "sharing"},
    "services.letters.store": {"decisions", "notices"},  # written with the act, sent by the worker
    "services.requests.store": {"cases"},  # the same for its requests
    "services.sharing.store": {"cases"},  # reading a record reads its shares in the same statement
    "services.agencies.store": {"decisions", "referrals"},  # finds who has a function on a day
    "services.agencies.directory_store": {"demo_world"},
}


def is_at(source: Source, places: tuple[str, ...]) -> bool:
    return any(fnmatch(source.path, place) for place in places)


def imported_of(library: str, source: Source) -> set[str]:
    return {name for name in source.imports() if name.partition(".")[0] == library}


@pytest.mark.parametrize("library", DOORS)
def test_a_library_is_imported_behind_its_own_doors_only(library: str) -> None:
    users = [s for s in sources(*ROOMS) if imported_of(library, s) - (ROW if s.path.startswith("services/") else set())]

    assert users, "nobody imports it: strike it from the list"
    assert [source.path for source in users if not is_at(source, DOORS[library])] == []


def test_every_named_door_leads_to_a_file() -> None:
    paths = sources(*ROOMS)

    assert [p for places in DOORS.values() for p in places if not any(is_at(s, (p,)) for s in paths)] == []


def test_sql_is_written_where_it_may_be_run_only() -> None:
    writers = [source for source in sources(*ROOMS) if STATEMENT.search(source.text)]

    assert len(writers) > 5
    assert [source.path for source in writers if not is_at(source, SQL)] == []


def test_the_mint_of_permits_is_known_to_its_two_files_only() -> None:
    """The first lock: whoever holds the mint's mark can make a permit."""
    knowing = {source.path for source in sources(*ROOMS) if re.search(r"\b_MINT\b", source.text)}

    assert knowing == {"policies/permit.py", "policies/engine.py"}


def test_a_store_is_visited_by_its_own_slice_and_by_those_named_here() -> None:
    found: dict[str, set[str]] = {}
    for source in sources("services"):
        slice_of = source.module.split(".")[1] if "." in source.module else ""
        for name in source.imports():
            match = STORE.match(name)
            module = name if match and match[3] in (None, "writes", "reads") else name.rpartition(".")[0]
            if (match := STORE.match(module)) and match[1] != slice_of:
                found.setdefault(module, set()).add(slice_of)

    assert found == BORROWED


@pytest.mark.parametrize("room", ROOMS)
def test_no_dependency_owns_our_room_name(room: str) -> None:
    assert packages_distributions().get(room) is None


def test_one_distribution_provides_the_rule_engine() -> None:
    assert packages_distributions()["casbin"] == ["pycasbin"]
