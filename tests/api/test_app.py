"""The wired application: exactly the listed addresses, and no start on a database that does not protect its rows."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.routing import BaseRoute, Mount, Route

from api.app import create_app
from api.attachment_settings import AttachmentSettings
from api.settings import Environment, Settings
from services.letters import templates as wordings
from services.notices import worker
from tests.api.door import client
from tests.services.letters.test_templates import changed

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("log_of_a_server")]

# The password must never be seen in a log.
NOWHERE = "postgresql://concordat_app:secret@127.0.0.1:9/nowhere"
EVERYWHERE = {
    ("/graphql", "every method"),
    ("/health/live", "GET"),
    ("/health/ready", "GET"),
    ("/sign-in.css", "GET"),
    ("/sign-in", "GET"),
    ("/sign-in/{slug}", "GET"),
    ("/sign-in/{slug}/callback", "GET"),
    ("/sign-in/{slug}/back-channel-logout", "POST"),
    ("/sign-out", "POST"),
    ("/oauth/token", "POST"),
    ("/.well-known/oauth-authorization-server", "GET"),
    ("/.well-known/oauth-protected-resource", "GET"),
    ("/imports/referrals", "every method"),
    ("/meetings/{meeting}/{invitation}.ics", "GET"),
    ("/cases/{case}/letters", "GET"),
    ("/letters/{letter}.pdf", "GET"),
    ("/letters/{letter}/to-post.pdf", "GET"),
    ("/minutes/{meeting}", "GET"),
    ("/minutes/{meeting}.pdf", "GET"),
    ("/referral-form/{edition}/{nation}", "GET"),
    ("/minutes.css", "GET"),
}
IN_DEVELOPMENT_ONLY = {("/", "GET"), ("/outbox", "GET"), ("/static/{name}", "GET")}


def app_in(environment: Environment) -> Starlette:
    """The application as it is served in this environment; nothing is connected yet."""
    public_url = "https://concordat.example" if environment == "production" else "http://127.0.0.1:8000"
    sign_in = NOWHERE.replace("concordat_app", "concordat_sign_in")
    return create_app(Settings(NOWHERE, public_url, environment, sign_in))


def inventory(routes: Iterable[BaseRoute], prefix: str = "") -> set[tuple[str, str]]:
    """Every address with its method, however deep it is mounted."""
    found: set[tuple[str, str]] = set()
    for route in routes:
        if isinstance(route, Mount):
            found |= inventory(route.routes, prefix + route.path) or {(prefix + route.path, "mounted")}
        elif isinstance(route, Route):
            methods = ["every method"] if route.methods is None else route.methods - {"HEAD"}
            found |= {(prefix + route.path, method) for method in methods}
        else:
            found.add((prefix + repr(route), "unknown"))
    return found


def test_in_production_these_addresses_exist_and_no_other() -> None:
    assert inventory(app_in("production").routes) == EVERYWHERE


def test_attachments_have_addresses_where_a_folder_is_configured() -> None:
    settings = Settings(
        NOWHERE, "http://127.0.0.1:8000", "production", NOWHERE.replace("_app", "_sign_in"), ("k" * 32,)
    )
    with_folder = replace(settings, attachments=AttachmentSettings(Path("/srv/files")))
    assert inventory(create_app(with_folder).routes) == EVERYWHERE | {
        ("/cases/{case}/attachments/{group}", "POST"),
        ("/cases/{case}/attachments/{group}", "GET"),
        ("/attachments/{attachment}", "GET"),
        ("/drafts/{draft}/files/{group}", "POST"),
        ("/drafts/{draft}/files", "GET"),
        ("/draft-files/{file}", "GET"),
        ("/draft-files/{file}", "DELETE"),
        ("/attachments/{attachment}", "DELETE"),
    }


def test_in_development_the_page_and_its_files_are_added() -> None:
    assert inventory(app_in("development").routes) == EVERYWHERE | IN_DEVELOPMENT_ONLY


@pytest.mark.parametrize(
    "path", ["/", "/outbox", "/static/console.js", "/docs", "/graphiql", "/debug", "/metrics", "/openapi.json"]
)
async def test_in_production_nothing_for_developers_answers(path: str) -> None:
    async with client(app_in("production"), None) as browser:
        response = await browser.get(path)

    assert response.status_code == 404


@pytest.mark.parametrize("environment", ["production", "development"])
async def test_the_door_is_wired_to_the_session_cookie_and_the_public_address(environment: Environment) -> None:
    app = app_in(environment)

    async with client(app, None) as browser:
        stranger = await browser.post("/graphql", json={"query": "{ __typename }"})
        foreign = await browser.post(
            "/graphql", json={"query": "{ __typename }"}, headers={"Origin": "https://evil.example"}
        )

    assert (stranger.status_code, foreign.status_code) == (401, 403)
    assert ("strict-transport-security" in stranger.headers) is (environment == "production")


async def test_without_its_database_the_platform_does_not_start_and_says_not_ready(
    capsys: pytest.CaptureFixture[str],
) -> None:
    app, started = app_in("development"), False

    async with client(app, None) as browser:
        ready = await browser.get("/health/ready")
    with suppress(Exception):
        async with app.router.lifespan_context(app):
            started = True

    assert (ready.status_code, ready.json(), started) == (503, {"status": "not ready"}, False)
    assert "secret" not in capsys.readouterr().out


@pytest.fixture
def wrong_wordings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Wordings of letters of which one is wrong, in the place of those that are here."""
    monkeypatch.setattr(wordings, "ROWS", changed(tmp_path, {"body": "On {date}."}))
    wordings.templates.cache_clear()
    yield
    wordings.templates.cache_clear()


@pytest.mark.usefixtures("wrong_wordings")
async def test_neither_server_nor_worker_starts_with_a_wrong_wording(capsys: pytest.CaptureFixture[str]) -> None:
    app = app_in("development")
    with pytest.raises(wordings.TemplatesAreWrongError):
        async with app.router.lifespan_context(app):
            raise AssertionError("it serves")
    assert '"event": "start_refused", "reason": "letter-english-suspended-2009-04-01: only ' in capsys.readouterr().out
    with pytest.raises(wordings.TemplatesAreWrongError, match="letter-english-suspended"):
        await worker.run(NOWHERE, "unused")
