"""The world that every pair begins with: records in every state, and every demo person signed in."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

import asyncpg

from services.demo_world import cast
from tests.noninterference.bare_scene import hold_bare_cases
from tests.noninterference.meeting_scene import hold_a_meeting
from tests.services.database.raw import give_session
from tests.services.database.world import World, take_in
from tests.world.answers import acknowledge, of_kind
from tests.world.forms import adult_referral, child_referral
from tests.world.machines import registered
from tests.world.platform import Platform, running_platform
from tests.world.server import FreshDatabase
from tests.world.stories import assign, id_of, open_concern, refer, refer_from, supported_adult

BEGAN = "2026-05-26T08:00+01:00"  # sessions live until three o'clock
READ = "2026-05-26T09:30+01:00"
READERS = """
    SELECT s.member_id, s.agency_id, a.code, m.subject, s.function, mf.access_level
    FROM session s JOIN agency a ON a.id = s.agency_id JOIN member m ON m.id = s.member_id
    JOIN member_function mf ON mf.member_id = s.member_id AND mf.function = s.function
    WHERE s.ended_at IS NULL AND m.subject IS NOT NULL AND s.secret_hash = sha256(convert_to($1, 'UTF8'))
"""
SIGHT = """
    SELECT record_id, data_group, action, pin
    FROM cells(ARRAY(SELECT s FROM standing(ARRAY(SELECT id FROM record)) s)) WHERE allowed
"""
MANCHESTER = {
    "organisation": "Greater Manchester Police",
    "currentTown": "Manchester",
    "currentRegion": "Greater Manchester",
}
BRISTOL = {"localAuthority": "Bristol City Council", "currentTown": "Bristol", "currentRegion": "Bristol"}
Cell = tuple[UUID, str, str, int | None]
Sight = frozenset[Cell]


@dataclass(frozen=True)
class Reader:
    """Somebody signed in under one of their functions, or an agency's system."""

    subject: str
    function: str
    level: str
    secret: str = field(repr=False)
    member: UUID
    agency: UUID
    code: str

    @property
    def oversees(self) -> bool:
        """Whether they administer their agency or govern its information: they know of everybody's work there."""
        return self.level == "administrator" or self.function == "information_governance"

    @property
    def headers(self) -> dict[str, str]:
        """How this reader comes to the door."""
        if self.level == "service":
            return {"authorization": f"Bearer {self.secret}"}
        return {"cookie": f"concordat={self.secret}"}


@dataclass(frozen=True)
class Scene:
    """Who reads, and what the database lets each of them do with each record."""

    readers: tuple[Reader, ...]
    sight: Mapping[Reader, Sight]


async def sight_of(admin: asyncpg.Connection, readers: Sequence[Reader]) -> dict[Reader, Sight]:
    """Every cell that the rules open to each reader now."""
    found = {}
    for reader in readers:
        await admin.execute("SELECT set_config('concordat.session', $1, false)", reader.secret)
        found[reader] = frozenset(tuple(row) for row in await admin.fetch(SIGHT))
    await admin.execute("SELECT set_config('concordat.session', '', false)")
    return found


async def build_scene(database: FreshDatabase) -> Scene:
    """Fill the database through the doors that people use, each step at a moment of its own."""
    async with running_platform(database) as platform:
        world = await signed_in(platform)
        async with _steps(world) as now:
            await _records(world, now)
            await _answers(world, now)
        await platform.set_clock(READ)
        machine = await _a_system(platform)
        readers = (*[await _reader(platform, secret) for secret in world.secrets.values()], machine)
        return Scene(readers, await sight_of(platform.admin, readers))


async def signed_in(platform: Platform) -> World:
    """Every demo person under each of their functions."""
    world = World(platform)
    await platform.set_clock(BEGAN)
    for people in cast.content()["people"].values():
        for person in people:
            for function in person["functions"]:
                secret = await give_session(platform.admin, person["subject"], function)
                world.secrets[person["subject"], function] = secret
    return world


@asynccontextmanager
async def _steps(world: World) -> AsyncIterator[Any]:
    minutes = iter(range(1, 60))

    async def now() -> None:
        """Nothing happens at the same moment as anything else, so no order hangs on a random id."""
        await world.platform.deliver()
        await world.platform.set_clock(f"2026-05-26T08:{next(minutes):02}+01:00")

    yield now
    await now()


async def _records(world: World, now: Any) -> None:
    officer, council = world.person("wyp-1"), world.person("lcc-1")
    school, guardian = world.person("eps-1"), world.person("eha-2")
    await refer(officer)
    await now()
    await refer(officer, supported_adult())
    await now()
    await refer(world.person("gmp-2"), adult_referral(**MANCHESTER))
    await now()
    await refer(council, child_referral())
    await now()
    await open_concern(school)
    await now()
    assert (await refer_from(council, await open_concern(school)))["problem"] is None
    await now()
    await open_concern(school, **BRISTOL)
    await now()
    await open_concern(world.person("ess-1"), age="ADULT", localAuthority=None)
    await now()
    await open_concern(guardian)
    await now()
    await hold_a_meeting(world)
    for message in ("duty_to_notify_with_cooperation", "duty_to_notify_without_cooperation"):
        await now()
        await take_in(world, message)
    await now()
    await hold_bare_cases(world)


async def _answers(world: World, now: Any) -> None:
    decider, colleague = world.person("sca-1"), world.person("wyp-2")
    await now()
    await acknowledge(decider, await of_kind_newest(decider))
    await acknowledge(world.person("eps-1"), await of_kind(world.person("eps-1"), "TELL_BODY_WITHOUT_ACCOUNT"))
    await now()
    page = await colleague.ask("{ worklist(scope: AGENCY) { edges { node { id reference assignmentVersion } } } }")
    case = page["worklist"]["edges"][0]["node"]
    taken = await assign(colleague, case, memberId=await id_of(colleague, "PC Ben Invented"))
    assert taken["problem"] is None, taken


async def of_kind_newest(who: Any) -> Mapping[str, Any]:
    """The notice that came last."""
    page = await who.ask("{ notices(first: 1) { edges { node { id } } } }")
    found: Mapping[str, Any] = page["notices"]["edges"][0]["node"]
    return found


async def _a_system(platform: Platform) -> Reader:
    """West Yorkshire Police's records system, which imports."""
    machine = await registered(platform, valid_from=date(2026, 5, 26), valid_until=date(2026, 12, 31))
    row = await platform.admin.fetchrow(
        "SELECT c.member_id, c.agency_id, a.code FROM machine_client c JOIN agency a ON a.id = c.agency_id"
    )
    return Reader("system", "referral_import", "service", await machine.sign_in(), *row)


async def _reader(platform: Platform, secret: str) -> Reader:
    row = await platform.admin.fetchrow(READERS, secret)
    return Reader(
        row["subject"], row["function"], row["access_level"], secret, row["member_id"], row["agency_id"], row["code"]
    )
