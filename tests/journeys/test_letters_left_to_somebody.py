"""A letter that does not leave is the task of somebody who can read it: never of an agency without an account."""

from collections.abc import Mapping
from typing import Any

import pytest

from tests.journeys.test_letters import CONTACT, SAFE, letters, marked, work
from tests.journeys.test_letters_as_documents import BY_POST
from tests.world import stories
from tests.world.arrivals import NOW, arrived, participants, sent
from tests.world.deciding import decide, look, mutation, referred, unchanged
from tests.world.mail import mail_server
from tests.world.platform import Platform

pytestmark = pytest.mark.anyio
POST = {"channels": ["POST"]}
NAMELESS = {"sender": "NEUTRAL", "words": "WHOLE"}
MARKED_BEFORE = """UPDATE case_step_detail SET content = jsonb_set(content, '{contact,sender}', '"neutral"')
    WHERE content ? 'contact'"""
OFF = "UPDATE agency SET on_platform = false WHERE code = $1"
BARRED = """INSERT INTO access_bar (record_id, agency_id, reason, given_by, from_at)
    SELECT i.record_id, i.agency_id, 'Knows them.', (SELECT id FROM member LIMIT 1), moment() FROM involvement i
    JOIN agency a ON a.id = i.agency_id WHERE a.code = $1"""


async def left_to(platform: Platform, case: Mapping[str, Any]) -> set[tuple[str, str]]:
    """Who got the tasks about letters that did not leave to the person."""
    told = await sent(platform, case["reference"])
    return {(kind, to) for kind, to, _ in told if kind in ("letter_not_sent", "letter_to_print")}


async def test_a_sender_without_an_account_leaves_it_to_the_authority(platform: Platform) -> None:
    await platform.set_clock(NOW)
    case = {"reference": await arrived(platform, "adult_without_support", **{"Agent.Organisation": "Kalayaan"})}
    assert (await participants(platform, case["reference"]))["referrer"] == "kalayaan"
    await platform.deliver()
    await decide(platform, case)
    async with mail_server() as mail:
        assert await work(platform, mail) == []
    assert [why for *_, why, _ in await letters(platform)] == ["nothing_is_marked_safe"]
    assert await left_to(platform, case) == {("letter_not_sent", "sca/decision_maker")}
    assert "LETTER_NOT_SENT" in await stories.kinds(await platform.sign_in("sca-1"))


@pytest.mark.parametrize("gone", [OFF, BARRED], ids=["no account", "a bar"])
@pytest.mark.parametrize(
    ("contact", "marks", "kind"), [(CONTACT, {"channels": []}, "letter_not_sent"), (BY_POST, POST, "letter_to_print")]
)
async def test_so_does_one_that_has_lost_its_account_or_is_kept_out(
    platform: Platform, contact: dict[str, Any], marks: dict[str, Any], kind: str, gone: str
) -> None:
    case = await referred(platform, contact=contact)
    await marked(platform, case, **marks)
    await decide(platform, case)
    await platform.admin.execute(gone, "west-yorkshire-police")
    async with mail_server() as mail:
        assert await work(platform, mail) == []
    assert await left_to(platform, case) == {(kind, "sca/decision_maker")}
    assert kind.upper() in await stories.kinds(await platform.sign_in("sca-1"))


async def test_a_whole_letter_is_not_marked_safe_under_a_neutral_name(platform: Platform) -> None:
    case = await referred(platform)
    officer = await platform.sign_in("wyp-1")
    about = {"caseId": case["id"], "expectedVersion": (await look(officer, case))["version"], "words": "Asked."}
    before = await unchanged(platform)
    said = {"wants": [], "saidOn": "2026-05-20", "contact": SAFE | NAMELESS}
    payload = await officer.do(mutation("recordWish"), **about, **said)
    (problem,) = payload["problem"]["problems"]
    assert (problem["path"], problem["code"]) == ("contact.words", "names_authority")
    assert await unchanged(platform) == before


async def test_one_that_was_marked_so_before_leaves_in_neutral_words(platform: Platform) -> None:
    case = await referred(platform)
    await marked(platform, case)
    await platform.admin.execute(MARKED_BEFORE)
    await decide(platform, case)
    async with mail_server() as mail:
        (letter,) = await work(platform, mail)
    assert str(letter["From"]).startswith("Letters <")
    for told in ("Single", "Competent", "referral", "slavery", case["reference"]):
        assert told not in str(letter["Subject"])
        assert told not in letter.as_string()
