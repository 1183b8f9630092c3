"""A referral that is not valid goes back with what is missing; what comes later is added beside what was sent."""

from typing import Any

import pytest

from tests.world import stories
from tests.world.deciding import clock, done, due, issue, look, propose, referred, step, unchanged
from tests.world.platform import Platform

pytestmark = pytest.mark.anyio

MISSING = ["referrer.consentTakenBy", "referrer.consentOn"]
ADDED = """query ($reference: String) { case(reference: $reference) { version
  account { __typename ... on Account { version howLeft additions { addedOn agency { name } words concerns } } }
  referrer { ... on Referrer { version consentTakenBy } } } }"""
CANARY = "Kanarienvogel sang at noon."


async def account(platform: Platform, subject: str, case: dict[str, Any]) -> dict[str, Any]:
    who = await platform.sign_in(subject)
    found: dict[str, Any] = (await who.ask(ADDED, reference=case["reference"]))["case"]
    return found


async def test_a_returned_referral_waits_for_whoever_referred_and_its_target_begins_anew(platform: Platform) -> None:
    case = await referred(platform)  # Wednesday 20 May 2026
    maker, officer = await platform.sign_in("sca-1"), await platform.sign_in("wyp-1")
    assert due(await look(officer, case), "reasonable_grounds") == "2026-05-28"  # the 25th is a bank holiday

    await platform.set_clock("2026-05-20T10:20+01:00")
    returned = await done(maker, "returnReferral", case, missing=MISSING)

    assert clock(returned, "reasonable_grounds") is None
    waits = clock(returned, "referral_completion")
    assert waits
    assert (waits["form"], waits["waitsFor"], waits["waitsForAgency"]["name"], waits["dueOn"]) == (
        "OPEN",
        "completed_referral",
        "West Yorkshire Police",
        None,
    )
    (taken,) = (await look(maker, case))["decisions"]["steps"]
    assert (taken["kind"], taken["words"]) == ("RETURNED", "An invented reason.")
    await platform.deliver()
    assert "REFERRAL_RETURNED" in await stories.kinds(officer)

    await platform.set_clock("2026-05-22T10:00+01:00")
    completed = await done(await platform.sign_in("wyp-1"), "addToReferral", case, words="PC Invented heard her.")

    assert clock(completed, "referral_completion") is None
    assert due(completed, "reasonable_grounds") == "2026-06-01"  # five working days after Friday the 22nd
    kinds = [one["kind"] for one in completed["decisions"]["steps"]]
    assert kinds == ["RETURNED", "COMPLETED"]
    await platform.deliver()
    assert {"REFERRAL_COMPLETED", "INFORMATION_ADDED"} <= set(await stories.kinds(await platform.sign_in("sca-1")))


async def test_nothing_is_issued_or_suspended_on_a_referral_that_was_returned(platform: Platform) -> None:
    case = await referred(platform)
    maker, second = await platform.sign_in("sca-1"), await platform.sign_in("sca-2")
    await propose(maker, case)
    await done(maker, "returnReferral", case, missing=MISSING)
    before = await unchanged(platform)

    assert (await issue(second, case))["problem"]["code"] == "RETURNED"
    assert (await step(maker, "suspendCase", case, reason="CONTACT_LOST"))["problem"]["code"] == "RETURNED"
    assert (await step(maker, "returnReferral", case, missing=MISSING))["problem"]["code"] == "RETURNED"
    assert await unchanged(platform) == before

    await done(await platform.sign_in("wyp-1"), "addToReferral", case, words="Here it is.")
    assert (await issue(second, case))["problem"] is None


async def test_what_is_added_later_stands_beside_what_was_sent(platform: Platform) -> None:
    case = await referred(platform)
    sent = await account(platform, "sca-1", case)
    assert sent["account"]["additions"] == []

    await platform.set_clock("2026-05-21T10:00+01:00")
    added = await done(
        await platform.sign_in("wyp-1"), "addToReferral", case, words=CANARY, concerns=["account.howLeft"]
    )

    assert due(added, "reasonable_grounds") == "2026-05-28"  # nothing was missing: the target goes on
    read = await account(platform, "sca-1", case)
    assert read["account"].pop("additions") == [
        {
            "addedOn": "2026-05-21",
            "agency": {"name": "West Yorkshire Police"},
            "words": CANARY,
            "concerns": ["account.howLeft"],
        }
    ]
    sent["account"].pop("additions")
    assert read == sent
    (line,) = [one for one in await platform.ledger() if one["act"] == "referral.add" and one["verdict"] != "refused"]
    assert "R159" in line["rules"]
    assert CANARY not in str(await platform.ledger())


async def test_only_the_authority_returns_and_only_whoever_referred_adds(platform: Platform) -> None:
    case = await referred(platform)
    before = await unchanged(platform)

    for subject in ("wyp-1", "wyp-3"):
        who = await platform.sign_in(subject)
        refused = await step(who, "returnReferral", case, missing=MISSING)
        assert refused["problem"]["__typename"] == "Refused", subject
    for subject in ("sca-1", "wyp-3"):
        refused = await step(await platform.sign_in(subject), "addToReferral", case, words=CANARY)
        assert refused["problem"]["__typename"] == "Refused", subject

    assert await unchanged(platform) == before
    assert CANARY not in await platform.everything()


async def test_a_return_names_what_is_missing_by_the_keys_of_the_form(platform: Platform) -> None:
    case = await referred(platform)
    maker = await platform.sign_in("sca-1")
    before = await unchanged(platform)

    async def wrong(**content: Any) -> list[tuple[str, str]]:
        problem = (await step(maker, "returnReferral", case, **content))["problem"]
        return [(one["path"], one["code"]) for one in problem["problems"]]

    assert await wrong(missing=[]) == [("missing", "required")]
    assert await wrong(missing=[MISSING[0], "referrer.shoeSize"]) == [("missing.1", "unknown_key")]
    assert await wrong(missing=MISSING, words=" ") == [("words", "required")]
    assert await unchanged(platform) == before


async def test_nothing_is_returned_once_it_was_decided_and_a_case_ends_as_not_valid_only_returned(
    platform: Platform,
) -> None:
    case = await referred(platform)
    maker = await platform.sign_in("sca-1")

    never = await step(maker, "endCase", case, reason="NOT_VALID")
    assert [one["code"] for one in never["problem"]["problems"]] == ["not_returned"]
    await done(maker, "returnReferral", case, missing=MISSING)
    ended = await done(maker, "endCase", case, reason="NOT_VALID")
    assert ended["clocks"]["all"] == []
    assert (await step(await platform.sign_in("wyp-1"), "addToReferral", case))["problem"]["code"] == "CASE_ENDED"

    other = await referred(platform)
    await propose(maker, other)
    await issue(await platform.sign_in("sca-2"), other)
    before = await unchanged(platform)
    assert (await step(maker, "returnReferral", other, missing=MISSING))["problem"]["code"] == "DECIDED_ALREADY"
    assert await unchanged(platform) == before
