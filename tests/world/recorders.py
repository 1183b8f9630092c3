"""Several people who write the record of one meeting at the same time, in an order that the dice make."""

import asyncio
import random
from typing import Any

from tests.world.meetings import entries
from tests.world.platform import Person
from tests.world.stories import PROBLEM

MOST_TRIES = 60
WRITE = f"""mutation ($input: RecordMeetingEntryInput!) {{
  recordMeetingEntry(input: $input) {{ entryId {PROBLEM} }} }}"""
READ = (
    "query ($id: ID!) { meeting(id: $id) { entries { id version kind content { ... on MeetingPassage { words } } } } }"
)


async def all_at_once(
    meeting: dict[str, Any], common: dict[str, Any], council: list[Person], guest: Person, times: int, seed: int
) -> int:
    """Each writes so many times: the council new entries or the next version of a common one, the guest new entries.
    Nothing that was acknowledged is lost; the number of acknowledged writes."""
    dice, acknowledged = random.Random(seed), set[str]()  # noqa: S311 - the same order at every run

    async def record(who: Person, name: str) -> None:
        for number in range(times):
            words = f"{name} {number}"
            if who is not guest and dice.random() < 0.5:
                assert await _appended(who, meeting, common["id"], words)
            else:
                payload = await who.do(WRITE, meetingId=meeting["id"], content={"note": {"words": words}})
                assert payload["problem"] is None, payload
            acknowledged.add(words)

    await asyncio.gather(*(record(who, f"{seed}-{place}") for place, who in enumerate([*council, guest])))
    shown = (await guest.ask(READ, id=meeting["id"]))["meeting"]
    (whole,) = entries(shown, "SAFETY")
    said = {one["content"]["words"] for one in entries(shown, "NOTE")} | set(whole["content"]["words"].split("\n"))
    assert acknowledged <= said
    assert len({one["id"] for one in shown["entries"]}) == len(shown["entries"])
    assert whole["version"] == len(whole["content"]["words"].split("\n"))
    return len(acknowledged)


async def _appended(who: Person, meeting: dict[str, Any], entry: str, words: str) -> bool:
    """Read, add a line, write; and again from what is there now, until nobody was faster."""
    for _ in range(MOST_TRIES):
        shown = (await who.ask(READ, id=meeting["id"]))["meeting"]
        now = next(one for one in shown["entries"] if one["id"] == entry)
        added = {"safety": {"words": f"{now['content']['words']}\n{words}"}}
        sent = {"meetingId": meeting["id"], "entryId": entry, "expectedVersion": now["version"], "content": added}
        problem = (await who.do(WRITE, **sent))["problem"]
        if problem is None:
            return True
        assert problem["code"] == "VERSION_MOVED", problem
    return False
