"""The whole platform as a process serves it, with the demo people in front: HTTP, real issuers, a real database."""

import json
import shutil
import tempfile
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg
import httpx2
from starlette.applications import Starlette

from api.app import create_app
from api.attachment_settings import AttachmentSettings
from api.development.issuer import Issuer
from api.development.issuers import create_issuers_app
from api.development.people import agencies_of
from api.settings import Settings
from services.attachments.scanner import Scanner
from services.demo_world import cast
from services.notices import worker
from services.tools import Tools, open_tools
from tests.world.server import FreshDatabase
from tests.world.template import ISSUER_URL, PUBLIC_URL, WORKER_SECRET

SEAL_KEY = "an invented key for client secrets of providers"
AGENCY_OF = {person["subject"]: code for code, people in cast.content()["people"].items() for person in people}


class Person:
    """Somebody signed in, in front of their browser."""

    def __init__(self, browser: httpx2.AsyncClient) -> None:
        self._browser = browser

    @property
    def browser(self) -> httpx2.AsyncClient:
        """Where they sit."""
        return self._browser

    @property
    def secret(self) -> str:
        """The session's secret, which only the browser and the database's hash know."""
        return self._browser.cookies["concordat"]

    async def post(self, query: str, variables: Mapping[str, Any] | None = None) -> httpx2.Response:
        """The raw answer to one operation."""
        body = {"query": query, "variables": dict(variables or {})}
        return await self._browser.post("/graphql", json=body)

    async def ask(self, query: str, **variables: Any) -> dict[str, Any]:
        """The data of an operation that has to succeed."""
        response = await self.post(query, variables)
        answer = response.json()
        assert response.status_code == 200, (response.status_code, answer)
        assert "errors" not in answer, answer
        data: dict[str, Any] = answer["data"]
        return data

    async def do(self, query: str, **content: Any) -> dict[str, Any]:
        """The payload of a mutation with one input; a fresh idempotency key unless one is given."""
        sent = {"idempotencyKey": str(uuid4())} | content
        (payload,) = (await self.ask(query, input=sent)).values()
        found: dict[str, Any] = payload
        return found

    async def get(self, path: str) -> httpx2.Response:
        """A page."""
        return await self._browser.get(path)

    async def sign_out(self) -> None:
        """End the session."""
        await self._browser.post("/sign-out", headers={"origin": PUBLIC_URL})


class LateTransport(httpx2.AsyncBaseTransport):
    """The way to an application that is made later."""

    app: Starlette

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Its answer."""
        return await httpx2.ASGITransport(self.app).handle_async_request(request)


class SometimesAway(httpx2.AsyncBaseTransport):
    """The platform's way to the issuers, while they answer."""

    def __init__(self, platform: "Platform") -> None:
        self._platform = platform

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Their answer, or none."""
        if self._platform.away_from_us:
            raise httpx2.ConnectError("nobody there")
        return await self._platform.issuers_transport.handle_async_request(request)


class Platform:
    """One platform, one database of its own, and a clock that tests may set."""

    def __init__(self, database: FreshDatabase, tools: Tools, admin: asyncpg.Connection) -> None:
        self.database = database
        self.tools = tools
        self.admin = admin
        people = agencies_of(cast.content())
        back_channel = LateTransport()
        issuers = create_issuers_app(people, public_url=PUBLIC_URL, environment="development", transport=back_channel)
        self.issuers: Mapping[str, Issuer] = issuers.state.issuers
        self.away_from_us = False  # whether the issuers do not answer the platform
        self.later = 0.0  # seconds by which what providers published is older than it is
        self.issuers_transport = httpx2.ASGITransport(issuers)
        self.files = Path(tempfile.mkdtemp(prefix="attachments-"))  # somebody may listen at `clamd` in it
        self._app = create_app(
            Settings(
                database.app_url,
                PUBLIC_URL,
                "development",
                database.sign_in_url,
                (SEAL_KEY,),
                AttachmentSettings(self.files, Scanner(path=str(self.files / "clamd"))),
            ),
            transport=SometimesAway(self),
            clock=lambda: time.monotonic() + self.later,
        )
        back_channel.app = self._app
        self._browsers: list[httpx2.AsyncClient] = []

    def browser(self) -> httpx2.AsyncClient:
        """A browser at the platform's address."""
        browser = httpx2.AsyncClient(transport=httpx2.ASGITransport(self._app), base_url=PUBLIC_URL)
        self._browsers.append(browser)
        return browser

    async def sign_in(self, subject: str, browser: httpx2.AsyncClient | None = None, **query: str) -> Person:
        """A demo person, through their own agency's issuer; in a browser of their own unless one is given."""
        browser = browser or self.browser()
        back = await self.come_back(browser, subject, **query)
        assert back.status_code == 303, back.text
        return Person(browser)

    async def come_back(self, browser: httpx2.AsyncClient, subject: str, **query: str) -> httpx2.Response:
        """What the platform says to somebody who was away at their agency's issuer; its cookie stays in the browser."""
        slug = AGENCY_OF[subject]
        leaving = await browser.get(f"/sign-in/{slug}", params=query)
        assert leaving.status_code == 303, leaving.text
        asked = dict(httpx2.URL(leaving.headers["location"]).params)
        picked = await self.away(browser, "POST", f"/{slug}/authorize", data=asked | {"subject": subject})
        return await browser.get(picked.headers["location"].removeprefix(PUBLIC_URL))

    async def away(self, browser: httpx2.AsyncClient, method: str, path: str, **sent: Any) -> httpx2.Response:
        """The same browser at the issuers; its cookies go along, as they do between two ports of one host."""
        async with httpx2.AsyncClient(
            transport=self.issuers_transport, base_url=ISSUER_URL, cookies=browser.cookies
        ) as there:
            answer = await there.request(method, path, **sent)
            browser.cookies.update(there.cookies)
        return answer

    async def set_clock(self, moment: str | None) -> None:
        """The platform's time from now on, such as `2026-05-22T23:59+01:00`; None: the real one."""
        at = datetime.fromisoformat(moment) if moment else None
        await self.admin.execute("UPDATE test_clock SET at = $1", at)

    async def deliver(self) -> int:
        """What the worker does when the bell rings."""
        return await worker.deliver(self.tools, WORKER_SECRET)

    async def ledger(self) -> list[dict[str, Any]]:
        """Every line, in order."""
        return [dict(row) for row in await self.admin.fetch("SELECT * FROM access_record ORDER BY at, transaction, id")]

    async def everything(self) -> str:
        """Every row of every table as text, to search for what must not be there."""
        names = await self.admin.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        rows = [await self.admin.fetch(f'SELECT to_jsonb(t) AS row FROM "{name["tablename"]}" t') for name in names]
        return json.dumps([row["row"] for table in rows for row in table], ensure_ascii=False)

    async def close(self) -> None:
        """Give everything back."""
        for browser in self._browsers:
            await browser.aclose()
        shutil.rmtree(self.files, ignore_errors=True)
        await self._app.state.tools.close()
        await self._app.state.desk.close()


@asynccontextmanager
async def running_platform(database: FreshDatabase) -> AsyncIterator[Platform]:
    """A platform on this database."""
    tools = open_tools(database.app_url, pool_size=4)
    admin = await asyncpg.connect(database.admin_url)
    platform = Platform(database, tools, admin)
    try:
        yield platform
    finally:
        await platform.close()
        await admin.close()
        await tools.close()
