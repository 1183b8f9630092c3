"""Where days and steps of a course meet: the last day of a request, an end after a decision, an older authority."""

import pytest

from tests.journeys.test_as_the_pages_tell import the_authority_was
from tests.journeys.test_deciding_anew import asked, refused_once
from tests.journeys.test_protection import NOTHING, protection, shown
from tests.world.deciding import decide, done, look, referred, step, unchanged
from tests.world.forms import adult_referral
from tests.world.platform import Platform
from tests.world.stories import SUBMIT

pytestmark = pytest.mark.anyio

WRITTEN = {"form": "WRITTEN", "saidOn": "2026-05-25"}


@pytest.mark.parametrize(("moment", "is_late"), [("2026-06-19T23:59+01:00", False), ("2026-06-20T00:00+01:00", True)])
async def test_a_request_on_its_last_day_needs_no_reason_and_a_minute_later_it_does(
    platform: Platform, moment: str, is_late: bool
) -> None:
    case = await refused_once(platform)
    await platform.set_clock(moment)
    payload = await asked(await platform.sign_in("wyp-1"), case)
    assert (payload["problem"] is not None) == is_late
    if is_late:
        assert payload["problem"]["problems"][0]["path"] == "whyLate"


async def test_the_day_of_the_request_counts_and_not_the_day_of_the_evidence_and_a_second_one_may_follow(
    platform: Platform,
) -> None:
    case = await refused_once(platform)
    await platform.set_clock("2026-06-19T12:00+01:00")
    assert (await asked(await platform.sign_in("wyp-1"), case))["problem"] is None
    await platform.set_clock("2026-07-20T12:00+01:00")  # the evidence came, and was weighed
    await done(await platform.sign_in("sca-4"), "answerReconsideration", case, isAccepted=False)
    again = await asked(await platform.sign_in("wyp-1"), case)
    assert again["problem"]["problems"][0]["path"] == "whyLate"
    assert (await asked(await platform.sign_in("wyp-1"), case, whyLate="A witness came."))["problem"] is None


async def test_who_withdraws_after_a_positive_decision_is_out_and_the_record_stays(platform: Platform) -> None:
    case = await referred(platform)
    assert (await shown(platform, case))["problem"] is None
    await decide(platform, case)
    await platform.set_clock("2026-05-26T10:00+01:00")
    told = await protection(await platform.sign_in("epu-1"), case)
    assert told == {"isProtected": True, "since": "2026-05-20", "atLeastUntil": "2026-06-18"}
    ended = await done(await platform.sign_in("sca-1"), "recordWithdrawal", case, statement=WRITTEN)
    assert (ended["stage"], ended["clocks"]["all"]) == ("CLOSED", [])
    await platform.set_clock("2026-05-27T10:00+01:00")
    assert await protection(await platform.sign_in("epu-1"), case) == NOTHING
    kept = await look(await platform.sign_in("wyp-1"), case)
    assert [one["outcome"] for one in kept["decisions"]["entries"]] == ["POSITIVE"]


@pytest.mark.parametrize("reason", ["DIED", "LEFT_THE_UK", "REMOVED_FROM_THE_UK"])
async def test_death_and_departure_end_a_case_and_nothing_is_decided_after_them(
    platform: Platform, reason: str
) -> None:
    case = await referred(platform)
    await decide(platform, case)
    maker = await platform.sign_in("sca-1")
    ended = await done(maker, "endCase", case, reason=reason)
    assert (ended["stage"], ended["clocks"]["all"]) == ("CLOSED", [])
    assert ended["decisions"]["steps"][-1]["endReason"] == reason
    before = await unchanged(platform)
    late = await step(maker, "suspendCase", case, reason="CONTACT_LOST")
    assert late["problem"]["code"] == "CASE_ENDED"
    assert await unchanged(platform) == before


async def test_who_was_referred_before_the_single_authority_is_decided_on_by_the_older_one(platform: Platform) -> None:
    await the_authority_was(platform, "ukhtc", "UK Human Trafficking Centre")
    case = await referred(platform, "2019-04-26T10:00+01:00")
    await platform.set_clock("2019-05-07T10:00+01:00")
    decided = await decide(platform, case)
    assert [one["authority"]["name"] for one in decided["decisions"]["entries"]] == ["UK Human Trafficking Centre"]


async def test_of_more_than_ten_towns_nothing_is_taken(platform: Platform) -> None:
    towns = ["Leeds", "York", "Derby", "Luton", "Bath", "Exeter", "Oxford", "Preston", "Lincoln", "Durham", "Truro"]
    officer = await platform.sign_in("wyp-1")
    before = await unchanged(platform)
    account = adult_referral()["account"] | {"exploitationPlace": "UK", "ukTowns": towns}
    sent = await officer.do(SUBMIT, referral=adult_referral(account=account))
    assert [one["path"] for one in sent["problem"]["problems"]] == ["account.ukTowns"]
    assert await unchanged(platform) == before
