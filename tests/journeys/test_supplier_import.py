"""A supplier's system imports a force's referrals over HTTP; whatever happens on the way, each is there once."""

import json

import pytest

from tests.world.batches import a_message, send, send_and_break_off, serving, written
from tests.world.machines import registered
from tests.world.platform import Platform
from tests.world.stories import counted

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(600)]

MANY, HALF, ENOUGH = 500, 250, 60
REFERRALS = "SELECT external_id, source_agency_id FROM referral"


def the_batch() -> list[bytes]:
    """Five hundred lines, of which seven are wrong, each in its own way."""
    lines = written(a_message(number) for number in range(MANY))
    wrong = {
        3: a_message(3) | {"Country": "Narnia"},
        77: a_message(77) | {"FavouriteColour": "green"},
        150: {name: value for name, value in a_message(150).items() if name != "ExternalId"},
        249: a_message(249, **{"Agent.Organisation": "Leeds City Council"}),
        251: {"message": a_message(251), "receivedAt": "2999-01-01T12:00Z"},
        400: {"message": a_message(400), "channel": "pigeon"},
    }
    for place, message in wrong.items():
        (lines[place],) = written([message])
    lines[499] = b'{"Type": "560734", "Type": "662265"}\n'
    return lines


WRONG = {3, 77, 150, 249, 251, 400, 499}


async def test_a_batch_that_is_cut_off_is_sent_again_and_everything_is_there_once(platform: Platform) -> None:
    machine, batch = await registered(platform), the_batch()
    await machine.sign_in()

    async def enough() -> bool:
        return int(await platform.admin.fetchval("SELECT count(*) FROM referral")) >= ENOUGH

    async with serving(platform) as address:
        await send_and_break_off(address, machine, batch[:HALF], enough)
        first = await send(address, machine, batch)
        stored = await counted(platform)
        second = await send(address, machine, batch)

    *lines, last = first
    assert [line["index"] for line in lines] == list(range(MANY))
    assert {line["index"] for line in lines if line["outcome"] == "refused"} == WRONG
    assert last["end"] == "complete"
    assert last["counts"]["refused"] == len(WRONG)
    assert last["counts"]["already_imported"] >= ENOUGH, "what was stored before the cut is known"
    assert last["counts"]["imported"] > 0, "and what came after it is new"
    _assert_each_is_there_once(await platform.admin.fetch(REFERRALS), batch)
    assert await counted(platform) == stored, "the third time nothing changes"
    assert second[-1]["counts"] == {"imported": 0, "already_imported": MANY - len(WRONG), "refused": len(WRONG)}
    references = [line.get("reference") for line in lines]
    assert [line.get("reference") for line in second[:-1]] == references
    assert all(problem["remedy"] for line in lines for problem in line.get("problems", ()))


def _assert_each_is_there_once(rows: list[dict[str, object]], batch: list[bytes]) -> None:
    right = {json.loads(line)["ExternalId"] for place, line in enumerate(batch) if place not in WRONG}
    assert len({row["source_agency_id"] for row in rows}) == 1
    assert sorted(str(row["external_id"]) for row in rows) == sorted(right)
