"""Somebody who was referred as a child turns 18: who asks is warned before, the answer counts from its day, and nothing
of before changes."""

from datetime import date
from typing import Any

import pytest

from services.referrals.coming_of_age import birthday
from tests.world import answers, stories
from tests.world.deciding import clock, decide, done, look, step, unchanged
from tests.world.forms import told_on
from tests.world.platform import Platform

pytestmark = pytest.mark.anyio

RECEIVED = "2026-03-30T10:00+01:00"
BORN = "2008-07-09"  # 18 on 9 July 2026; ninety days before is 10 April
BIRTHDAY = "2026-07-09"
IDENTITY = """query ($reference: String) { case(reference: $reference) { identity { ... on Identity { age } } } }"""
SAID: dict[str, Any] = {
    "form": "VERBAL",
    "saidOn": BIRTHDAY,
    "heardBy": "Ines Invented",
    "heardByAgency": "Leeds City Council",
}


async def child(platform: Platform, born: str | None = BORN, **changes: Any) -> dict[str, Any]:
    """A girl of seventeen, referred by the council that safeguards her."""
    await platform.set_clock(RECEIVED)
    form = told_on("2026-03-30", **changes)
    known = {"dateOfBirthKnown": born is not None, "dateOfBirth": born}
    return await stories.refer(await platform.sign_in("lcc-1"), form | {"identity": form["identity"] | known})


def answer(**changes: Any) -> dict[str, Any]:
    return {"isGiven": True, "wantsSupport": True, "statement": SAID} | changes


@pytest.mark.parametrize(
    ("born", "turns"),
    [(BORN, BIRTHDAY), ("2008-07", "2026-07-31"), ("2012-02-29", "2030-03-01"), (None, None), ("2008", "2026-12-31")],
)
async def test_a_clock_waits_for_the_day_on_which_she_is_18_for_certain(
    platform: Platform, born: str | None, turns: str | None
) -> None:
    case = await child(platform, born)
    waits = clock(await look(await platform.sign_in("lcc-1"), case), "consent_at_18")
    assert (waits and waits["dueOn"]) == turns


async def test_where_age_is_in_doubt_no_birthday_is_waited_for(platform: Platform) -> None:
    case = await child(platform, age="NOT_SURE")
    assert clock(await look(await platform.sign_in("lcc-1"), case), "consent_at_18") is None
    await platform.set_clock("2026-07-10T10:00+01:00")
    before = await unchanged(platform)
    tried = await step(await platform.sign_in("lcc-1"), "recordConsentAt18", case, **answer())
    assert tried["problem"]["code"] == "AGE_NOT_KNOWN"
    assert await unchanged(platform) == before


async def test_whoever_is_found_to_be_a_child_is_waited_for_from_then_on(platform: Platform) -> None:
    case = await child(platform, age="NOT_SURE")
    council = await platform.sign_in("lcc-1")
    await done(council, "startAgeAssessment", case)
    await done(council, "settleAge", case, age="CHILD")
    waits = clock(await look(council, case), "consent_at_18")
    assert waits
    assert waits["dueOn"] == BIRTHDAY


@pytest.mark.parametrize("born", [BORN, "2008-07", "2008", "2012-02-29", "2012-02", "2010-02-28"])
async def test_the_database_counts_the_birthday_like_the_service(platform: Platform, born: str) -> None:
    assert await platform.admin.fetchval("SELECT surely_18_on($1)", born) == birthday(born)


async def test_who_asks_and_who_waits_are_warned_once_before_the_birthday(platform: Platform) -> None:
    await child(platform)
    for when, told in (("2026-04-09T10:00+01:00", 0), ("2026-04-10T10:00+01:00", 1), ("2026-04-11T10:00+01:00", 1)):
        await platform.set_clock(when)
        await answers.work(platform)
        await platform.deliver()
        for subject in ("lcc-1", "sca-1"):
            kinds = await stories.kinds(await platform.sign_in(subject))
            assert kinds.count("TURNS_18_SOON") == told, (when, subject)
        assert "TURNS_18_SOON" not in await stories.kinds(await platform.sign_in("wyp-3"))


