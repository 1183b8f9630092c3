"""One operation, stopped at one point; access ends there; the operation goes on; and what must be true of it all."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import asyncpg
import httpx2

from tests.revocation import world_beside
from tests.revocation.gate import CURRENT, Gate, listening
from tests.revocation.keeping import counted, keep, put_back
from tests.revocation.later_operations import BEGUN, meets_and_asks, said_of_a_concern
from tests.revocation.operation import Operation
from tests.revocation.operations import OPERATIONS
from tests.revocation.revocations import ENDS, NEW_ENEMY, OF_THE_ACTOR, Actor, revoke
from tests.services.database.raw import give_session
from tests.world.drafts import saved
from tests.world.forms import child_referral
from tests.world.platform import Person, Platform, running_platform
from tests.world.server import FreshDatabase
from tests.world.stories import LOOK, id_of, inbox, open_concern, raw_id, refer, seen

FUNCTIONS = {
    "wyp-1": "first_responder",
    "wyp-4": "first_responder",
    "wyp-ig": "information_governance",
    "sca-1": "decision_maker",
    "sca-2": "decision_maker",
    "lcc-1": "childrens_services",
    "lcc-2": "childrens_services",
    "ess-1": "health",
}
BLOCKED = """
    SELECT EXISTS (SELECT FROM pg_stat_activity
                   WHERE datname = current_database() AND cardinality(pg_blocking_pids(pid)) > 0)
"""
ACTOR = """
    SELECT s.id AS session, m.id AS member, m.agency_id AS agency, s.function
    FROM session s JOIN member m ON m.id = s.member_id
    WHERE m.subject = $1 AND s.function = $2 AND s.ended_at IS NULL ORDER BY s.started_at DESC LIMIT 1
