"""Whoever was invited, present or absent, reads the minutes until their involvement ends; others need their release."""

import pytest

from tests.world.meetings import HEALTH, MEETINGS_OF, a_childs_case, convened, entries, invitee, opened, read, written
from tests.world.platform import Platform
from tests.world.stories import refer_from

pytestmark = pytest.mark.anyio

# No operation takes an invited body out of a record: an involvement ends by its day, as the database keeps it.
ENDS = """
    UPDATE involvement SET until_at = moment() WHERE relation = 'attendee' AND until_at IS NULL
    AND agency_id = (SELECT agency_id FROM member WHERE subject = $1)
"""


async def test_the_absent_read_open_minutes_until_their_involvement_ends(platform: Platform) -> None:
    worker, case = await a_childs_case(platform)
    nurse = await platform.sign_in("ess-1")
    meeting = await opened(worker, await convened(worker, case, invite=[await invitee(worker, HEALTH, "HEALTH")]))
    await written(worker, meeting, "note", words="The girl asked for her sister.")

    absent = await read(nurse, meeting)
    assert absent is not None
    assert [note["content"]["words"] for note in entries(absent, "NOTE")] == ["The girl asked for her sister."]

    assert await platform.admin.execute(ENDS, "ess-1") == "UPDATE 1"
    assert await read(nurse, meeting) is None
    assert (await nurse.ask(MEETINGS_OF, reference=case["reference"]))["case"] is None


async def test_the_authority_that_decides_on_the_child_is_not_shown_the_minutes(platform: Platform) -> None:
    worker, case = await a_childs_case(platform)
    meeting = await opened(worker, await convened(worker, case))
    concern = {"caseId": case["id"], "expectedVersion": case["version"], "meetingId": meeting["id"]}
    assert (await refer_from(worker, case, fromConcern=concern))["problem"] is None
    decider = await platform.sign_in("sca-1")

    known = (await decider.ask(MEETINGS_OF, reference=case["reference"]))["case"]
    assert known["reference"] == case["reference"]
    assert (known["strategyMinutes"] or {"__typename": "Withheld"})["__typename"] == "Withheld"
    assert await read(decider, meeting) is None
