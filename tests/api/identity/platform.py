"""The sign-in as a process serves it: real database, real issuers, and browsers that keep their cookies."""

import time
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

import asyncpg
import httpx2
from sqlalchemy import text

from api.assembly import assemble
from api.development.issuer import Issuer
from api.development.issuers import issuers_url
from api.identity import sign_in, token_endpoint
from api.identity.asking_again import AskingAgain
from api.identity.providers import open_providers
from services.tools import Tools
from tests.api.development.issuing import PUBLIC_URL

SESSIONS = "SELECT count(*) FROM session s JOIN member m ON m.id = s.member_id WHERE NOT m.is_service"
AGENCIES = {"police": "officer-7", "charity": "worker-1"}


@dataclass(frozen=True)
class Settings:
    """The two settings that signing in reads."""

    public_url: str = PUBLIC_URL
    environment: str = "development"


class Platform:
    """One platform with two agencies; the officer and the worker are registered, their colleagues are not."""

    def __init__(
        self,
        tools: Tools,
        desk: Tools,
        admin: asyncpg.Connection,
        settings: Settings,
        transport: httpx2.AsyncBaseTransport,
    ) -> None:
        self.tools = tools
        self.desk = desk
        self.admin = admin
        self.settings = settings
        self.transport = transport
        self.later = 0.0  # seconds by which what providers published is older than it is

        def clock() -> float:
            return time.monotonic() + self.later

        providers = open_providers(desk, settings.public_url, settings.environment, transport, clock)
        self.asking_again = AskingAgain(providers, desk)
        doors = [
            *sign_in.routes(settings, desk, providers, clock),
            *token_endpoint.routes(settings.public_url, desk, providers),
        ]
        self._app = assemble(doors, public_url=settings.public_url)

    def browser(self, **cookies: str) -> httpx2.AsyncClient:
        """A browser at the platform's public address."""
        return httpx2.AsyncClient(
            transport=httpx2.ASGITransport(self._app), base_url=self.settings.public_url, cookies=cookies
        )

    async def leave(self, browser: httpx2.AsyncClient, slug: str = "police", **query: str) -> dict[str, str]:
        """Begin a sign-in; what the browser is sent to the provider with."""
        response = await browser.get(f"/sign-in/{slug}", params=query)
        assert response.status_code == 303, response.text
        return dict(httpx2.URL(response.headers["location"]).params)

    async def picked(self, asked: dict[str, str], subject: str, slug: str = "police") -> str:
        """The callback's path and query after someone was picked at the provider."""
        async with httpx2.AsyncClient(transport=self.transport, base_url=issuers_url(self.settings.public_url)) as away:
            response = await away.post(f"/{slug}/authorize", data=asked | {"subject": subject})
        assert response.status_code == 303, response.text
        return response.headers["location"].removeprefix(self.settings.public_url)

    async def sign_in(
        self, browser: httpx2.AsyncClient, subject: str = "officer-7", slug: str = "police", **query: str
    ) -> httpx2.Response:
        """The whole way there and back."""
        return await browser.get(await self.picked(await self.leave(browser, slug, **query), subject, slug))

    def issuer(self, slug: str = "police") -> Issuer:
        """An honest provider from within."""
        assert isinstance(self.transport, httpx2.ASGITransport)
        found: Issuer = self.transport.app.state.issuers[slug]  # type: ignore[attr-defined] # it is a Starlette
        return found

    async def sessions(self) -> int:
        """How many sessions of people live."""
        return int(await self.admin.fetchval(f"{SESSIONS} AND s.ended_at IS NULL"))

    async def who(self, secret: str) -> str | None:
        """Whom the database takes the holder of this secret for, asked as the platform asks it."""
        async with self.tools.database.transaction() as connection:
            found = await connection.execute(text("SELECT member_name FROM enter(:secret)"), {"secret": secret})
            return found.scalar()


async def populate(admin: asyncpg.Connection, issuers: str) -> None:
    """Two agencies with a provider, and one person each."""
    for slug, subject in AGENCIES.items():
        await add_agency(admin, slug, subject, f"{issuers}/{slug}")


async def add_agency(admin: asyncpg.Connection, slug: str, subject: str, issuer: str) -> None:
    """An agency with its provider and one person."""
    agency = await admin.fetchval(
        "INSERT INTO agency (code, name, on_platform, valid_from) VALUES ($1, $2, true, '2009-04-01') RETURNING id",
        f"sign-in-{slug}",
        f"Test {slug} <agency>",
    )
    await admin.execute(
        "INSERT INTO agency_function (agency_id, function, valid_from) VALUES ($1, 'first_responder', '2009-04-01')",
        agency,
    )
    provider = await admin.fetchval(
        "INSERT INTO provider (slug, agency_id, issuer, client_id) VALUES ($1, $2, $3, 'concordat') RETURNING id",
        slug,
        agency,
        issuer,
    )
    member = await admin.fetchval(
        "INSERT INTO member (agency_id, provider_id, subject, display_name) VALUES ($1, $2, $3, $3) RETURNING id",
        agency,
        provider,
        subject,
    )
    await admin.execute(
        "INSERT INTO member_function (member_id, function, access_level, valid_from) "
        "VALUES ($1, 'first_responder', 'practitioner', '2009-04-01')",
        member,
    )


def with_query(callback: str, **changes: str | None) -> str:
    """The callback with some parameters exchanged, or left out where the change is None."""
    query = dict(httpx2.URL(callback).params) | changes
    kept = {name: value for name, value in query.items() if value is not None}
    return f"{urlsplit(callback).path}?{urlencode(kept)}"
