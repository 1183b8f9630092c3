"""A world behind its own doors. What a request did is undone when it is answered: every answer is the first that this
world gives, and a thousand readers find it as it was."""

import base64
import binascii
import json
import re
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

import httpx2
from sqlalchemy import Connection, event
from starlette.routing import Route

from tests.noninterference.scene import READ, Reader, Scene
from tests.noninterference.values import Things, things_in
from tests.services.database.world import World
from tests.world.platform import Platform, running_platform
from tests.world.server import FreshDatabase, copied
from tests.world.stories import told

TOKEN = re.compile(r"[A-Za-z0-9_\-]{16,}={0,2}|[A-Z]-[2-9B-Z]{4}-[2-9B-Z]{5}")
UUID_TEXT = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
PATIENCE = 5  # how often a request is made of a server that says it has no time
Told = tuple[int, bytes, list[tuple[str, str]]]
_DOCUMENTS: dict[str, Any] = {}
Plant = Callable[[Platform], Awaitable[None]]


@dataclass(frozen=True)
class Ask:
    """One request, without who makes it."""

    about: str
    content: bytes = b""
    path: str = "/graphql"
    method: str = "POST"
    kind: str = "application/json"
    key: str = ""


@dataclass
class Side:
    """A world that is only looked at from now on."""

    platform: Platform
    door: httpx2.AsyncClient
    things: Things
    texts: frozenset[str] = frozenset()
    places: dict[str, str] = field(default_factory=dict)
    _given: dict[tuple[Reader | None, Ask], Told] = field(default_factory=dict)

    async def answer(self, reader: Reader | None, ask: Ask, *, again: bool = False) -> Told:
        """All that the answer tells this reader; what was asked before is remembered unless it must be asked again."""
        known = self._given.get((reader, ask))
        if known is None or again:
            headers = {"content-type": ask.kind, **(reader.headers if reader else {})}
            headers |= {"idempotency-key": ask.key} if ask.key else {}
            for _ in range(PATIENCE):
                response = await self.door.request(ask.method, ask.path, content=ask.content, headers=headers)
                self.door.cookies.clear()
                if response.status_code != HTTPStatus.SERVICE_UNAVAILABLE:
                    break  # a machine that was too busy says nothing of the world behind the door
            known = self._given[reader, ask] = told(response)
        return known

    def settled(self, answer: Told) -> Told:
        """The same answer with what was made at random while answering as numbers, in the order in which it stands."""
        numbers: dict[str, int] = {}

        def place(match: re.Match[str]) -> str:
            return self.places.get(match[0], match[0])

        def number(match: re.Match[str]) -> str:
            if match[0] in self.texts:
                return match[0]
            return f"<new {numbers.setdefault(match[0], len(numbers))}>"

        def opened(match: re.Match[str]) -> str:
            return _inside(match[0]) or (number(match) if match[0][1:2] == "-" else match[0])

        status, body, headers = answer
        text = TOKEN.sub(opened, TOKEN.sub(place, body.decode()))
        return status, UUID_TEXT.sub(number, text).encode(), headers


@lru_cache(maxsize=50_000)
def _inside(token: str) -> str | None:
    """`Kind:uuid` of a global id."""
    try:
        text = base64.urlsafe_b64decode(token).decode()
    except (binascii.Error, UnicodeError):
        return None
    return text if UUID_TEXT.search(text) else None


@asynccontextmanager
async def opened_side(
    server: str,
    scene_database: FreshDatabase,
    plant: Plant | None = None,
    edit: Callable[[World], Awaitable[None]] | None = None,
) -> AsyncIterator[Side]:
    """A copy of the scene: first what is planted into its server, then what is added to its world. Documents that
    another side has read are not read again."""
    async with (
        copied(server, urlsplit(scene_database.admin_url).path.strip("/")) as database,
        running_platform(database) as platform,
    ):
        if plant is not None:
            await plant(platform)
        if edit is not None:
            await edit(World(platform))
            await platform.set_clock(READ)
        things = await things_in(platform.admin)
        side = Side(platform, platform.browser(), things, things.texts())
        nothing_stays(platform)
        _keep_places(platform, side.places)
        documents = _graphql(platform)["_documents"] = _DOCUMENTS.setdefault("read", _graphql(platform)["_documents"])
        documents._most_bytes = documents._most_documents = sys.maxsize
        yield side


def nothing_stays(platform: Platform) -> None:
    """Every transaction of the platform's application is rolled back where it would be committed."""

    def undo(connection: Connection) -> None:
        connection.dialect.do_rollback(connection.connection)

    for tools in (platform._app.state.tools, platform._app.state.desk):
        event.listen(tools.database._engine.sync_engine, "commit", undo)


def _keep_places(platform: Platform, places: dict[str, str]) -> None:
    """Remember which place each cursor stands for: a line that was made at this moment has a random one."""
    seal = _graphql(platform)["_executor"]._seal
    close = seal.close

    def remembered(actor: Any, name: str, place: list[Any]) -> str:
        cursor: str = close(actor, name, place)
        places[cursor] = f"at {name} {json.dumps(place)}"
        return cursor

    seal.close = remembered


def _graphql(platform: Platform) -> dict[str, Any]:
    """What the endpoint keeps."""
    (route,) = (route for route in platform._app.routes if isinstance(route, Route) and route.path == "/graphql")
    return vars(route.endpoint)


def world_of(scene: Scene, platform: Platform) -> World:
    """The people of the scene in front of this platform."""
    secrets: Mapping[tuple[str, str], str] = {(r.subject, r.function): r.secret for r in scene.readers}
    return World(platform, secrets=dict(secrets))