async def test_nobody_is_asked_before_the_birthday(platform: Platform) -> None:
    case = await child(platform)
    await platform.set_clock("2026-07-09T10:00+01:00")
    worker = await platform.sign_in("lcc-1")
    before = await unchanged(platform)
    for changes, path in (
        ({"statement": SAID | {"saidOn": "2026-07-08"}}, "statement.saidOn"),
        ({"statement": SAID | {"saidOn": "2026-07-10"}}, "statement.saidOn"),
        ({"statement": {"form": "VERBAL", "saidOn": BIRTHDAY}}, "statement.heardBy"),
        ({"wantsSupport": None}, "wantsSupport"),
        ({"isGiven": False, "wantsSupport": False}, "wantsSupport"),
    ):
        tried = await step(worker, "recordConsentAt18", case, **answer(**changes))
        assert tried["problem"]["problems"][0]["path"] == path, changes
    assert await unchanged(platform) == before


async def test_who_stays_is_an_adult_from_the_answer_on_and_not_before(platform: Platform) -> None:
    case = await child(platform)
    decided = {"childsViews": "Wants to be safe.", "bestInterests": "Weighed."}
    await decide(platform, case, **decided)
    first = (await look(await platform.sign_in("sca-1"), case))["decisions"]["entries"]
    await platform.set_clock("2026-07-09T10:00+01:00")
    worker = await platform.sign_in("lcc-1")
    assert (await worker.ask(IDENTITY, reference=case["reference"]))["case"]["identity"]["age"] == "CHILD"

    payload = await step(worker, "recordConsentAt18", case, **answer())

    assert payload["problem"] is None, payload
    maker = await platform.sign_in("sca-1")
    seen = await look(maker, case)
    taken = seen["decisions"]["steps"][-1]
    assert (taken["kind"], taken["statement"]["saidOn"]) == ("CONSENT_AT_18_GIVEN", BIRTHDAY)
    assert seen["decisions"]["entries"] == first
    assert clock(seen, "consent_at_18") is None
    assert (await maker.ask(IDENTITY, reference=case["reference"]))["case"]["identity"]["age"] == "ADULT"
    day = "SELECT 'child' = ANY (case_classes((SELECT id FROM record WHERE reference = $1), $2::date))"
    days = {when: await platform.admin.fetchval(day, case["reference"], when) for when in DAYS}
    assert list(days.values()) == [True, False]
    await platform.deliver()
    assert "CONSENT_AT_18_RECORDED" in await stories.kinds(maker)
    again = await step(maker, "recordConsentAt18", case, **answer())
    assert again["problem"]["code"] == "CONSENTED"
    (line,) = [one for one in await platform.ledger() if one["act"] == "consent.record" and one["verdict"] != "refused"]
    assert "R207" in line["rules"] or "R208" in line["rules"]


async def test_who_refuses_is_let_go_by_the_authority_for_that_reason(platform: Platform) -> None:
    case = await child(platform)
    await platform.set_clock("2026-07-09T10:00+01:00")
    maker = await platform.sign_in("sca-1")
    before = await unchanged(platform)
    early = await step(maker, "endCase", case, reason="NO_CONSENT_AT_18")
    assert early["problem"]["problems"][0]["code"] == "not_asked"
    assert await unchanged(platform) == before
    no = {"isGiven": False, "wantsSupport": None}
    assert (await step(await platform.sign_in("lcc-1"), "recordConsentAt18", case, **answer(**no)))["problem"] is None
    ended = await done(maker, "endCase", case, reason="NO_CONSENT_AT_18")
    assert (ended["stage"], ended["clocks"]["all"]) == ("CLOSED", [])
    assert [one["kind"] for one in ended["decisions"]["steps"]] == ["CONSENT_AT_18_REFUSED", "ENDED"]


async def test_without_an_answer_the_referral_stands_still_from_the_birthday(platform: Platform) -> None:
    case = await child(platform)
    await platform.set_clock("2026-07-08T10:00+01:00")
    early = await step(await platform.sign_in("sca-1"), "suspendCase", case, reason="CONSENT_AT_18")
    assert early["problem"]["problems"][0]["code"] == "still_a_child"
    await platform.set_clock("2026-07-09T10:00+01:00")
    maker = await platform.sign_in("sca-1")
    await done(maker, "suspendCase", case, reason="CONSENT_AT_18")
    await goes_on_by_the_answer(platform, case)


