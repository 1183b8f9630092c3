"""Whatever is shared, ended and written in whatever order, a recipient reads the scope of today and no more."""

import json
import random
from datetime import date, timedelta
from typing import Any

import pytest

from tests.world.forms import child_referral
from tests.world.platform import Person, Platform
from tests.world.sharing import END_SHARE, give, shown, weighed
from tests.world.stories import look, raw_id, refer

pytestmark = pytest.mark.anyio

START = date(2026, 5, 20)
HOUSING = ("example-haven", "ACCOMMODATING_PROVIDER")
FIELDS = {"IDENTITY": "identity", "CONTACT": "contact", "ACCOUNT": "account", "REFERRER": "referrer"}
VERSIONED = """query ($reference: String) { case(reference: $reference) {
  identity { __typename ... on Identity { version } } contact { __typename ... on Contact { version } }
  account { __typename ... on Account { version } } referrer { __typename ... on Referrer { version } } } }"""
WRITE = """
    INSERT INTO group_content (record_id, data_group, version, content, recorded_at, recorded_by)
    SELECT record_id, data_group, version + 1, content, moment(), recorded_by FROM group_content
    WHERE record_id = $1 AND data_group = $2 ORDER BY version DESC LIMIT 1
"""


class Story:
    """What the giver did so far, and what follows from it by hand."""

    def __init__(self, platform: Platform, chance: random.Random) -> None:
        self.platform = platform
        self.chance = chance
        self.day = START
        self.versions = dict.fromkeys(FIELDS, 1)
        self.shares: dict[str, tuple[date, dict[str, int | None]]] = {}
        self.case: dict[str, Any] = {}

    def expected(self) -> dict[str, int]:
        """The version of each group that the recipient reads today."""
        found: dict[str, int] = {}
        for ends_on, groups in self.shares.values():
            for group, version in groups.items() if ends_on >= self.day else ():
                found[group] = max(found.get(group, 0), self.versions[group] if version is None else version)
        return found

    async def sign_in(self, subject: str) -> Person:
        await self.platform.set_clock(f"{self.day}T12:00+01:00")
        return await self.platform.sign_in(subject)

    async def step(self) -> None:
        what = self.chance.choice(["give", "give", "end", "write", "wait"])
        await getattr(self, f"_{what}")()

    async def _give(self) -> None:
        chosen = self.chance.sample(sorted(FIELDS), self.chance.randint(1, 3))
        live = {group: self.chance.random() < 0.4 for group in chosen}
        ends_on = self.day + timedelta(days=self.chance.randint(0, 6))
        groups = [weighed(group, live=live[group]) for group in chosen]
        giver = await self.sign_in("wyp-1")
        payload = await give(self.platform, giver, self.case, HOUSING, groups, endsOn=f"{ends_on}")
        assert payload["problem"] is None, payload
        kept = {group: None if live[group] else self.versions[group] for group in chosen}
        self.shares[payload["shareId"]] = (ends_on, kept)

    async def _end(self) -> None:
        open_now = [share for share, (ends_on, _) in self.shares.items() if ends_on >= self.day]
        if open_now:
            share = self.chance.choice(open_now)
            giver = await self.sign_in("wyp-1")
            assert (await giver.do(END_SHARE, shareId=share, reason="Over."))["problem"] is None
            del self.shares[share]

    async def _write(self) -> None:
        group = self.chance.choice(sorted(FIELDS))
        await self.platform.admin.execute(WRITE, raw_id(self.case["id"]), group.lower())
        self.versions[group] += 1

    async def _wait(self) -> None:
        self.day += timedelta(days=self.chance.randint(1, 3))


@pytest.mark.parametrize("seed", range(4))
async def test_a_recipient_reads_the_scope_of_today_and_no_more(platform: Platform, seed: int) -> None:
    story = Story(platform, random.Random(seed))  # noqa: S311 - a walk, no secret
    story.case = await refer(await story.sign_in("wyp-1"), child_referral(organisation="West Yorkshire Police"))
    read: set[str] = set()
    for _ in range(12):
        await story.step()
        recipient, expected = await story.sign_in("exh-1"), story.expected()
        whole = await look(recipient, story.case)
        assert shown(whole or {}) == {FIELDS[group] for group in expected}
        found = (await recipient.ask(VERSIONED, reference=story.case["reference"]))["case"]
        versions = {group: found[FIELDS[group]]["version"] for group in expected} if found else {}
        assert versions == expected, json.dumps(found)
        read |= set(expected)
    assert len(read) > 2, "the walk shared next to nothing"
