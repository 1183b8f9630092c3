"""Files of a draft: its keepers alone know them; the case takes them over, or they are destroyed with the draft."""

import base64
from typing import Any
from uuid import uuid4

import httpx2
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from policies.vocabulary import Action, DataGroup
from services import gate
from services.attachments.destroying import Destroying
from services.attachments.scanner import Scanner
from services.attachments.scanning import LateScans
from services.attachments.sweeping import swept
from services.attachments.vault import Vault
from services.gate import Admission
from services.notices.worker import run_file_errands
from tests.journeys import test_drafts as drafts
from tests.journeys.test_attachments import TEXT, attached
from tests.journeys.test_attachments import got as got_of_case
from tests.journeys.test_attachments import listed as listed_of_case
from tests.journeys.test_drafts import BEGUN, FIRST_DAY
from tests.services.attachments import files
from tests.world.answers import inbox, work
from tests.world.clamd import listening
from tests.world.drafts import delete, read, saved, submit
from tests.world.forms import adult_referral
from tests.world.platform import SEAL_KEY, Person, Platform
from tests.world.stories import counted, open_concern, raw_id, refer, seen, told
from tests.world.template import WORKER_SECRET

pytestmark = pytest.mark.anyio

NEVER = {kind: base64.urlsafe_b64encode(f"{kind}:{uuid4()}".encode()).decode() for kind in ("Draft", "DraftFile")}
ADMIT = text("SELECT admit_drafts(NULL, 'draft.read')")
ROWS = text("SELECT id FROM draft_file")


async def answers(who: Person, **steer: str) -> dict[str, list[str]]:
    """Those of a whole form, with what is to be said of the evidence that comes with it."""
    return await drafts.answers(who, **steer) | ({} if steer.get("kind") else {"evidence.description": ["A diary."]})


async def add(who: Person, draft: str, content: bytes, group: str = "evidence") -> httpx2.Response:
    headers = {"Idempotency-Key": str(uuid4())}
    return await who.browser.post(f"/drafts/{draft}/files/{group}", content=content, headers=headers)


async def added(who: Person, draft: Any, content: bytes, group: str = "evidence") -> dict[str, Any]:
    response = await add(who, draft["id"], content, group)
    assert response.status_code == 201, response.text
    found: dict[str, Any] = response.json()["file"]
    return found


async def listed(who: Person, draft: str) -> httpx2.Response:
    return await who.browser.get(f"/drafts/{draft}/files")


async def got(who: Person, file: str) -> httpx2.Response:
    return await who.browser.get(f"/draft-files/{file}")


async def remove(who: Person, file: str) -> httpx2.Response:
    return await who.browser.delete(f"/draft-files/{file}", headers={"Idempotency-Key": str(uuid4())})


def kept(platform: Platform) -> int:
    """How many files lie in the folder."""
    return len([path for path in platform.files.rglob("*") if path.is_file() and path.name != "clamd"])


async def destroyed(platform: Platform) -> None:
    """What the worker does when something is gone."""
    await run_file_errands(platform.tools, WORKER_SECRET, [Destroying(Vault(platform.files, [SEAL_KEY]))])


async def test_two_colleagues_bring_files_and_they_are_the_cases_when_it_is_sent(platform: Platform) -> None:
    asha, colleague = await platform.sign_in("wyp-1"), await platform.sign_in("wyp-2")
    draft = await saved(asha, await answers(asha))
    photo = await added(asha, draft, files.jpeg())
    note = await added(colleague, draft, TEXT, "health")
    assert (photo["name"], photo["group"], photo["scan"]) == ("attachment-1.jpg", "EVIDENCE", "NOT_SCANNED")
    assert [one["id"] for one in (await listed(colleague, draft["id"])).json()["files"]] == [photo["id"], note["id"]]
    kept_there = (await read(colleague, draft))["files"]
    assert [{**one, "kind": None} for one in kept_there] == [{**one, "kind": None} for one in (photo, note)]
    assert [one["kind"] for one in kept_there] == ["JPEG", "TEXT"]
    answer = await got(colleague, photo["id"])
    assert files.SECRET not in answer.content
    assert answer.headers["content-disposition"] == 'attachment; filename="attachment-1.jpg"'
    assert (await read(asha, draft))["version"] == draft["version"], "a file is no answer"

    case = (await submit(asha, draft))["case"]

    (photo_there,) = (await listed_of_case(asha, case)).json()["attachments"]
    assert (await got_of_case(asha, photo_there["id"])).content == answer.content
    assert [one["name"] for one in (await listed_of_case(asha, case, "health")).json()["attachments"]] == [
        "attachment-1.txt"
    ]
    assert photo_there["isOwn"]
    decider = await platform.sign_in("sca-2")
    assert (await got_of_case(decider, photo_there["id"])).status_code == 200
    await destroyed(platform)
    assert kept(platform) == 2, "nothing that a case took over is destroyed"
    assert (await got(asha, photo["id"])).status_code == 404
    assert await platform.admin.fetchval("SELECT count(*) FROM draft_file") == 0