async def goes_on_by_the_answer(platform: Platform, case: dict[str, Any]) -> None:
    """Nothing but an answer on record takes the referral up again; nobody is let go who agreed."""
    before = await unchanged(platform)
    maker = await platform.sign_in("sca-1")
    assert (await step(maker, "resumeCase", case))["problem"]["code"] == "WAITS_FOR_CONSENT"
    assert await unchanged(platform) == before
    await platform.set_clock("2026-07-20T10:00+01:00")
    worker, maker = await platform.sign_in("lcc-1"), await platform.sign_in("sca-1")
    assert (await step(worker, "recordConsentAt18", case, **answer()))["problem"] is None
    before = await unchanged(platform)
    hasty = await step(maker, "endCase", case, reason="NO_CONSENT_AT_18")
    assert hasty["problem"]["problems"][0]["code"] == "not_asked"
    assert await unchanged(platform) == before
    again = await done(maker, "resumeCase", case)
    assert again["decisions"]["steps"][-1]["kind"] == "RESUMED"
    twice = await step(maker, "suspendCase", case, reason="CONSENT_AT_18")
    assert twice["problem"]["problems"][0]["code"] == "nobody_to_ask"


async def test_whoever_is_found_to_be_an_adult_goes_on_by_their_own_word(platform: Platform) -> None:
    case = await child(platform, age="NOT_SURE")
    await platform.set_clock("2026-07-09T10:00+01:00")
    council = await platform.sign_in("lcc-1")
    await done(council, "startAgeAssessment", case)
    await done(council, "settleAge", case, age="ADULT")
    await done(await platform.sign_in("sca-1"), "suspendCase", case, reason="CONSENT_AT_18")
    await goes_on_by_the_answer(platform, case)


async def test_who_refused_while_the_referral_stood_still_is_not_taken_up_again(platform: Platform) -> None:
    case = await child(platform)
    await platform.set_clock("2026-07-09T10:00+01:00")
    maker = await platform.sign_in("sca-1")
    await done(maker, "suspendCase", case, reason="CONSENT_AT_18")
    no = {"isGiven": False, "wantsSupport": None}
    assert (await step(await platform.sign_in("lcc-1"), "recordConsentAt18", case, **answer(**no)))["problem"] is None
    assert (await step(maker, "resumeCase", case))["problem"]["code"] == "WAITS_FOR_CONSENT"
    assert (await done(maker, "endCase", case, reason="NO_CONSENT_AT_18"))["stage"] == "CLOSED"


@pytest.mark.parametrize("subject", ["wyp-3", "tsa-1", "gmp-1", "exh-1"])
async def test_nobody_else_records_an_answer(platform: Platform, subject: str) -> None:
    case = await child(platform)
    await platform.set_clock("2026-07-09T10:00+01:00")
    seen = await look(await platform.sign_in("sca-1"), case)
    who = await platform.sign_in(subject)
    before = await unchanged(platform)
    about = {"caseId": seen["id"], "expectedVersion": seen["version"], "words": "An invented reason."}
    tried = await who.do(RECORD, **about, **answer())
    assert tried["problem"]["__typename"] in {"Refused", "NotFound"}
    after = await unchanged(platform)
    assert {name: rows for name, rows in after.items() if "ledger" not in name and "access" not in name} == {
        name: rows for name, rows in before.items() if "ledger" not in name and "access" not in name
    }


async def test_an_adult_who_was_referred_as_one_is_not_asked_again(platform: Platform) -> None:
    await platform.set_clock("2026-07-09T10:00+01:00")
    case = await stories.refer(await platform.sign_in("wyp-1"))
    tried = await step(await platform.sign_in("wyp-1"), "recordConsentAt18", case, **answer())
    assert tried["problem"]["code"] == "REFERRED_AS_ADULT"


DAYS = (date(2026, 7, 8), date(2026, 7, 9))
RECORD = f"mutation ($input: RecordConsentAt18Input!) {{ recordConsentAt18(input: $input) {{ {stories.PROBLEM} }} }}"
