"""The demo's page: its people, its files, its policy, and that production has none of it."""

import json
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest
from graphql import parse, validate
from starlette.routing import BaseRoute

from api.assembly import assemble
from api.development.examples import read_examples
from api.development.page import routes
from api.development.refusal import DevelopmentProblemError
from api.development.static_files import ASSETS
from schema.root import build_schema

pytestmark = pytest.mark.anyio

ORIGIN = "http://127.0.0.1:8000"
PEOPLE = {
    "agencies": {"kent-police": {"name": "Kent <Police>", "about": "Refers & investigates."}, "school": "A School"},
    "people": {
        "kent-police": [{"subject": "kent/1&x", "name": "Asha O'Patel", "role": "Police officer", "about": "Nights."}],
        "school": [{"subject": "school-1", "name": "Tom Reed", "role": "Teacher"}],
    },
}


@dataclass(frozen=True)
class Settings:
    environment: str = "development"


@pytest.fixture
def people_file(tmp_path: Path) -> Path:
    file = tmp_path / "people.json"
    file.write_text(json.dumps(PEOPLE), encoding="utf-8")
    return file


@pytest.fixture
async def browser(people_file: Path) -> AsyncIterator[httpx2.AsyncClient]:
    async with client_of(routes(Settings(), {"CONCORDAT_DEVELOPMENT_PEOPLE": str(people_file)})) as client:
        yield client


def client_of(page_routes: list[BaseRoute]) -> httpx2.AsyncClient:
    app = assemble(page_routes, public_url=ORIGIN)
    return httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url=ORIGIN)


async def test_every_person_has_a_link_to_the_sign_in_of_their_own_agency(browser: httpx2.AsyncClient) -> None:
    page = (await browser.get("/")).text

    assert 'href="/sign-in/kent-police?login_hint=kent%2F1%26x&amp;return_to=%2F"' in page
    assert 'href="/sign-in/school?login_hint=school-1&amp;return_to=%2F"' in page


async def test_words_from_the_people_file_are_text_and_never_markup(browser: httpx2.AsyncClient) -> None:
    page = (await browser.get("/")).text

    assert "Kent &lt;Police&gt;" in page
    assert "Refers &amp; investigates." in page
    assert "Sign in as Asha O&#x27;Patel" in page
    assert "<Police>" not in page


async def test_the_policy_lets_the_page_load_its_own_files_only(browser: httpx2.AsyncClient) -> None:
    policy = (await browser.get("/")).headers["content-security-policy"]

    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "require-trusted-types-for 'script'" in policy
    assert "unsafe" not in policy


async def test_the_page_has_no_inline_script_or_style_and_asks_only_this_host(browser: httpx2.AsyncClient) -> None:
    page = (await browser.get("/")).text

    assert not re.search(r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=|javascript:", page)
    loaded = re.findall(r'<(?:script|img|link)\b[^>]*?(?:src|href)="([^"]+)"', page)
    assert loaded
    assert all(address.startswith("/static/") for address in loaded)


async def test_every_file_that_the_page_names_is_served_with_its_type(browser: httpx2.AsyncClient) -> None:
    page = (await browser.get("/")).text
    types = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}

    for address in set(re.findall(r'"(/static/[^"]+)"', page)):
        answer = await browser.get(address)
        assert answer.status_code == 200, address
        assert answer.headers["content-type"] == f"{types[Path(address).suffix]}; charset=utf-8"


async def test_a_file_that_a_browser_already_has_is_not_sent_again(browser: httpx2.AsyncClient) -> None:
    first = await browser.get("/static/page.css")
    again = await browser.get("/static/page.css", headers={"If-None-Match": first.headers["etag"]})
    other = await browser.get("/static/page.css", headers={"If-None-Match": '"another"'})

    assert (again.status_code, again.content) == (304, b"")
    assert other.content == first.content
    assert first.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("path", ["/static", "/static/", "/static/page.html", "/static/..%2Fpage.py", "/static/x.css"])
async def test_nothing_is_listed_and_nothing_else_is_served(browser: httpx2.AsyncClient, path: str) -> None:
    assert (await browser.get(path)).status_code == 404


async def test_the_page_itself_is_never_kept(browser: httpx2.AsyncClient) -> None:
    assert (await browser.get("/")).headers["cache-control"] == "no-store"


async def test_signing_out_works_without_a_script(browser: httpx2.AsyncClient) -> None:
    page = (await browser.get("/")).text

    assert re.search(r'<form[^>]* method="post" action="/sign-out"><button type="submit"', page)
    # With "no-referrer" the form's Origin would be "null", and signing out refuses that.
    assert (await browser.get("/")).headers["referrer-policy"] == "same-origin"


async def test_the_console_is_given_the_named_operations(browser: httpx2.AsyncClient) -> None:
    offered = (await browser.get("/static/operations.json")).json()

    assert offered == [example.as_fields() for example in read_examples()]


def test_an_example_brings_the_variables_that_lie_beside_it(tmp_path: Path) -> None:
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "ViewCase.graphql").write_text("query ViewCase { viewer { id } }\n")
    (tmp_path / "cases" / "ViewCase.variables.json").write_text('{"id": "x"}\n')
    (tmp_path / "viewer").mkdir()
    (tmp_path / "viewer" / "Viewer.graphql").write_text("query Viewer { viewer { id } }")

    assert [(example.topic, example.name, example.variables) for example in read_examples(tmp_path)] == [
        ("cases", "ViewCase", '{"id": "x"}'),
        ("viewer", "Viewer", "{}"),
    ]


@pytest.mark.parametrize("environment", ["production", "Development", ""])
def test_there_is_no_page_outside_development(people_file: Path, environment: str) -> None:
    assert routes(Settings(environment), {"CONCORDAT_DEVELOPMENT_PEOPLE": str(people_file)}) == []


async def test_without_a_people_file_the_page_leads_to_the_list_of_agencies() -> None:
    async with client_of(routes(Settings(), {})) as client:
        assert '<a href="/sign-in">' in (await client.get("/")).text


def test_a_broken_people_file_stops_the_start_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "people.json").write_text('{"people": {"kent-police": {}}}')

    with pytest.raises(DevelopmentProblemError, match=r"people\.json"):
        routes(Settings(), {"CONCORDAT_DEVELOPMENT_PEOPLE": str(tmp_path / "people.json")})


def test_scripts_write_text_and_never_markup() -> None:
    for script in ASSETS.glob("*.js"):
        content = script.read_text(encoding="utf-8")
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", content)
        assert not re.search(r"localStorage|sessionStorage|indexedDB|pushState|document\.cookie", content)


def test_the_page_asks_who_is_signed_in_in_words_of_the_schema() -> None:
    script = (ASSETS / "session.js").read_text(encoding="utf-8")
    query = re.search(r'const QUERY = "(.+)";', script)

    assert query
    assert validate(build_schema()._schema, parse(query[1])) == []


def test_the_quick_exit_leaves_no_history_entry() -> None:
    script = (ASSETS / "quick_exit.js").read_text(encoding="utf-8")

    assert "window.location.replace(link.href)" in script
    assert not re.search(r"location\.(assign|href\s*=)|window\.open", script)
