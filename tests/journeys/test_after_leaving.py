"""Whatever happened before: once the end of a membership is acknowledged, no session of that person gets an answer."""

import asyncio
import random
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.world.forms import CONCERN, adult_referral
from tests.world.leaving import chosen, end, leaving, orphans
from tests.world.platform import Person, Platform
from tests.world.stories import NOTICES, OPEN, SUBMIT, WORKLIST

pytestmark = pytest.mark.anyio

PEOPLE = {"wyp-1": "PC Asha Invented", "wyp-2": "PC Ben Invented", "wyp-4": "DI Dan Invented"}
STEPS = 40
ASKED: tuple[tuple[str, dict[str, Any]], ...] = (
    (WORKLIST, {}),
    (WORKLIST, {"scope": "AGENCY"}),
    (NOTICES, {}),
    ("{ viewer { name } }", {}),
    (OPEN, {"input": {"idempotencyKey": "a-key-of-a-walk", "concern": CONCERN}}),
    (SUBMIT, {"input": {"idempotencyKey": "another-key-of-a-walk", "referral": adult_referral()}}),
)
RETURN = """
    WITH back AS (
        INSERT INTO member_function (member_id, function, access_level, valid_from)
        SELECT m.id, 'first_responder', 'practitioner', london_today() FROM member m
        WHERE m.subject = $1 AND NOT EXISTS (
            SELECT FROM member_function f WHERE f.member_id = m.id AND f.function = 'first_responder'
              AND (f.valid_until IS NULL OR f.valid_until > london_today()))
    ) INSERT INTO team_membership (team_id, member_id, standing, from_at)
    SELECT t.id, m.id, 'member', moment() FROM team t, member m WHERE t.name = 'Safeguarding desk' AND m.subject = $1
"""


@dataclass
class Walk:
    """Sessions by person: those that may be answered, and those that must never be again."""

    platform: Platform
    administrator: Person
    chance: random.Random
    alive: dict[str, list[Person]] = field(default_factory=lambda: {who: [] for who in PEOPLE})
    left: set[str] = field(default_factory=set)
    dead: list[Person] = field(default_factory=list)
    ended: int = 0

    async def sign_in(self, who: str) -> None:
        if who not in self.left:
            self.alive[who].append(await self.platform.sign_in(who))

    async def work(self, who: str) -> None:
        if self.alive[who]:
            session = self.chance.choice(self.alive[who])
            assert (await session.post(*self.chance.choice(ASKED[:4]))).status_code == 200
            await session.do(SUBMIT, referral=adult_referral())

    async def leave(self, who: str) -> None:
        """They go on asking while the administrator ends it; what is answered then was asked before."""
        if who in self.left:
            return
        known = await leaving(self.administrator, PEOPLE[who])
        others = [one for one in known["functions"] if one["people"]]
        named = [chosen(known, one["function"], person=one["people"][0]["name"]) for one in others]
        busy = [session.post(*self.chance.choice(ASKED)) for session in self.alive[who]]
        payload, *_ = await asyncio.gather(end(self.administrator, known, successors=named), *busy)
        if payload["problem"] is None:
            self.ended += 1
            self.left.add(who)
            self.dead += self.alive[who]
            self.alive[who] = []

    async def come_back(self, who: str) -> None:
        if who in self.left:
            await self.platform.admin.execute(RETURN, who)
            self.left.remove(who)

    async def check(self) -> None:
        for session in self.dead:
            response = await session.post(*self.chance.choice(ASKED))
            assert (response.status_code, "data" in response.json()) == (401, False)
        assert await orphans(self.platform) == 0


@pytest.mark.parametrize("seed", [3, 20260522])
async def test_no_session_is_answered_after_its_membership_ended(platform: Platform, seed: int) -> None:
    walk = Walk(platform, await platform.sign_in("wyp-5"), random.Random(seed))  # noqa: S311 - a walk that can be repeated
    for who in PEOPLE:
        await walk.sign_in(who)
    for _ in range(STEPS):
        step = walk.chance.choice((walk.sign_in, walk.work, walk.work, walk.leave, walk.come_back))
        await step(walk.chance.choice(list(PEOPLE)))
        await walk.check()

    assert walk.ended >= 3
    assert len(walk.dead) >= 3
