"""The page of threats names tests that exist; what cannot arise cannot arise by accident either."""

import ast
import re
from pathlib import Path

from schema.root import build_schema
from services.database.engine import APPLICATION_LIMITS

ROOT = Path(__file__).parents[2]
ROW = re.compile(r"^\| (T\d+) \|.*\| ([^|]+) \|$", re.MULTILINE)
TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
ASKED = [f"T{number}" for number in (*range(1, 18), 23, *range(25, 30), 73)]


def rows() -> list[tuple[str, list[tuple[str, str]]]]:
    """Each threat of the page with its tests, as file and name."""
    page = (ROOT / "docs" / "threats.md").read_text(encoding="utf-8")
    return [(number, TEST.findall(tests)) for number, tests in ROW.findall(page)]


def test_every_threat_stands_once_and_names_a_test() -> None:
    assert [number for number, _ in rows()] == ASKED
    assert [number for number, tests in rows() if not tests] == []


def test_every_test_that_the_page_names_is_one() -> None:
    missing = [f"{path}::{name}" for _, tests in rows() for path, name in tests if name not in functions(path)]
    assert missing == []


def functions(path: str) -> set[str]:
    """The tests of a file."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}


def test_t26_the_language_has_no_subscription() -> None:
    text = build_schema().as_str()
    assert re.findall(r"^(?:extend )?type (Query|Mutation|Subscription)\b", text, re.MULTILINE) == ["Mutation", "Query"]
    assert build_schema()._schema.subscription_type is None


def test_t27_no_operation_reads_longer_than_one_short_transaction() -> None:
    assert 0 < int(APPLICATION_LIMITS["statement_timeout"]) < int(APPLICATION_LIMITS["transaction_timeout"]) <= 15_000


def test_t29_a_process_has_one_database_and_reads_from_no_copy() -> None:
    """Pools are made in one place; other engines are an administrator's, for one errand before anything is served."""
    makers = {
        path.relative_to(ROOT).as_posix(): re.findall(r"create_async_engine\(\s*asyncpg_url\((\w+)\)", text)
        for room in ("api", "schema", "services")
        for path in (ROOT / room).rglob("*.py")
        if "create_async_engine(" in (text := path.read_text(encoding="utf-8"))
    }
    assert makers.pop("services/database/engine.py") == ["url"]
    assert {address for addresses in makers.values() for address in addresses} == {"admin_url"}
    addresses = set()
    for path in (ROOT / "api").glob("*.py"):
        addresses |= set(re.findall(r'"(\w*DATABASE_URL)"', path.read_text(encoding="utf-8")))
    assert addresses == {"DATABASE_URL", "APP_DATABASE_URL", "SIGN_IN_DATABASE_URL"}
