"""A front end that knows only what `referralForm` publishes refers an adult, a child, somebody of unknown age, and
notifies of an adult who does not agree."""

from copy import deepcopy
from typing import Any

import pytest

from tests.world.form_filler import READ, Filler, nested, published, questions
from tests.world.platform import Person, Platform
from tests.world.stories import PROBLEM, counted, look, seen

pytestmark = pytest.mark.anyio

SUBMIT = f"""mutation ($input: SubmitReferralInput!) {{ submitReferral(input: $input) {{
  case {{ reference stage }} notification {{ reference }} {PROBLEM} }} }}"""
FORM_OF = """query ($reference: String) { case(reference: $reference) {
  referrer { ... on Referrer { formVersion consent } } account { ... on Account { howLeft whatHappened } } } }"""
ADULT = {"kind": "NRM", "age": "ADULT"}
CHILD = {"kind": "NRM", "age": "CHILD"}
NOT_SURE = {"kind": "NRM", "age": "NOT_SURE"}
NAMED = {"kind": "DUTY_TO_NOTIFY", "age": "ADULT", "cooperates": "true"}
# Which answers are rare beside a town no branch of the form can say: whoever follows it is told at its towns.
UNNAMED = {"kind": "DUTY_TO_NOTIFY", "age": "ADULT", "cooperates": "false", "account.ukTowns": "Unknown"}
# Nor can one say which dates of birth are a child's; every other date that a child's form asks for may be any.
BORN = {"identity.dateOfBirth": "2012-05-17"}
WAYS: dict[str, dict[str, Any]] = {
    "first answers": {},
    "last answers": {"last": True},
    "every question": {"thoroughly": True},
}
EDITIONS = {
    "2009-04": "2012-06-13T10:00+01:00", "2015-11": "2017-06-14T10:00+01:00", "2019-04": "2019-09-02T10:00+01:00",
    "2019-09": "2021-06-02T10:00+01:00", "2023-02": "2024-06-03T10:00+01:00", "2025-04": "2026-05-20T10:00+01:00",
}  # fmt: skip


async def send(who: Person, form: dict[str, Any], filled: dict[str, Any]) -> dict[str, Any]:
    return await who.do(SUBMIT, referral=filled, formVersion=form["edition"]["code"])


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("steer", [ADULT, CHILD, NOT_SURE, NAMED, UNNAMED], ids=lambda one: "-".join(one.values()))
async def test_whoever_follows_the_published_form_sends_it(platform: Platform, steer: dict[str, str], way: str) -> None:
    officer = await platform.sign_in("wyp-1")
    form = await published(officer)

    is_dated = steer["age"] == "CHILD" and way == "every question"
    filled = Filler(form, steer | BORN if is_dated else steer, **WAYS[way]).filled()
    payload = await send(officer, form, filled)

    assert payload["problem"] is None, payload
    made = "notification" if steer["kind"] == "DUTY_TO_NOTIFY" else "case"
    assert payload[made]["reference"].startswith("D-" if made == "notification" else "C-")
    assert (await counted(platform))["referral"] == 1


@pytest.mark.parametrize("version", EDITIONS)
async def test_an_older_edition_is_filled_in_as_it_was_and_stays_what_it_was(platform: Platform, version: str) -> None:
    await platform.set_clock(EDITIONS[version])
    officer = await platform.sign_in("wyp-1")
    form = await published(officer, version=version)
    consent = {"consent": "GIVEN", "referrer.consentOn": EDITIONS[version][:10]}
    consent["referrer.consentForm"] = "WRITTEN" if version < "2019" else "VERBAL"

    payload = await send(officer, form, Filler(form, ADULT | consent, last=True).filled())

    assert payload["problem"] is None, payload
    case = (await officer.ask(FORM_OF, reference=payload["case"]["reference"]))["case"]
    assert case["referrer"] == {"formVersion": version, "consent": "GIVEN"}
    assert (case["account"]["whatHappened"] is None) is (version == "2025-04")


@pytest.mark.parametrize("steer", [ADULT, CHILD, UNNAMED], ids=lambda one: "-".join(one.values()))
async def test_each_answer_left_out_is_named_by_the_key_of_its_question(
    platform: Platform, steer: dict[str, str]
) -> None:
    officer = await platform.sign_in("wyp-1")
    form = await published(officer)
    filler = Filler(form, steer)
    whole = filler.filled()
    before = await counted(platform)
    demanded_by_the_language = {"kind", "nation", "age", "organisation", "consent"}
    keys = [key for key in filler.required() if key not in demanded_by_the_language]
    assert len(keys) > 20

    for key in keys:
        short = deepcopy(whole)
        group, _, name = key.rpartition(".")
        del (short[group] if group else short)[name]
        problems = (await send(officer, form, short))["problem"]["problems"]
        assert {"path": key, "code": "required"} in [{k: one[k] for k in ("path", "code")} for one in problems], key

    assert await counted(platform) == before