async def test_files_of_a_draft_that_continues_a_concern_come_after_those_that_are_there(platform: Platform) -> None:
    asha = await platform.sign_in("wyp-1")
    concern = await open_concern(asha)
    await attached(asha, concern, TEXT)
    draft = await saved(asha, await answers(asha, age="CHILD"))
    for group in ("evidence", "health", "credibility", "immigration"):
        await added(asha, draft, files.png(), group)
    version = (await seen(asha, concern))["version"]
    sent = await submit(asha, draft, fromConcern={"caseId": concern["id"], "expectedVersion": version})
    assert sent["problem"] is None, sent
    there = (await listed_of_case(asha, concern)).json()["attachments"]
    assert [one["name"] for one in there] == ["attachment-1.txt", "attachment-2.png"]
    assert len((await listed_of_case(asha, concern, "immigration")).json()["attachments"]) == 1


async def test_a_sending_that_fails_leaves_draft_and_files_as_they_were(platform: Platform) -> None:
    asha = await platform.sign_in("wyp-1")
    whole = await answers(asha)
    draft = await saved(asha, {key: words for key, words in whole.items() if key != "identity.gender"})
    file = await added(asha, draft, TEXT)
    before = await counted(platform)
    assert (await submit(asha, draft))["problem"]["__typename"] == "Invalid"
    await platform.admin.execute("ALTER TABLE attachment ADD CONSTRAINT broken CHECK (false) NOT VALID")
    complete = await saved(asha, {"identity.gender": whole["identity.gender"]}, draft)
    with pytest.raises(AssertionError):
        await submit(asha, complete)  # it breaks where the files are handed over, after the case was made
    await platform.admin.execute("ALTER TABLE attachment DROP CONSTRAINT broken")
    assert {**await counted(platform), "idempotency": 0} == {**before, "idempotency": 0}, "there is no case"
    assert [one["id"] for one in (await listed(asha, draft["id"])).json()["files"]] == [file["id"]]
    assert (await got(asha, file["id"])).content == TEXT
    assert (await submit(asha, complete))["problem"] is None


async def test_what_is_removed_or_thrown_away_or_runs_out_is_destroyed(platform: Platform) -> None:
    await platform.set_clock(FIRST_DAY)
    asha = await platform.sign_in("wyp-1")
    removed, thrown, old = [await saved(asha, BEGUN) for _ in range(3)]
    for draft in (removed, thrown, old):
        await added(asha, draft, TEXT)
    assert kept(platform) == 3
    (file,) = (await listed(asha, removed["id"])).json()["files"]
    assert (await remove(asha, file["id"])).status_code == 200
    assert (await got(asha, file["id"])).status_code == 404
    await destroyed(platform)
    assert kept(platform) == 2
    assert (await delete(asha, thrown))["problem"] is None
    await destroyed(platform)
    assert kept(platform) == 1

    await platform.set_clock("2026-05-30T00:00+01:00")
    asha = await platform.sign_in("wyp-1")
    assert (await listed(asha, old["id"])).status_code == 404
    await work(platform)
    await destroyed(platform)
    assert kept(platform) == 0
    assert await platform.admin.fetchval("SELECT count(*) FROM unneeded_place") == 0


async def test_the_sweep_leaves_files_of_drafts_alone(platform: Platform) -> None:
    asha = await platform.sign_in("wyp-1")
    file = await added(asha, await saved(asha, BEGUN), TEXT)
    assert await swept(platform.tools, WORKER_SECRET, platform.files, left_alone=-60.0) == (0, 0)
    assert (await got(asha, file["id"])).content == TEXT


async def test_a_file_that_comes_while_the_draft_is_sent_is_not_lost(platform: Platform) -> None:
    asha = await platform.sign_in("wyp-1")
    draft = await saved(asha, BEGUN)

    async def send() -> None:
        async with platform.tools.enter(asha.secret) as sending:
            assert sending is not None
            await sending.rows(ADMIT)
            await added(asha, draft, TEXT)
            await sending.run(text("DELETE FROM referral_draft"))

    with pytest.raises(DBAPIError, match="could not serialize"):  # what sends it is run again whole, with the file
        await send()
    assert len((await listed(asha, draft["id"])).json()["files"]) == 1


@pytest.mark.parametrize("who", ["gmp-2", "wyp-3", "exh-1"])
async def test_for_everybody_else_there_is_no_such_draft_and_no_such_file(platform: Platform, who: str) -> None:
    asha = await platform.sign_in("wyp-1")
    draft = await saved(asha, BEGUN)
    file = await added(asha, draft, TEXT)
    stranger = await platform.sign_in(who)
    before = await counted(platform)
    for ask, hidden, kind in (
        (listed, draft, "Draft"),
        (got, file, "DraftFile"),
        (remove, file, "DraftFile"),
        (lambda person, wanted: add(person, wanted, TEXT), draft, "Draft"),
    ):
        assert told(await ask(stranger, hidden["id"])) == told(await ask(stranger, NEVER[kind])), kind
    assert await counted(platform) == before
    assert (await got(asha, file["id"])).content == TEXT
    assert (await got(Person(platform.browser()), file["id"])).status_code == 401
    for person, expected in ((asha, 1), (stranger, 0)):
        async with platform.tools.enter(person.secret) as reading:
            assert reading is not None
            assert await reading.rows(ROWS) == [], "no line in the ledger, no row"
            await reading.rows(ADMIT)
            assert len(await reading.rows(ROWS)) == expected
            with pytest.raises(DBAPIError, match="only the worker"):
                await reading.rows(text("SELECT next_unneeded()"))


