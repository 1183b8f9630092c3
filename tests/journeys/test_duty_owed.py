"""Whether a first responder owed a notification is a dated row that is kept with it; whoever owes none may notify."""

from typing import Any

import pytest

from services.imports.commands import Imported
from services.referrals.choices import Channel
from tests.services.imports import upstream
from tests.world.arrivals import arrive, arrived, wrong
from tests.world.form_filler import Filler, published, questions
from tests.world.platform import Platform
from tests.world.stories import counted

pytestmark = pytest.mark.anyio

SILENT = "duty_to_notify_without_cooperation"
OWED = """query ($reference: String) { dutyToNotifyRecord(reference: $reference) {
  particulars { ... on DutyToNotify { owed offered } } } }"""
NOTIFY = """mutation ($input: SubmitReferralInput!) { submitReferral(input: $input) { notification { reference }
  problem { __typename ... on Invalid { problems { path code } } } } }"""
SENDERS = {
    "West Yorkshire Police": "BY_STATUTE",
    "Leeds City Council": "BY_STATUTE",
    "National Crime Agency NCA": "BY_STATUTE",
    "Home Office - UK Border Force UKBF": "BY_POLICY",
    "The Salvation Army": "NOT_OWED",
    "Police Scotland": "NOT_OWED",  # the Act binds the forces and councils of England and Wales, wherever they write of
    "Glasgow City Council": "NOT_OWED",
}


async def owed(platform: Platform, subject: str, reference: str) -> dict[str, Any]:
    """What that reader is told of the duty."""
    who = await platform.sign_in(subject)
    found: dict[str, Any] = (await who.ask(OWED, reference=reference))["dutyToNotifyRecord"]["particulars"]
    return found


@pytest.mark.parametrize("organisation", SENDERS)
async def test_a_notification_says_whether_its_sender_owed_it(platform: Platform, organisation: str) -> None:
    reference = await arrived(platform, SILENT, **{"Agent.Organisation": organisation})
    assert await owed(platform, "sca-3", reference) == {"owed": SENDERS[organisation], "offered": None}


async def test_one_typed_here_says_so_too(platform: Platform) -> None:
    officer = await platform.sign_in("wyp-1")
    steer = {"kind": "DUTY_TO_NOTIFY", "age": "ADULT", "cooperates": "false"}

    payload = await officer.do(NOTIFY, referral=Filler(await published(officer), steer).filled())

    assert payload["problem"] is None
    found = await owed(platform, "wyp-1", payload["notification"]["reference"])
    assert found == {"owed": "BY_STATUTE", "offered": True}


async def test_nobody_notifies_before_there_was_a_duty(platform: Platform) -> None:
    before = await counted(platform)

    early = await arrive(platform, upstream.message(SILENT), "2015-10-31T23:59+00:00", Channel.EMAIL)

    assert ("Type", "no_duty_yet") in wrong(early)
    assert await counted(platform) == before
    late = await arrive(platform, upstream.message(SILENT), "2015-11-01T00:00+00:00", Channel.EMAIL)
    assert isinstance(late, Imported), late


@pytest.mark.parametrize("day", ["2015-10-31", "2015-11-01", "2019-04-29", "2019-08-29", "2019-09-19"])
async def test_one_may_be_typed_here_from_the_first_day_of_the_duty(platform: Platform, day: str) -> None:
    """By the form MS1 from 1 November 2015, online from 29 August 2019; before, no form offers it."""
    await platform.set_clock(f"{day}T10:00+00:00")
    officer = await platform.sign_in("wyp-1")
    form = await published(officer)
    offered = next(one["options"] for one in questions(form) if one["key"] == "kind")

    payload = await officer.do(NOTIFY, referral=Filler(form, {"kind": "DUTY_TO_NOTIFY", "age": "ADULT"}).filled())

    if day < "2015-11-01":
        assert [one["value"] for one in offered] == ["NRM"]
        assert ("kind", "not_in_list") in {(one["path"], one["code"]) for one in payload["problem"]["problems"]}
        return
    assert payload["problem"] is None
    found = await owed(platform, "wyp-1", payload["notification"]["reference"])
    assert found == {"owed": "BY_STATUTE", "offered": True}
