"""What operations on things that hang on records need: a case that was decided, one that waits for it, and minutes."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from schema.node import global_id
from tests.journeys.test_attachments import attached
from tests.journeys.test_caveats import write
from tests.journeys.test_draft_files import added
from tests.journeys.test_related_cases import link
from tests.noninterference.hung_on import BY_POST, SAFE, TO_PRINT
from tests.revocation.operation import BYTES
from tests.world.actions import agreed
from tests.world.deciding import issue, look, mutation, propose
from tests.world.meetings import HEALTH, convened, invitee, opened
from tests.world.minutes import CLOSE, SEND_OUT, SIGN, done, is_recorded
from tests.world.platform import Person, Platform
from tests.world.sharing import agency_id, given
from tests.world.stories import id_of, open_concern, raw_id, refer, seen, supported_adult

People = Mapping[str, Person]
GUARDIAN = ("example-harbour", "GUARDIAN")
LETTER = "SELECT id FROM letter WHERE record_id = $1 AND addressee = 'person'"
INVITATION = "SELECT id FROM meeting_invitation WHERE meeting_id = $1 AND function = 'health'"
NOTICE = "SELECT reference FROM notice WHERE record_id = $1 AND kind = 'referral_received'"


async def decided(platform: Platform, people: People) -> dict[str, Any]:
    """An adult's case with a letter to post, two files, an entry under a caveat, and a link."""
    officer, form = people["wyp-1"], supported_adult()
    case = await refer(officer, form | {"contact": form["contact"] | BY_POST})
    before = await look(officer, case)
    wish = {"caseId": case["id"], "expectedVersion": before["version"], "words": "Asked.", "wants": [], "contact": SAFE}
    today = await platform.admin.fetchval("SELECT london_today()")
    assert (await officer.do(mutation("recordWish"), **wish, saidOn=str(today)))["problem"] is None
    assert (await propose(people["sca-1"], case))["problem"] is None
    assert (await issue(people["sca-2"], case))["problem"] is None
    await platform.admin.execute(TO_PRINT)
    letter = await platform.admin.fetchval(LETTER, UUID(raw_id(case["id"])))
    files = [await attached(officer, case, BYTES) for _ in range(2)]
    assert (await write(officer, case))["problem"] is None
    linked = await link(officer, case, await refer(officer))
    assert linked["problem"] is None, linked
    return {
        **(await seen(officer, case)), "letter": global_id("Letter", letter), "file": files[0]["id"],
        "unwanted": files[1]["id"], "link": linked["link"]["id"], "officer": await id_of(officer),
    }  # fmt: skip


async def proposed(people: People) -> dict[str, Any]:
    """An adult's case with a decision that somebody proposed."""
    case = await refer(people["wyp-1"])
    payload = await propose(people["sca-1"], case)
    assert payload["problem"] is None, payload
    (proposal,) = payload["case"]["decisions"]["proposals"]
    return {**(await seen(people["wyp-1"], case)), "proposal": proposal["id"]}


async def beside_the_case(platform: Platform, people: People, case: Mapping[str, Any], other: Any) -> dict[str, Any]:
    """What may be linked with it, when it may wake, its notice, and the files of the draft that the officer writes."""
    draft = case["draft"]
    files = [await added(people["wyp-1"], {"id": draft["draftId"]}, BYTES) for _ in range(2)]
    later = await platform.admin.fetchval("SELECT london_today()") + timedelta(days=20)
    notice = await platform.admin.fetchval(NOTICE, UUID(raw_id(case["id"])))
    return {
        "other": other["id"], "later": str(later), "noticeReference": notice, "draftFile": files[0]["id"],
        "draftUnwanted": files[1]["id"], "officer": await id_of(people["wyp-1"]),
    }  # fmt: skip


async def beside_the_met(platform: Platform, people: People, met: Mapping[str, Any]) -> dict[str, Any]:
    """A share that may end, and the invitation of the surgery."""
    shared = await given(platform, people["lcc-1"], met, GUARDIAN, "CHILD_PROTECTION")
    invitation = await platform.admin.fetchval(INVITATION, UUID(raw_id(met["meeting"])))
    return {"shared": shared, "invitation": global_id("MeetingInvitation", invitation)}


async def signed(platform: Platform, people: People, school: Person, *, is_closed: bool = False) -> dict[str, Any]:
    """A child's case with minutes that wait for the surgery's word; or closed with it."""
    worker = people["lcc-1"]
    concern = await open_concern(school)
    meeting = await opened(worker, await convened(worker, concern, invite=[await invitee(worker, HEALTH, "HEALTH")]))
    await is_recorded(worker, meeting, with_police=False)
    await agreed(worker, meeting, "Send the chronology.", HEALTH, "HEALTH", "2026-04-17")
    await platform.deliver()
    await done(worker, SEND_OUT, meeting)
    if is_closed:
        await done(people["ess-1"], SIGN, meeting, answer="AGREED")
        await done(people["lcc-2"], CLOSE, meeting)
    authority = await agency_id(platform, "sca")
    return {**(await seen(worker, concern)), "meeting": meeting["id"], "authority": authority}
