"""Whoever is invited gets a calendar file without case content; the convenor has it for bodies without an account."""

import pytest

from tests.world.meetings import CANCEL, HEALTH, REARRANGE, a_childs_case, arrangement, convened, invitee
from tests.world.platform import Person, Platform

pytestmark = pytest.mark.anyio

FILES = "query ($id: ID!) { meeting(id: $id) { invitations { name isYours calendarFile } } }"


async def files(who: Person, meeting: str) -> dict[str, str]:
    shown = (await who.ask(FILES, id=meeting))["meeting"]["invitations"]
    return {one["name"]: one["calendarFile"] for one in shown}


async def test_it_follows_the_meeting_through_a_change_and_a_cancellation(platform: Platform) -> None:
    worker, case = await a_childs_case(platform)
    invite = [await invitee(worker, HEALTH, "HEALTH"), {"name": "Invented Academy", "function": "EDUCATION"}]
    meeting = await convened(worker, case, invite=invite)
    nurse = await platform.sign_in("ess-1")
    sent = await files(worker, meeting["id"])
    assert set(sent) == {HEALTH, "Invented Academy"}
    assert await files(nurse, meeting["id"]) == {HEALTH: sent[HEALTH]}
    assert "DTSTART;TZID=Europe/London:20260414T100000" in sent["Invented Academy"]
    for word in (case["reference"], "strategy", "child", "exploited", "Ella", "Farid"):
        assert word not in sent[HEALTH], word

    later = await arrangement(worker, place="Room 7, Town Hall")
    moved = await worker.do(REARRANGE, meetingId=meeting["id"], expectedVersion=1, arrangement=later)
    assert moved["problem"] is None, moved
    changed = (await files(nurse, meeting["id"]))[HEALTH]
    assert "SEQUENCE:1" in changed
    assert "LOCATION:Room 7\\, Town Hall" in changed

    cancelled = await worker.do(CANCEL, meetingId=meeting["id"], because="She lives elsewhere.")
    assert cancelled["problem"] is None, cancelled
    last = (await files(nurse, meeting["id"]))[HEALTH]
    assert ("METHOD:CANCEL" in last, "SEQUENCE:2" in last, "elsewhere" in last) == (True, True, False)


async def test_a_body_without_an_account_gets_the_same_file_and_a_guest_no_other_s(platform: Platform) -> None:
    worker, case = await a_childs_case(platform)
    meeting = await convened(worker, case)
    guardian = await platform.sign_in("eha-2")

    assert {name for name, file in (await files(guardian, meeting["id"])).items() if file} == {"Example Harbour"}
