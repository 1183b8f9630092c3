"""A file is removed while nothing rests on it: not what came with the referral, nor what the case has moved on with."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

import httpx2
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from policies.vocabulary import Action, DataGroup
from services import gate
from services.attachments import store
from tests.journeys.test_attachments import TEXT, attached, got
from tests.journeys.test_attachments import listed as files_of
from tests.journeys.test_draft_files import added, answers
from tests.services.attachments import files
from tests.world.deciding import done, issue, look, mutation, propose, referred, unchanged
from tests.world.drafts import saved, submit
from tests.world.platform import Person, Platform
from tests.world.stories import open_concern, raw_id, refer_from, seen

pytestmark = pytest.mark.anyio

AFTER, LATER = "2026-05-20T10:10+01:00", "2026-05-20T10:20+01:00"
PROPOSED = """query ($reference: String) { case(reference: $reference) { decisions { ... on Decisions {
  proposals { evidence { group version } } } } } }"""


async def remove(who: Person, file: Mapping[str, Any]) -> httpx2.Response:
    return await who.browser.delete(f"/attachments/{file['id']}", headers={"Idempotency-Key": str(uuid4())})


async def stays(platform: Platform, who: Person, file: Mapping[str, Any], code: str) -> None:
    """Its removal is refused with this code, and changes nothing: no row, no byte in the folder, nothing to be sent."""
    before = await unchanged(platform), await rows(platform), kept(platform)
    response = await remove(who, file)
    assert response.status_code == 409, response.text
    problem = response.json()["problem"]
    assert problem["code"] == code
    assert problem["message"]
    assert problem["remedy"]
    after = await unchanged(platform), await rows(platform), kept(platform)
    assert after == before
    assert (await got(who, file["id"])).status_code == 200


async def rows(platform: Platform) -> list[Any]:
    return [tuple(row) for row in await platform.admin.fetch("SELECT * FROM attachment ORDER BY id")]


def kept(platform: Platform) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in platform.files.rglob("*") if path.is_file()}


async def test_what_was_sent_with_the_referral_stays(platform: Platform) -> None:
    asha = await platform.sign_in("wyp-1")
    draft = await saved(asha, await answers(asha))
    await added(asha, draft, files.jpeg())
    case = (await submit(asha, draft))["case"]
    (photo,) = (await files_of(asha, case)).json()["attachments"]
    await stays(platform, asha, photo, "FILE_SENT")


async def test_what_a_concern_held_when_it_was_referred_stays(platform: Platform) -> None:
    await platform.set_clock("2026-05-20T10:00+01:00")
    worker = await platform.sign_in("lcc-1")
    concern = await open_concern(worker)
    taken_back, photo = [await attached(worker, concern, TEXT) for _ in range(2)]
    assert (await remove(worker, taken_back)).status_code == 200, "nobody was referred yet"
    await platform.set_clock(AFTER)
    assert (await refer_from(worker, await seen(worker, concern)))["problem"] is None
    await stays(platform, worker, photo, "FILE_SENT")


async def test_what_a_decision_rests_on_stays_and_is_named_with_it(platform: Platform) -> None:
    case = await referred(platform)
    await platform.set_clock(AFTER)
    asha, decider, second = [await platform.sign_in(who) for who in ("wyp-1", "sca-1", "sca-2")]
    photo = await attached(asha, case, files.jpeg())
    await platform.set_clock(LATER)
    assert (await propose(decider, case, "NEGATIVE", evidence=["EVIDENCE"]))["problem"] is None
    (proposal,) = (await decider.ask(PROPOSED, reference=case["reference"]))["case"]["decisions"]["proposals"]
    assert proposal["evidence"] == [{"group": "EVIDENCE", "version": 0}], "it holds a file and no words"
    assert (await issue(second, case))["problem"] is None
    fixed = await platform.admin.fetchval("SELECT content #>> '{evidence,0,files}' FROM decision_proposal")
    assert fixed == f'["{raw_id(photo["id"])}"]'
    await stays(platform, asha, photo, "FILE_MOVED_ON")
    assert (await got(decider, photo["id"])).status_code == 200


async def test_nothing_is_decided_on_a_file_that_was_taken_back(platform: Platform) -> None:
    """Whoever attached it is not told of the proposal: they remove it as if there were none, and nothing is issued."""
    case = await referred(platform)
    await platform.set_clock(AFTER)
    asha, decider, second = [await platform.sign_in(who) for who in ("wyp-1", "sca-1", "sca-2")]
    photo = await attached(asha, case, files.jpeg())
    empty = await propose(decider, case, evidence=["ACCOUNT", "EVIDENCE", "HEALTH"])
    wrong = [(one["path"], one["code"]) for one in empty["problem"]["problems"]]
    assert wrong == [("evidence.2", "nothing_recorded")]
    assert (await propose(decider, case, evidence=["EVIDENCE"]))["problem"] is None
    assert (await remove(asha, photo)).status_code == 200
    assert kept(platform) == {}
    before = await unchanged(platform)
    refused = await issue(second, case)
    assert refused["problem"]["code"] == "EVIDENCE_GONE"
    assert await unchanged(platform) == before
    (proposal,) = (await look(decider, case))["decisions"]["proposals"]
    given_back = {"caseId": case["id"], "proposalId": proposal["id"], "reason": "The photograph is gone."}
    assert (await second.do(mutation("returnDecision"), **given_back))["problem"] is None
    assert (await propose(decider, case))["problem"] is None
    assert (await issue(second, case))["problem"] is None


async def test_an_ended_case_keeps_its_files(platform: Platform) -> None:
    case = await referred(platform)
    await platform.set_clock(AFTER)
    asha = await platform.sign_in("wyp-1")
    photo = await attached(asha, case, files.jpeg())
    await platform.set_clock(LATER)
    await done(await platform.sign_in("sca-1"), "endCase", case, reason="DIED")
    await stays(platform, asha, photo, "FILE_ENDED")


async def test_the_database_alone_issues_nothing_on_a_file_that_is_gone(platform: Platform) -> None:
    case = await referred(platform)
    await platform.set_clock(AFTER)
    asha, decider, second = [await platform.sign_in(who) for who in ("wyp-1", "sca-1", "sca-2")]
    photo = await attached(asha, case, TEXT)
    assert (await propose(decider, case, evidence=["EVIDENCE"]))["problem"] is None
    assert (await remove(asha, photo)).status_code == 200
    proposal = await platform.admin.fetchval("SELECT id FROM decision_proposal")
    async with platform.tools.enter(second.secret) as reading:
        assert reading is not None
        await gate.ask(reading, Action.DECISION_ISSUE, raw_id(case["id"]), {DataGroup.DECISIONS})
        issuing = text("SELECT issue_decision(:record, :proposal, 'a-row')")
        with pytest.raises(DBAPIError, match="not allowed to issue"):
            await reading.rows(issuing, record=raw_id(case["id"]), proposal=proposal)
    async with platform.tools.enter(decider.secret) as reading:
        assert reading is not None
        await gate.ask(reading, Action.RECORD, raw_id(case["id"]), {DataGroup.DECISION_REASONS})
        with pytest.raises(DBAPIError, match="not allowed to remove"):
            await store.remove(reading, UUID(raw_id(photo["id"])))