async def test_everything_wrong_is_said_at_once(platform: Platform) -> None:
    officer = await platform.sign_in("wyp-1")
    form = await published(officer)
    before = await counted(platform)

    bare = nested({"nation": "ENGLAND", "age": "ADULT", "organisation": "West Yorkshire Police", "consent": "REFUSED"})
    problems = (await send(officer, form, bare))["problem"]["problems"]

    paths = [one["path"] for one in problems]
    assert len(paths) == len(set(paths))
    assert len(paths) > 40
    assert set(paths) <= {one["key"] for one in questions(form)}
    assert all(one["code"] and one["message"] and one["remedy"] for one in problems)
    assert await counted(platform) == before


@pytest.mark.parametrize("nation", ["SCOTLAND", "NORTHERN_IRELAND"])
async def test_where_nobody_owes_a_notification_the_form_does_not_offer_one(platform: Platform, nation: str) -> None:
    officer = await platform.sign_in("wyp-1")
    form = await published(officer, nation)
    before = await counted(platform)

    filler = Filler(form, {"age": "ADULT", "nation": nation}, last=True)
    assert filler.filled()["kind"] == "NRM"
    elsewhere = Filler(await published(officer), UNNAMED).filled() | {"nation": nation}
    problems = (await send(officer, form, elsewhere))["problem"]["problems"]

    assert ("kind", "no_duty_here") in {(one["path"], one["code"]) for one in problems}
    assert await counted(platform) == before


async def test_a_text_about_an_adult_who_stays_unnamed_is_refused_and_not_cut(platform: Platform) -> None:
    officer = await platform.sign_in("wyp-1")
    form = await published(officer)
    before = await counted(platform)

    filled = Filler(form, UNNAMED).filled()
    filled["account"] = filled["account"] | {"treatment": "Beaten by Kanarienvogel."}
    problems = (await send(officer, form, filled))["problem"]["problems"]

    assert [(one["path"], one["code"]) for one in problems] == [("account.treatment", "must_be_absent")]
    assert await counted(platform) == before
    assert "Kanarienvogel" not in await platform.everything()


async def test_a_town_beside_a_rare_answer_is_refused_by_name_for_an_adult_who_stays_unnamed(
    platform: Platform,
) -> None:
    officer = await platform.sign_in("wyp-1")
    form = await published(officer)
    filled = Filler(form, UNNAMED).filled()
    filled["dutyToNotify"] = filled["dutyToNotify"] | {"gender": "FEMALE", "nationality": "Brazilian"}
    filled["account"] = filled["account"] | {"exploitationPlace": "UK", "ukTowns": ["Leeds"]}
    filled["account"] = {key: said for key, said in filled["account"].items() if key != "countries"}
    before = await counted(platform)

    problems = (await send(officer, form, filled))["problem"]["problems"]

    assert [(one["path"], one["code"]) for one in problems] == [("account.ukTowns", "rare_combination")]
    assert await counted(platform) == before
    filled["account"] = filled["account"] | {"ukTowns": ["Unknown"]}  # as the remedy says
    assert (await send(officer, form, filled))["problem"] is None


async def test_an_edition_that_never_was_is_named(platform: Platform) -> None:
    officer = await platform.sign_in("wyp-1")
    payload = (await officer.ask(READ, nation="WALES", version="1066"))["referralForm"]
    assert payload["form"] is None
    assert [one["path"] for one in payload["problem"]["problems"]] == ["version"]

    form = await published(officer)
    sent = await officer.do(SUBMIT, referral=Filler(form, ADULT).filled(), formVersion="1066")
    assert [one["path"] for one in sent["problem"]["problems"]] == ["formVersion"]


async def test_a_school_may_not_notify(platform: Platform) -> None:
    school = await platform.sign_in("eps-1")
    form = await published(await platform.sign_in("wyp-1"))
    before = await counted(platform)

    payload = await send(school, form, Filler(form, UNNAMED).filled() | {"organisation": "Example Primary School"})

    assert payload["problem"]["__typename"] in {"Refused", "Invalid"}
    assert await counted(platform) == before


async def test_another_agency_finds_no_notification_of_ours(platform: Platform) -> None:
    officer, stranger = await platform.sign_in("wyp-1"), await platform.sign_in("gmp-1")
    form = await published(officer)
    payload = await send(officer, form, Filler(form, ADULT).filled())

    assert await look(stranger, payload["case"]) is None
    assert (await seen(officer, payload["case"]))["referrer"]["consent"] == "GIVEN"
