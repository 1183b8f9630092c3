"""A message of the public form does not ask of whom another authority decides: the first one has a task to look."""

from typing import Any
from uuid import uuid4

import pytest

from tests.world import arrivals, stories
from tests.world.answers import complete, inbox, work
from tests.world.arrivals import arrived, participants
from tests.world.deciding import done, due, look
from tests.world.platform import Person, Platform

pytestmark = pytest.mark.anyio
KIND, ADULT = "ESTABLISH_AUTHORITY", "adult_without_support"


async def tasks(who: Person) -> list[dict[str, Any]]:
    return [notice for notice in await inbox(who) if notice["kind"] == KIND]


async def test_an_adult_is_received_provisionally_looked_up_and_transferred(platform: Platform) -> None:
    await platform.set_clock(arrivals.NOW)
    reference = await arrived(platform, ADULT)
    case = {"reference": reference}
    assert (await participants(platform, reference))["decision_maker"] == "sca"
    await platform.deliver()
    caseworker = await platform.sign_in("sca-1")
    (task,) = await tasks(caseworker)
    assert (task["isTask"], task["record"]["reference"]) == (True, reference)
    for other in ("wyp-1", "wyp-3", "tsa-1", "ieca-1"):
        assert await tasks(await platform.sign_in(other)) == []
    target = due(await look(caseworker, case), "reasonable_grounds")

    await done(caseworker, "transferCase", case, authority="ieca")
    payload = await complete(caseworker, task, note="Looked, and transferred.")

    assert payload["problem"] is None
    assert (await participants(platform, reference))["decision_maker"] == "ieca"
    await platform.deliver()
    theirs = await platform.sign_in("ieca-1")
    assert due(await look(theirs, case), "reasonable_grounds") == target
    assert await tasks(theirs) == []


async def test_a_task_that_nobody_does_is_chased(platform: Platform) -> None:
    await platform.set_clock(arrivals.NOW)
    await arrived(platform, ADULT)
    await platform.deliver()
    (task,) = await tasks(await platform.sign_in("sca-1"))
    assert task["completion"] is None
    await platform.set_clock(task["chaseAt"])
    await work(platform)
    found = await inbox(await platform.sign_in("sca-1"))
    assert [one["kind"] for one in found if one["follows"] == task["reference"]] == ["NOT_ANSWERED"]


@pytest.mark.parametrize("name", ["child", "child_age_not_sure", "child_in_wales", "child_overseas"])
async def test_of_whoever_may_be_a_child_nobody_looks_anything_up(platform: Platform, name: str) -> None:
    await platform.set_clock(arrivals.NOW)
    plain = await arrived(platform, name)
    another = {"ExternalId": str(uuid4()), "Customer.Nationality": "Albanian", "CIDReference": "An invented reference"}
    other = await arrived(platform, name, **another)
    assert await participants(platform, plain) == await participants(platform, other)
    await platform.deliver()
    assert await tasks(await platform.sign_in("sca-1")) == []


@pytest.mark.parametrize(("received", "expected"), [("2021-11-07T23:59+00:00", 0), ("2021-11-08T00:00+00:00", 1)])
async def test_there_is_nothing_to_look_up_before_there_were_two(
    platform: Platform, received: str, expected: int
) -> None:
    await platform.set_clock(arrivals.NOW)
    await arrived(platform, ADULT, received)
    await platform.deliver()
    assert len(await tasks(await platform.sign_in("sca-1"))) == expected


async def test_a_form_that_asks_makes_no_task(platform: Platform) -> None:
    await platform.set_clock("2026-05-20T10:00+01:00")
    await stories.refer(await platform.sign_in("wyp-1"))
    await platform.deliver()
    assert await tasks(await platform.sign_in("sca-1")) == []
