"""What the pages name exists: links, paths, make targets, error codes."""

import re
from pathlib import Path

import pytest

from api.problems import CATALOGUE

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")), ROOT / "frontend-contract" / "README.md"]
# A path in code quotes, from the root of the repository; <noun>, * and {…} stand for many.
NAMED_PATH = re.compile(
    r"`((?:api|benchmarks|docs|frontend-contract|policies|requirements|schema|services|tests)/[\w./-]*)`"
)
LINK = re.compile(r"\]\((?!https?:)([^)#]+)\)")


def of_page(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", PAGES, ids=of_page)
def test_every_link_leads_somewhere(page: Path) -> None:
    links = LINK.findall(page.read_text(encoding="utf-8"))

    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=of_page)
def test_every_path_that_a_page_names_exists(page: Path) -> None:
    named = NAMED_PATH.findall(page.read_text(encoding="utf-8"))

    assert [path for path in named if not (ROOT / path).exists()] == []


def test_the_index_of_decisions_lists_each_of_them() -> None:
    folder = ROOT / "docs" / "decisions"
    pages = sorted(page.name for page in folder.glob("[0-9]*.md"))

    assert LINK.findall((folder / "README.md").read_text(encoding="utf-8")) == pages


def test_every_make_target_that_the_readme_names_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(
        re.findall(r"\bmake (?:[A-Z]+=\S+ )*([a-z]+)\b(?=[ `]|$)", (ROOT / "README.md").read_text(encoding="utf-8"))
    )

    assert {"demo", "test", "reset", "contract"} <= named
    assert named <= targets


def test_the_contract_lists_every_error_code_with_its_status() -> None:
    page = (ROOT / "frontend-contract" / "README.md").read_text(encoding="utf-8")
    listed = dict(re.findall(r"^\| `([A-Z_]+)` \| (\d{3}) \|", page, re.MULTILINE))

    assert listed == {code.value: str(int(entry.status)) for code, entry in CATALOGUE.items()}
