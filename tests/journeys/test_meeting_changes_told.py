"""Whoever was invited is told when a meeting is moved or cancelled; for a body without an account there is a task."""

from typing import Any

import pytest

from tests.world.meetings import CANCEL, HEALTH, POLICE, REARRANGE, a_childs_case, arrangement, convened, invitee
from tests.world.platform import Person, Platform
from tests.world.stories import kinds

pytestmark = pytest.mark.anyio

ROWS = "SELECT count(*) FROM outbox"
WORDS = "{ notices(first: 20) { edges { node { kind title toDo } } } }"


async def a_meeting(platform: Platform) -> tuple[Person, dict[str, Any]]:
    """Police, health and a school without an account are invited and have been told of that."""
    worker, case = await a_childs_case(platform)
    invite = [
        await invitee(worker, POLICE, "INVESTIGATING_POLICE"),
        await invitee(worker, HEALTH, "HEALTH"),
        {"name": "Invented Academy", "function": "EDUCATION"},
    ]
    meeting = await convened(worker, case, invite=invite)
    await platform.deliver()
    return worker, meeting


async def moved(who: Person, meeting: dict[str, Any], version: int, **changes: Any) -> dict[str, Any]:
    changed = await arrangement(who, **changes)
    return await who.do(REARRANGE, meetingId=meeting["id"], expectedVersion=version, arrangement=changed)


async def test_everybody_invited_is_told_of_a_new_place_and_nobody_of_a_new_minute_taker(platform: Platform) -> None:
    worker, meeting = await a_meeting(platform)
    before = await platform.admin.fetchval(ROWS)
    assert (await moved(worker, meeting, 1, minuteTaker="Somebody else"))["problem"] is None
    assert await platform.admin.fetchval(ROWS) == before

    assert (await moved(worker, meeting, 2, place="Room 3"))["problem"] is None
    await platform.deliver()

    for subject in ("wyp-3", "ess-1"):
        assert (await kinds(await platform.sign_in(subject))).count("MEETING_MOVED") == 1
    own = await kinds(worker)
    assert (own.count("TELL_BODY_OF_CHANGED_MEETING"), own.count("MEETING_MOVED")) == (1, 0)
    for stranger in ("gmp-1", "eha-2", "sca-1"):
        assert "MEETING_MOVED" not in await kinds(await platform.sign_in(stranger))


async def test_everybody_invited_is_told_that_it_does_not_take_place(platform: Platform) -> None:
    worker, meeting = await a_meeting(platform)

    assert (await worker.do(CANCEL, meetingId=meeting["id"], because="Ella is safe elsewhere."))["problem"] is None
    await platform.deliver()

    nurse = await platform.sign_in("ess-1")
    assert (await kinds(nurse))[0] == "MEETING_CANCELLED"
    assert "TELL_BODY_OF_CHANGED_MEETING" in await kinds(worker)
    told = str(await nurse.ask(WORDS))
    assert ("Ella" in told, meeting["caseReference"] in told) == (False, False)


async def test_a_refused_move_tells_nobody(platform: Platform) -> None:
    worker, meeting = await a_meeting(platform)
    nurse = await platform.sign_in("ess-1")
    place = await arrangement(worker, place="Room 3")
    before = await platform.admin.fetchval(ROWS)

    late = await moved(worker, meeting, 7, place="Room 3")
    guest = await nurse.do(REARRANGE, meetingId=meeting["id"], expectedVersion=1, arrangement=place)
    cancelled = await nurse.do(CANCEL, meetingId=meeting["id"], because="Ours.")

    assert [one["problem"]["__typename"] for one in (late, guest, cancelled)] == ["Conflict", "Refused", "Refused"]
    assert await platform.admin.fetchval(ROWS) == before
