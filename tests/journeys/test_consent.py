"""Nobody is referred without the permission that counted on the day of receipt; a child is told and never asked."""

from typing import Any

import pytest

from services.imports.mapping import KEYS
from services.referrals.choices import Channel
from services.referrals.form.loading import PLACES
from services.referrals.paths import CORE
from tests.services.imports import upstream
from tests.world.arrivals import THEN, arrive, arrived, wrong
from tests.world.form_filler import Filler, published
from tests.world.forms import AGREED, EXPLAINED, adult_referral, child_referral, of_then, signed
from tests.world.platform import Person, Platform
from tests.world.stories import SUBMIT, counted

pytestmark = pytest.mark.anyio

CONSENT = """query ($reference: String) { case(reference: $reference) { referrer { ... on Referrer { consent consentForm
  consentOn consentTakenBy consentInterpreterUsed consentInterpreter bestInterestsReason
  explained explainedOn explainedHow notExplainedReason } } } }"""
OFFERED = """query ($reference: String) { dutyToNotifyRecord(reference: $reference) {
  particulars { ... on DutyToNotify { offered } } referrer { ... on Referrer { consent } } } }"""
LAST_SIGNED, FIRST_SPOKEN = "2019-08-28T23:59+01:00", "2019-08-29T00:00+01:00"
UNCARRIED = {
    "child_protection.receiving_input",
    "child_protection.strategy_meeting_all_agreed",
    "child_protection.strategy_meeting_date",
    "child_protection.strategy_meeting_professions",
    "child_protection.strategy_meeting_type",
    "contact.decision_methods",
    "duty_to_notify.offered",
    "evidence.documents",
    "immigration.circumstances",
    "referrer.best_interests_reason",
    "referrer.consent_form",
    "referrer.consent_interpreter",
    "referrer.consent_interpreter_used",
    "referrer.consent_on",
    "referrer.consent_taken_by",
    "referrer.explained",
    "referrer.explained_how",
    "referrer.explained_on",
    "referrer.not_explained_reason",
}
NOTIFY = """mutation ($input: SubmitReferralInput!) { submitReferral(input: $input) { notification { reference }
  problem { __typename ... on Invalid { problems { path code } } } } }"""