@pytest.mark.parametrize(
    "call",
    [
        "add_draft_file(:draft, 'evidence', 'txt', 1, repeat('a', 64), 'clean')",
        "remove_draft_file(:file)",
        "take_over_draft_files(:draft, :record)",
    ],
)
async def test_the_database_alone_refuses_whoever_does_not_keep_the_draft(platform: Platform, call: str) -> None:
    asha, stranger = await platform.sign_in("wyp-1"), await platform.sign_in("gmp-2")
    draft = await saved(asha, BEGUN)
    case = raw_id((await refer(stranger, adult_referral(organisation="Greater Manchester Police")))["id"])
    about = {"draft": raw_id(draft["id"]), "file": raw_id((await added(asha, draft, TEXT))["id"]), "record": case}
    wanted = {name: said for name, said in about.items() if f":{name}" in call}
    async with platform.tools.enter(stranger.secret) as reading:
        assert reading is not None
        await reading.rows(ADMIT)
        assert isinstance(await gate.ask(reading, Action.RECORD, case, {DataGroup.EVIDENCE}), Admission), "their own"
        with pytest.raises(DBAPIError, match="not allowed"):
            await reading.rows(text(f"SELECT {call}"), **wanted)
    assert (await got(asha, (await listed(asha, draft["id"])).json()["files"][0]["id"])).content == TEXT


async def test_a_notification_takes_no_file_and_a_draft_only_what_its_case_takes(platform: Platform) -> None:
    await platform.set_clock("2026-05-20T10:00+01:00")
    asha = await platform.sign_in("wyp-1")
    form = await answers(asha, kind="DUTY_TO_NOTIFY", consent="REFUSED")
    draft = await saved(asha, form)
    file = await added(asha, draft, TEXT)
    for group in ("strategy-minutes", "child-protection", "nonsense"):
        assert (await add(asha, draft["id"], TEXT, group)).status_code == 404
    (problem,) = [one for one in (await read(asha, draft))["problems"] if one["path"] == "files"]
    assert problem["code"] == "must_be_absent"
    before = await counted(platform)
    assert "files" in [one["path"] for one in (await submit(asha, draft))["problem"]["problems"]]
    assert await counted(platform) == before
    assert (await remove(asha, file["id"])).status_code == 200
    assert "files" not in [one["path"] for one in (await read(asha, draft))["problems"]]


async def test_a_file_in_a_group_that_is_not_the_senders_to_write_keeps_the_draft_from_being_sent(
    platform: Platform,
) -> None:
    asha = await platform.sign_in("wyp-1")
    draft = await saved(asha, await answers(asha))
    await added(asha, draft, TEXT)
    await platform.admin.execute("UPDATE draft_file SET data_group = 'decision_reasons'")
    before = await counted(platform)
    (problem,) = (await submit(asha, draft))["problem"]["problems"]
    assert (problem["path"], problem["code"]) == ("files", "not_yours_to_attach")
    assert "decision reasons" in problem["message"]
    assert await counted(platform) == before


async def test_a_draft_has_a_hundred_files_and_no_more(platform: Platform) -> None:
    asha = await platform.sign_in("wyp-1")
    draft = await saved(asha, BEGUN)
    await added(asha, draft, TEXT)
    await platform.admin.execute(
        """INSERT INTO draft_file (draft_id, data_group, position, kind, size, place, scan, added_by, added_at)
        SELECT draft_id, data_group, n, kind, size, encode(sha256(n::text::bytea), 'hex'), scan, added_by, added_at
        FROM draft_file, generate_series(2, 100) n"""
    )
    refused = await add(asha, draft["id"], TEXT)
    assert (refused.status_code, refused.json()["problem"]["code"]) == (409, "TOO_MANY")


async def test_what_turns_out_to_be_infected_is_not_given_out_and_not_sent(platform: Platform) -> None:
    await platform.set_clock("2026-05-20T10:00+01:00")
    asha = await platform.sign_in("wyp-1")
    draft = await saved(asha, await answers(asha))
    bad = await added(asha, draft, b"EICAR")
    async with listening(path=platform.files / "clamd"):
        scans = LateScans(Vault(platform.files, [SEAL_KEY]), Scanner(path=str(platform.files / "clamd")))
        await run_file_errands(platform.tools, WORKER_SECRET, [scans])
    await platform.deliver()
    assert (await got(asha, bad["id"])).json()["problem"]["code"] == "INFECTED"
    assert "INFECTED_FILE" in [one["kind"] for one in await inbox(asha)]
    assert [one["path"] for one in (await submit(asha, draft))["problem"]["problems"]] == ["files"]
    assert (await remove(asha, bad["id"])).status_code == 200
    assert (await submit(asha, draft))["problem"] is None