"""


@dataclass
class Scene:
    """A platform with one case and one concern, everybody signed in, and the way back to how it was."""

    platform: Platform
    revoker: asyncpg.Connection
    people: dict[str, Person] = field(default_factory=dict)
    actors: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    given: dict[str, dict[str, Any]] = field(default_factory=dict)

    def actor(self, operation: Operation) -> Actor:
        """Whose access ends."""
        record = UUID(raw_id(self.given[operation.record]["id"]))
        return Actor(**self.actors[operation.subject], record=record)

    async def points(self, operation: Operation) -> int:
        """How often the operation speaks to the database when nobody disturbs it."""
        gate = Gate()
        answer = await self._run(operation, gate)
        await put_back(self.platform.admin)
        assert operation.is_done(answer), answer.text
        assert operation.writes or operation.shows(answer, self.given[operation.record]), answer.text
        return gate.passed

    async def interleave(self, operation: Operation, end: str, point: int) -> str:
        """Run it so; what became of it in a word, and AssertionError where something was wrong."""
        admin, actor = self.platform.admin, self.actor(operation)
        gate = Gate(point)
        before = await counted(admin)
        running = asyncio.create_task(self._run(operation, gate))
        if not await gate.reached(running):
            raise AssertionError("the operation has fewer points than it had")
        ending = asyncio.create_task(revoke(self.revoker, end, actor))
        waited = await self._waits(ending)
        gate.let_go()
        answer = await running
        await ending
        try:
            if point == 0 and not operation.writes:
                told = operation.shows(answer, self.given[operation.record])
                assert not told, "access had ended before anything was read, and it was shown"
            return await self._judge(operation, answer, before, was_first=not waited and point < 10_000)
        finally:
            await put_back(admin)

    async def _judge(
        self, operation: Operation, answer: httpx2.Response, before: dict[str, int], *, was_first: bool
    ) -> str:
        assert NEW_ENEMY not in answer.text, "what was written for others was read"
        after = await self._after_the_end(operation)
        done = operation.is_done(answer)
        now = await counted(self.platform.admin)
        added = {name: now[name] - before[name] for name in now if now[name] != before[name]}
        expected = {"group_content": 1} | {
            name: n for name, n in added.items() if name in ("access_bar", "charge_gate")
        }
        assert self.given[operation.record]["reference"] not in after, "a read that began after the end disclosed"
        assert NEW_ENEMY not in after
        if operation.writes and not done:
            assert {k: v for k, v in added.items() if k not in ("administrative_record",)} == expected, (
                answer.text,
                added,
            )
            return "refused"
        if operation.writes:
            assert not was_first, f"it committed after its actor's access had ended: {answer.text[:300]}"
            assert added != expected, "it says that it was done, and nothing was"
        return "done" if operation.writes else "read"

    async def _after_the_end(self, operation: Operation) -> str:
        """What the actor is told of the record by a look that begins now, and by the same question if it only reads."""
        person = self.people[operation.subject]
        reference = self.given[operation.record]["reference"]
        told = (await person.post(LOOK, {"reference": reference})).text
        if not operation.writes:
            again = await operation.run(person, self.given[operation.record])
            assert not operation.shows(again, self.given[operation.record]), "a read that began after the end disclosed"
            told += again.text
        return told

    async def _run(self, operation: Operation, gate: Gate) -> httpx2.Response:
        CURRENT.set(gate)  # of this task and of those that it starts
        return await operation.run(self.people[operation.subject], self.given[operation.record])

    async def _waits(self, ending: "asyncio.Task[None]") -> bool:
        """Whether the end of access waits for the operation; it is over, or PostgreSQL says that somebody blocks it."""
        while not ending.done():
            if await self.platform.admin.fetchval(BLOCKED):
                return True
            await asyncio.sleep(0.001)
        return False


def ends_of(operation: Operation) -> list[str]:
    """The ends of access that end this operation."""
    if operation.begins:
        return list(OF_THE_ACTOR)
    if operation.subject == "wyp-ig":
        return [name for name in ENDS if "involvement" not in name and "restricted" not in name]
    return list(ENDS)


@asynccontextmanager
async def scene(database: FreshDatabase) -> AsyncIterator[Scene]:
    """Everything ready, and kept."""
    async with running_platform(database) as platform:
        revoker = await asyncpg.connect(database.admin_url)
        try:
            built = Scene(platform, revoker)
            await _fill(built)
            await keep(platform.admin)
            with listening():
                yield built
        finally:
            await revoker.close()


async def _fill(built: Scene) -> None:
    platform = built.platform
    for subject, function in FUNCTIONS.items():
        browser = platform.browser()
        browser.cookies.set("concordat", await give_session(platform.admin, subject, function))
        built.people[subject] = Person(browser)
        built.actors[subject] = dict(await platform.admin.fetchrow(ACTOR, subject, function))
    officer = built.people["wyp-1"]
    case = await seen(officer, await refer(officer))
    school, worker = await platform.sign_in("eps-1"), built.people["lcc-1"]
    concern, met = await open_concern(school), await open_concern(school)
    await platform.deliver()
    (notice,) = [n for n in await inbox(built.people["sca-1"]) if n["kind"] == "REFERRAL_RECEIVED"]
    colleague = await id_of(officer, "PC Ben Invented")
    begun = await saved(officer, BEGUN)
    draft = {"draftId": begun["id"], "expectedVersion": begun["version"]}
    built.given["case"] = {**case, "colleague": colleague, "notice": notice["id"], "draft": draft}
    said = await said_of_a_concern(platform, worker, concern)
    built.given["concern"] = {**await seen(worker, concern), "form": child_referral(), **said}
    built.given["met"] = {**await seen(worker, met), **await meets_and_asks(platform, worker, met)}
    await _fill_beside(built, school)


async def _fill_beside(built: Scene, school: Person) -> None:
    platform, people, given = built.platform, built.people, built.given
    given["proposed"] = await world_beside.proposed(people)
    given["decided"] = await world_beside.decided(platform, people)
    given["case"] |= await world_beside.beside_the_case(platform, people, given["case"], given["proposed"])
    given["met"] |= await world_beside.beside_the_met(platform, people, given["met"])
    given["signed"] = await world_beside.signed(platform, people, school)
    given["closed"] = await world_beside.signed(platform, people, school, is_closed=True)
    await platform.deliver()


__all__ = ["OPERATIONS", "Scene", "ends_of", "scene"]