def saying(form: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """The form with other answers about asking; None takes one out."""
    said = form["referrer"] | changes
    return form | {"referrer": {key: value for key, value in said.items() if value is not None}}


async def refused(platform: Platform, who: Person, form: dict[str, Any], **content: Any) -> list[tuple[str, str]]:
    """What is wrong with the form; nothing happened."""
    before = await counted(platform)
    payload = await who.do(SUBMIT, referral=form, **content)
    assert payload["case"] is None
    assert await counted(platform) == before
    assert all(one["message"] and one["remedy"] for one in payload["problem"]["problems"])
    return [(one["path"], one["code"]) for one in payload["problem"]["problems"]]


async def recorded(who: Person, form: dict[str, Any], **content: Any) -> dict[str, Any]:
    """What the case says of permission, without what it does not say."""
    payload = await who.do(SUBMIT, referral=form, **content)
    assert payload["problem"] is None, payload
    read = (await who.ask(CONSENT, reference=payload["case"]["reference"]))["case"]["referrer"]
    return {key: value for key, value in read.items() if value is not None}


@pytest.mark.parametrize("part", AGREED)
async def test_each_part_that_is_missing_of_an_adults_permission_is_named(platform: Platform, part: str) -> None:
    officer = await platform.sign_in("wyp-1")
    found = await refused(platform, officer, saying(adult_referral(), **{part: None}))
    assert found == [(f"referrer.{part}", "required")]


async def test_an_interpreter_who_was_used_is_named_or_their_language(platform: Platform) -> None:
    officer = await platform.sign_in("wyp-1")
    form = saying(adult_referral(), consentInterpreterUsed=True)
    assert await refused(platform, officer, form) == [("referrer.consentInterpreter", "required")]
    read = await recorded(officer, saying(form, consentInterpreter="Vietnamese"))
    assert read == {"consent": "GIVEN"} | AGREED | {"consentInterpreterUsed": True, "consentInterpreter": "Vietnamese"}


@pytest.mark.parametrize("day", ["2030-01-01", "2009-03-31", "2026-02-30", "last spring", "2026-03"])
async def test_the_day_of_the_permission_is_one_whole_day_that_has_been(platform: Platform, day: str) -> None:
    officer = await platform.sign_in("wyp-1")
    ((path, _), *others) = await refused(platform, officer, saying(adult_referral(), consentOn=day))
    assert (path, {one for one, _ in others} - {path}) == ("referrer.consentOn", set())


async def test_up_to_28_august_2019_an_adult_signs_and_afterwards_agrees_verbally(platform: Platform) -> None:
    await platform.set_clock(FIRST_SPOKEN)
    officer = await platform.sign_in("wyp-1")
    by_signing = of_then(signed("2019-08-20"))
    by_word = of_then(saying(adult_referral(), consentOn="2019-08-20"))
    before: dict[str, Any] = {"formVersion": "2019-04", "channel": "EMAIL", "receivedAt": LAST_SIGNED}
    after: dict[str, Any] = {"formVersion": "2019-04"}
    late = before | {"receivedAt": FIRST_SPOKEN}

    assert await refused(platform, officer, by_word, **before) == [("referrer.consentForm", "signature_needed")]
    assert await refused(platform, officer, by_word, **late) == [("channel", "online_only")]
    assert await refused(platform, officer, by_signing, **after) == [("referrer.consentForm", "verbal_consent_needed")]

    assert (await recorded(officer, by_signing, **before))["consentForm"] == "WRITTEN"
    assert (await recorded(officer, by_word, **after))["consentForm"] == "VERBAL"


async def test_a_message_is_no_signature(platform: Platform) -> None:
    before = await counted(platform)
    for received in ("2015-12-01T10:00+00:00", LAST_SIGNED):
        outcome = await arrive(platform, upstream.message("adult_without_support"), received, Channel.EMAIL)
        assert wrong(outcome) == {("Type", "signature_needed")}
    assert await counted(platform) == before
    await arrived(platform, "adult_without_support", FIRST_SPOKEN)
    await arrived(platform, "child", LAST_SIGNED)  # nobody asks a child


async def test_the_form_in_use_no_longer_offers_a_signature(platform: Platform) -> None:
    officer = await platform.sign_in("wyp-1")
    found = await refused(platform, officer, signed("2026-03-30"))
    assert ("referrer.consentForm", "not_in_list") in found


async def test_for_an_adult_who_cannot_decide_the_reason_is_named(platform: Platform) -> None:
    officer = await platform.sign_in("wyp-1")
    form = saying(adult_referral(consent="BEST_INTERESTS"), consentForm=None, consentInterpreterUsed=None)

    assert await refused(platform, officer, form) == [("referrer.bestInterestsReason", "required")]
    said = {"bestInterestsReason": "A brain injury; her advocate was heard."}
    read = await recorded(officer, saying(form, **said))

    asked = {key: AGREED[key] for key in ("consentOn", "consentTakenBy")}
    assert read == {"consent": "BEST_INTERESTS"} | asked | said


async def test_an_adult_who_refused_is_not_referred(platform: Platform) -> None:
    officer = await platform.sign_in("wyp-1")
    form = saying(adult_referral(consent="REFUSED"), **dict.fromkeys(AGREED))
    assert await refused(platform, officer, form) == [("consent", "consent_needed")]


async def test_a_child_is_told_and_not_asked(platform: Platform) -> None:
    council = await platform.sign_in("lcc-1")

    asked = await refused(platform, council, saying(child_referral(), **AGREED))
    assert {path for path, code in asked if code == "must_be_absent"} == {f"referrer.{part}" for part in AGREED}
    for part in EXPLAINED:
        silent = saying(child_referral(), **{part: None})
        assert await refused(platform, council, silent) == [(f"referrer.{part}", "required")]

    assert await recorded(council, child_referral()) == {"consent": "NOT_ASKED"} | EXPLAINED


async def test_an_adult_is_not_referred_unasked_by_being_called_a_child(platform: Platform) -> None:
    born = {"dateOfBirthKnown": True, "dateOfBirth": "1980-01-01"}
    form = child_referral()
    form["identity"] = form["identity"] | born
    contradicts = [("identity.dateOfBirth", "contradiction")]
    assert await refused(platform, await platform.sign_in("lcc-1"), form) == contradicts
    before = await counted(platform)
    outcome = await arrive(platform, upstream.message("child") | {"Customer.DOB": "1980-01-01"}, THEN)
    assert wrong(outcome) == {("Customer.DOB", "contradiction")}
    assert await counted(platform) == before


async def test_a_child_who_could_not_be_told_yet_is_referred_all_the_same(platform: Platform) -> None:
    council = await platform.sign_in("lcc-1")
    untold = saying(child_referral(), **dict.fromkeys(EXPLAINED))
    untold["referrer"]["explained"] = False

    assert await refused(platform, council, untold) == [("referrer.notExplainedReason", "required")]
    read = await recorded(council, saying(untold, notExplainedReason="She is missing since Sunday."))

    assert read["notExplainedReason"] == "She is missing since Sunday."


async def test_that_a_referral_was_offered_stands_in_the_notification(platform: Platform) -> None:
    officer = await platform.sign_in("wyp-1")
    steer = {"kind": "DUTY_TO_NOTIFY", "age": "ADULT", "cooperates": "false"}
    form = Filler(await published(officer), steer).filled()
    silent = form | {"dutyToNotify": {k: v for k, v in form["dutyToNotify"].items() if k != "offered"}}
    asked = saying(form, **AGREED)

    assert await refused(platform, officer, silent) == [("dutyToNotify.offered", "required")]
    found = await refused(platform, officer, asked)
    assert {f"referrer.{part}" for part in AGREED} <= {path for path, _ in found}

    payload = await officer.do(NOTIFY, referral=form)
    record = (await officer.ask(OFFERED, reference=payload["notification"]["reference"]))["dutyToNotifyRecord"]
    assert record == {"particulars": {"offered": True}, "referrer": {"consent": "REFUSED"}}


async def test_the_public_forms_message_says_yes_and_not_how(platform: Platform) -> None:
    reference = await arrived(platform, "adult_without_support")
    read = (await (await platform.sign_in("wyp-2")).ask(CONSENT, reference=reference))["case"]["referrer"]
    assert {key: value for key, value in read.items() if value is not None} == {"consent": "GIVEN"}


def test_just_these_questions_have_no_key_in_the_public_forms_message() -> None:
    """An import does not fail for want of them; an answer that a new key can carry leaves this list."""
    answers = {f"{place.group}.{place.field}" for place in PLACES.values() if place.group != CORE}
    keys = {
        f"{place.group}.{place.field}"
        for known in KEYS.values()
        for place in (known.place, known.in_duty_to_notify)
        if place
    }
    assert answers - keys == UNCARRIED
