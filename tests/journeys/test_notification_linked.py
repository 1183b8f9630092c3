"""Of whom a notification spoke is said once, by that person's own consent, and read by whoever said it alone."""

from typing import Any

import pytest

from tests.world.form_filler import Filler, published
from tests.world.platform import Person, Platform
from tests.world.stories import PROBLEM, counted, refer

pytestmark = pytest.mark.anyio

NOTIFY = f"""mutation ($input: SubmitReferralInput!) {{ submitReferral(input: $input) {{
  notification {{ id reference }} {PROBLEM} }} }}"""
LINK = f"""mutation ($input: LinkNotificationInput!) {{ linkNotification(input: $input) {{
  link {{ notification case form saidOn heardBy }} {PROBLEM} }} }}"""
RECORD = """query ($reference: String) { dutyToNotifyRecord(reference: $reference) {
  particulars { ... on DutyToNotify { nationality } } identity { __typename }
  referrer { ... on Referrer { version } } } }"""
OF = """query ($notificationId: ID!) { notificationLink(notificationId: $notificationId) {
  link { notification case form saidOn heardBy } notification { reference }
  case { reference identity { __typename } } } }"""
CONSENT = {"form": "VERBAL", "saidOn": "2026-05-20", "heardBy": "Asha Invented"}


async def both(platform: Platform) -> tuple[Person, dict[str, Any], dict[str, Any]]:
    """A notification of somebody who refused, and later a referral of them by the same officer."""
    officer = await platform.sign_in("wyp-1")
    steer = {"kind": "DUTY_TO_NOTIFY", "age": "ADULT", "cooperates": "false"}
    sent = await officer.do(NOTIFY, referral=Filler(await published(officer), steer).filled())
    assert sent["problem"] is None, sent
    return officer, sent["notification"], await refer(officer)


def said(notification: dict[str, Any], case: dict[str, Any], **consent: Any) -> dict[str, Any]:
    return {"notificationId": notification["id"], "caseId": case["id"], "consent": CONSENT | consent}


async def test_by_the_persons_consent_the_two_are_linked_once_and_nothing_else_changes(platform: Platform) -> None:
    officer, notification, case = await both(platform)
    record = (await officer.ask(RECORD, reference=notification["reference"]))["dutyToNotifyRecord"]
    before = await counted(platform)

    payload = await officer.do(LINK, **said(notification, case))

    assert payload["problem"] is None, payload
    assert payload["link"] == {"notification": notification["reference"], "case": case["reference"], **CONSENT}
    after = await counted(platform)
    assert {name: after[name] - before[name] for name in ("record", "referral", "involvement", "outbox")} == {
        "record": 0, "referral": 0, "involvement": 0, "outbox": 0,
    }  # fmt: skip
    assert (await officer.ask(RECORD, reference=notification["reference"]))["dutyToNotifyRecord"] == record
    lines = [one for one in await platform.ledger() if one["act"] == "duty_to_notify.link"]
    assert len(lines) == 2  # one for each record
    assert {rule for one in lines for rule in one["rules"]} >= {"R160", "R161"}

    other = await refer(officer)
    again = await officer.do(LINK, **said(notification, other))
    assert again["problem"]["code"] == "LINKED_ALREADY"
    assert await platform.admin.fetchval("SELECT count(*) FROM notification_link") == 1


async def test_whoever_linked_them_reads_it_and_nobody_else_learns_of_it(platform: Platform) -> None:
    officer, notification, case = await both(platform)
    assert (await officer.ask(OF, notificationId=notification["id"]))["notificationLink"] is None, "not linked yet"
    assert (await officer.do(LINK, **said(notification, case)))["problem"] is None

    found = (await officer.ask(OF, notificationId=notification["id"]))["notificationLink"]

    assert found == {
        "link": {"notification": notification["reference"], "case": case["reference"], **CONSENT},
        "notification": {"reference": notification["reference"]},
        "case": {"reference": case["reference"], "identity": {"__typename": "Identity"}},
    }
    lines = len(await platform.ledger())
    for subject in ("wyp-3", "sca-1", "sca-3", "gmp-1", "exh-1"):
        who = await platform.sign_in(subject)
        assert (await who.ask(OF, notificationId=notification["id"]))["notificationLink"] is None, subject
    assert len(await platform.ledger()) == lines, "whoever has no link looks at nothing"


@pytest.mark.parametrize(
    ("consent", "problem"),
    [
        ({"heardBy": " "}, ("consent.heardBy", "required")),
        ({"heardBy": "x" * 201}, ("consent.heardBy", "too_long")),
        ({"saidOn": "2030-01-01"}, ("consent.saidOn", "to_come")),
    ],
)
async def test_without_the_persons_consent_nothing_is_linked(
    platform: Platform, consent: dict[str, str], problem: tuple[str, str]
) -> None:
    officer, notification, case = await both(platform)
    before = await counted(platform)

    payload = await officer.do(LINK, **said(notification, case, **consent))

    assert [(one["path"], one["code"]) for one in payload["problem"]["problems"]] == [problem]
    assert await counted(platform) == before
    assert not await platform.admin.fetch("SELECT FROM notification_link")


@pytest.mark.parametrize("subject", ["wyp-2", "wyp-3", "sca-1", "sca-3", "gmp-1", "exh-1"])
async def test_nobody_who_may_not_act_on_both_links_them(platform: Platform, subject: str) -> None:
    _, notification, case = await both(platform)
    who = await platform.sign_in(subject)
    before = await counted(platform)

    payload = await who.do(LINK, **said(notification, case))

    assert payload["link"] is None
    assert payload["problem"]["__typename"] in {"Refused", "NotFound"}
    assert {name: count for name, count in (await counted(platform)).items() if "ledger" not in name} == {
        name: count for name, count in before.items() if "ledger" not in name
    }
    assert not await platform.admin.fetch("SELECT FROM notification_link")


async def test_two_cases_or_two_notifications_are_not_linked_so(platform: Platform) -> None:
    officer, notification, case = await both(platform)
    for pair in (said(notification, notification), said(case, case)):
        assert (await officer.do(LINK, **pair))["problem"]["__typename"] == "NotFound"
    assert not await platform.admin.fetch("SELECT FROM notification_link")
