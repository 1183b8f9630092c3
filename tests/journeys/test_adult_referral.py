"""An adult is referred by the police, late on a Friday before a bank holiday."""

from typing import Any

import pytest

from tests.world.forms import adult_referral, by_post
from tests.world.platform import Platform
from tests.world.stories import SUBMIT, counted, inbox, kinds, look, refer, seen, supported_adult, worklist

pytestmark = pytest.mark.anyio

FRIDAY_NIGHT = "2026-05-22T23:59+01:00"
CLOCKS = """query ($reference: String) { case(reference: $reference) { clocks { ... on Clocks { next {
  kind form dueOn daysLeft waitsFor waitsForAgency { name } proof { row startsOn counted skipped { day reason } }
} } } } }"""


async def test_a_police_officer_refers_and_the_decision_maker_sees_when_it_is_due(platform: Platform) -> None:
    await platform.set_clock(FRIDAY_NIGHT)
    officer, decider = await platform.sign_in("wyp-1"), await platform.sign_in("sca-1")

    case = await refer(officer)

    assert case["stage"] == "AWAITING_REASONABLE_GROUNDS"
    assert case["lead"]["name"] == "West Yorkshire Police"
    (waiting,) = await worklist(decider)
    assert waiting["reference"] == case["reference"]
    assert waiting["clocks"]["next"] == {"kind": "reasonable_grounds", "dueOn": "2026-06-01", "daysLeft": 10}
    clock = (await decider.ask(CLOCKS, reference=case["reference"]))["case"]["clocks"]["next"]
    assert clock["form"] == "TARGET"
    assert clock["waitsForAgency"]["name"] == "Single Competent Authority"
    proof = clock["proof"]
    assert proof["startsOn"] == "2026-05-22"
    assert proof["counted"] == ["2026-05-26", "2026-05-27", "2026-05-28", "2026-05-29", "2026-06-01"]
    assert [(skip["day"], skip["reason"]) for skip in proof["skipped"]] == [
        ("2026-05-23", "Saturday"),
        ("2026-05-24", "Sunday"),
        ("2026-05-25", "Spring bank holiday"),
        ("2026-05-30", "Saturday"),
        ("2026-05-31", "Sunday"),
    ]
    await platform.deliver()
    assert await kinds(decider) == ["REFERRAL_RECEIVED"]


async def test_an_adult_who_wants_support_is_led_by_the_support_prime_which_is_told(platform: Platform) -> None:
    support = await platform.sign_in("tsa-1")

    case = await refer(await platform.sign_in("wyp-1"), supported_adult())
    await platform.deliver()

    assert case["lead"]["name"] == "The Salvation Army"
    (notice,) = await inbox(support)
    assert notice["kind"] == "SUPPORT_WANTED"
    assert notice["record"]["reference"] == case["reference"]
    view = await seen(support, case)
    assert view["identity"]["firstName"] == "Testo"
    assert view["account"]["__typename"] == "AccountSummary"
    assert view["credibility"] is None or view["credibility"]["__typename"] == "Withheld"


async def test_without_the_wish_no_support_provider_is_involved(platform: Platform) -> None:
    case = await refer(await platform.sign_in("wyp-1"))
    await platform.deliver()

    support = await platform.sign_in("tsa-1")

    assert await look(support, case) is None
    assert await inbox(support) == []


async def test_a_form_with_mistakes_names_every_field_and_leaves_nothing(platform: Platform) -> None:
    await platform.set_clock(FRIDAY_NIGHT)
    officer = await platform.sign_in("wyp-1")
    before = await counted(platform)
    form = adult_referral(currentTown="Atlantis", consent="REFUSED", referrer={"firstName": "Asha"})
    form["contact"] = form["contact"] | {"email": "no address", "safeToEmail": False}
    form["identity"] = form["identity"] | {"dateOfBirth": "2015-01-01"}

    payload = await officer.do(SUBMIT, referral=form)

    assert payload["case"] is None
    problems = payload["problem"]["problems"]
    assert {"currentTown", "consent", "contact.email", "contact.safeToEmail", "identity.dateOfBirth"} <= {
        problem["path"] for problem in problems
    }
    assert {"referrer.lastName", "referrer.email"} <= {problem["path"] for problem in problems}
    assert all(problem["message"] and problem["remedy"] and problem["code"] for problem in problems)
    assert not any("Atlantis" in problem["message"] + problem["remedy"] for problem in problems)
    assert await counted(platform) == before


async def test_a_form_that_came_by_e_mail_counts_from_the_day_it_came(platform: Platform) -> None:
    await platform.set_clock("2019-05-30T10:00+01:00")
    officer = await platform.sign_in("wyp-1")

    case = await refer(officer, **by_post("2019-05-24T23:59+01:00") | {"channel": "EMAIL"})

    view = await seen(officer, case)
    assert view["referrer"]["channel"] == "EMAIL"
    assert view["referrer"]["receivedAt"] == "2019-05-24T22:59:00+00:00"
    assert view["clocks"]["all"][0]["dueOn"] == "2019-06-03"  # the 27th was the Spring bank holiday


async def test_how_a_form_came_and_what_it_lacks_are_named_together(platform: Platform) -> None:
    officer = await platform.sign_in("wyp-1")
    form = adult_referral()
    del form["account"]
    payload = await officer.do(SUBMIT, referral=form, channel="POST")
    paths = {problem["path"] for problem in payload["problem"]["problems"]}
    assert {"receivedAt", "account.dates"} <= paths


@pytest.mark.parametrize(
    ("content", "path", "code"),
    [
        ({"channel": "POST", "receivedAt": "2026-05-22T23:59:01+01:00"}, "receivedAt", "in_the_future"),
        ({"channel": "POST"}, "receivedAt", "required"),
        ({"channel": "POST", "receivedAt": "2026-05-01T09:00+01:00"}, "channel", "online_only"),
        ({"channel": "FAX", "receivedAt": "2019-08-29T00:00+01:00"}, "channel", "online_only"),
        ({"receivedAt": "2026-05-21T12:00:00Z"}, "receivedAt", "not_for_online"),
        ({"channel": "POST", "receivedAt": "0001-01-01T00:00:00Z"}, "receivedAt", "too_early"),
        ({"channel": "POST", "receivedAt": "2026-05-21T12:00:00"}, "receivedAt", "time_zone"),
        ({"referral": adult_referral(organisation="Greater Manchester Police")}, "organisation", "not_your_agency"),
        ({"referral": adult_referral(organisation="The Salvation Army")}, "organisation", "not_your_agency"),
        ({"idempotencyKey": "short"}, "idempotencyKey", "length"),
    ],
)
async def test_what_cannot_have_happened_so_is_refused(
    platform: Platform, content: dict[str, Any], path: str, code: str
) -> None:
    await platform.set_clock(FRIDAY_NIGHT)
    officer = await platform.sign_in("wyp-1")
    before = await counted(platform)

    payload = await officer.do(SUBMIT, **({"referral": adult_referral()} | content))

    assert (path, code) in {(problem["path"], problem["code"]) for problem in payload["problem"]["problems"]}, payload
    assert await counted(platform) == before
