"""A small world of records in every state, with every demo person signed in under each of their functions."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from services.demo_world import cast
from services.imports.commands import Arrival, Imported, import_message
from tests.services.database.raw import give_session
from tests.world.forms import CONCERN, adult_referral, child_referral
from tests.world.platform import Person, Platform, running_platform
from tests.world.server import FreshDatabase
from tests.world.template import IMPORTER_SECRET

MESSAGES = Path(__file__).parents[1] / "imports" / "messages"
PAYLOAD = "{ case { id } problem { __typename ... on Invalid { problems { path } } } }"
SUBMIT = f"mutation ($input: SubmitReferralInput!) {{ submitReferral(input: $input) {PAYLOAD} }}"
OPEN = f"mutation ($input: OpenConcernInput!) {{ openConcern(input: $input) {PAYLOAD} }}"


@dataclass
class World:
    """Records by name, and secrets by person and function."""

    platform: Platform
    records: dict[str, UUID] = field(default_factory=dict)
    secrets: dict[tuple[str, str], str] = field(default_factory=dict)

    @property
    def database(self) -> FreshDatabase:
        """Where it all stands."""
        return self.platform.database

    def secret(self, subject: str, function: str | None = None) -> str:
        """The secret of a person's session; of their only function unless one is named."""
        (found,) = (
            kept for (who, acts_as), kept in self.secrets.items() if who == subject and function in (None, acts_as)
        )
        return found

    def person(self, subject: str, function: str | None = None) -> Person:
        """The same person in front of a browser."""
        browser = self.platform.browser()
        browser.cookies.set("concordat", self.secret(subject, function))
        return Person(browser)


@asynccontextmanager
async def small_world(database: FreshDatabase) -> AsyncIterator[World]:
    """An adult who wants support, a child, a school's concern, and a notification."""
    async with running_platform(database) as platform:
        world = World(platform)
        for people in cast.content()["people"].values():
            for person in people:
                for function in person["functions"]:
                    secret = await give_session(platform.admin, person["subject"], function)
                    world.secrets[person["subject"], function] = secret
        await _fill(world)
        yield world


async def _fill(world: World) -> None:
    officer, school = world.person("wyp-1"), world.person("eps-1")
    adult = adult_referral(supportPlan={"wanted": True})
    adult["contact"] = adult["contact"] | {"phone": "+44 113 496 0002"}
    world.records["adult"] = await refer(world, officer, adult_referral())
    world.records["supported"] = await refer(world, officer, adult)
    world.records["child"] = await refer(world, officer, child_referral(organisation="West Yorkshire Police"))
    opened = await school.do(OPEN, concern={name: part for name, part in CONCERN.items() if name != "localAuthority"})
    assert opened["problem"] is None, opened
    world.records["concern"] = await newest(world)
    world.records["notification"] = await take_in(world, "duty_to_notify_without_cooperation")
    await world.platform.deliver()


async def refer(world: World, who: Person, form: dict[str, Any]) -> UUID:
    """A referral; the id of its record."""
    payload = await who.do(SUBMIT, referral=form)
    assert payload["problem"] is None, payload
    return await newest(world)


async def take_in(world: World, message: str) -> UUID:
    """A message of the public form; the id of its record."""
    content = json.loads((MESSAGES / f"{message}.json").read_text(encoding="utf-8"))
    async with world.platform.tools.enter(IMPORTER_SECRET) as reading:
        assert reading is not None
        outcome = await import_message(reading, content, Arrival())
        assert isinstance(outcome, Imported), outcome
    return await newest(world)


async def newest(world: World) -> UUID:
    """The record opened last."""
    found: UUID = await world.platform.admin.fetchval("SELECT id FROM record ORDER BY opened_at DESC LIMIT 1")
    return found
