"""A form is of the edition of the London day on which it is received, and answers to another stay what they were."""

from typing import Any

import pytest

from tests.world.drafts import read, save, saved, submit
from tests.world.form_filler import Filler, published
from tests.world.platform import Person, Platform
from tests.world.stories import SUBMIT, counted

pytestmark = pytest.mark.anyio
LAST, FIRST = "2025-03-31T23:59+01:00", "2025-04-01T00:00+01:00"
OLD, NEW = "2023-02", "2025-04"
ADULT = {"kind": "NRM", "age": "ADULT", "referrer.consentOn": "2025-03-30"}
EDITION = """query ($reference: String) { case(reference: $reference) {
  referrer { ... on Referrer { formVersion } } } }"""


SIGNED = {"referrer.consentForm": "WRITTEN", "referrer.consentOn": "2019-04-20"}


async def filled(who: Person, version: str, steer: dict[str, Any]) -> dict[str, Any]:
    return Filler(await published(who, version=version), ADULT | steer).filled()


async def send(who: Person, version: str, steer: dict[str, Any] | None = None, **how: Any) -> dict[str, Any]:
    return await who.do(SUBMIT, referral=await filled(who, version, steer or {}), **how)


def wrong(payload: dict[str, Any]) -> set[tuple[str, str]]:
    return {(one["path"], one["code"]) for one in payload["problem"]["problems"]}


@pytest.mark.parametrize(("moment", "taken", "refused"), [(LAST, OLD, NEW), (FIRST, NEW, OLD)])
async def test_at_midnight_in_london_one_edition_follows_the_other(
    platform: Platform, moment: str, taken: str, refused: str
) -> None:
    await platform.set_clock(moment)
    officer = await platform.sign_in("wyp-1")
    before = await counted(platform)
    payload = await send(officer, refused, formVersion=refused)
    assert ("formVersion", "edition_of_another_day") in wrong(payload)
    assert await counted(platform) == before

    for how in ({"formVersion": taken}, {}):
        payload = await send(officer, taken, {}, **how)
        assert payload["problem"] is None, payload
        case = (await officer.ask(EDITION, reference=payload["case"]["reference"]))["case"]
        assert case["referrer"] == {"formVersion": taken}


async def test_a_form_that_came_by_post_is_of_the_day_on_which_it_came(platform: Platform) -> None:
    await platform.set_clock("2019-05-03T10:00+01:00")
    officer = await platform.sign_in("wyp-1")
    came = {"channel": "POST", "receivedAt": "2019-04-28T23:59+01:00"}
    before = await counted(platform)
    late = await send(officer, "2019-04", SIGNED, formVersion="2019-04", **came)
    assert ("formVersion", "edition_of_another_day") in wrong(late)
    assert await counted(platform) == before
    payload = await send(officer, "2009-04", SIGNED, **came)
    assert payload["problem"] is None, payload


async def test_a_draft_of_the_day_before_is_not_sent_and_not_rewritten(platform: Platform) -> None:
    await platform.set_clock(LAST)
    officer = await platform.sign_in("wyp-1")
    filler = Filler(await published(officer), ADULT)
    filler.filled()
    draft = await saved(officer, filler.said)
    assert (draft["formVersion"], draft["problems"]) == (OLD, [])

    await platform.set_clock("2025-04-01T09:00+01:00")
    officer = await platform.sign_in("wyp-1")
    kept = await read(officer, draft)
    assert kept is not None
    assert {(one["path"], one["code"]) for one in kept["problems"]} == {("formVersion", "edition_of_another_day")}
    before = await counted(platform)
    assert wrong(await submit(officer, draft)) == {("formVersion", "edition_of_another_day")}
    assert (await counted(platform), await read(officer, draft)) == (before, kept)
    of = {"draftId": draft["id"], "expectedVersion": draft["version"]}
    later = await save(officer, {"identity.firstName": ["Anders"]}, **of)
    assert (later["problem"], later["draft"]["formVersion"]) == (None, OLD)
