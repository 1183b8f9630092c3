"""Sharing between agencies, and between two functions of one: nothing before, its scope with it, nothing after."""

from typing import Any

import pytest

from tests.world.administering import act_as, problem_of
from tests.world.forms import adult_referral, child_referral
from tests.world.platform import Person, Platform
from tests.world.sharing import (
    DECIDE_NOT,
    END_SHARE,
    SEE,
    decision,
    give,
    given,
    shown,
    sides,
    taken_on,
    weighed,
)
from tests.world.stories import counted, inbox, kinds, look, open_concern, refer, refer_from, seen, told, worklist

pytestmark = pytest.mark.anyio

GUARDIANS = ("example-harbour", "GUARDIAN")
HOUSING = ("example-haven", "ACCOMMODATING_PROVIDER")
COUNCIL = ("leeds-city-council", "CHILDRENS_SERVICES")
MAY = "2026-05-20T09:00+01:00"


async def test_two_functions_of_one_charity_see_each_others_records_by_share_only(platform: Platform) -> None:
    await platform.set_clock(MAY)
    wren = await platform.sign_in("eha-1")
    case = await open_concern(wren)
    await act_as(wren, "GUARDIAN")
    before = await wren.post(SEE, {"reference": case["reference"]})
    assert told(before) == told(await wren.post(SEE, {"reference": "C-2222-2222-2"}))

    await act_as(wren, "FIRST_RESPONDER")
    share = await given(platform, wren, case, GUARDIANS, "IDENTITY")
    await act_as(wren, "GUARDIAN")
    found = await taken_on(wren, case)
    assert shown(found) == {"identity"}
    assert (found["identity"]["firstName"], found["identity"]["age"]) == ("Testa", "CHILD")
    read = await sides(wren, case)
    assert read["sharesGiven"] == []
    (received,) = read["sharesReceived"]
    assert (received["conditions"], received["endsOn"], received["purpose"]) == (
        "Speak to us before you write to her.", "2026-06-30", "To appoint a guardian.",
    )  # fmt: skip

    await act_as(wren, "FIRST_RESPONDER")
    ended = await wren.do(END_SHARE, shareId=share, reason="A guardian was appointed.")
    (line,) = ended["case"]["informationRequests"]["sharesGiven"]
    assert (line["isLive"], line["endReason"]) == (False, "A guardian was appointed.")
    await act_as(wren, "GUARDIAN")
    assert told(await wren.post(SEE, {"reference": case["reference"]})) == told(before)
    assert await worklist(wren) == await worklist(wren, "AGENCY") == []


async def test_a_share_is_over_at_midnight_in_london_and_nobody_has_to_do_anything(platform: Platform) -> None:
    await platform.set_clock(MAY)
    mina, olu = await platform.sign_in("eps-1"), await platform.sign_in("exh-1")
    case = await open_concern(mina)
    await given(platform, mina, case, HOUSING, "IDENTITY", "ACCOUNT")
    assert [item["reference"] for item in await worklist(olu)] == [case["reference"]]

    await platform.set_clock("2026-06-30T23:59:59+01:00")
    olu = await platform.sign_in("exh-1")
    assert shown(await seen(olu, case)) == {"identity", "account"}
    await platform.set_clock("2026-07-01T00:00:00+01:00")
    assert await look(olu, case) is None
    assert await worklist(olu) == await worklist(olu, "AGENCY") == []
    mina = await platform.sign_in("eps-1")
    assert [share["isLive"] for share in (await sides(mina, case))["sharesGiven"]] == [False]


async def test_what_was_shared_as_it_stood_stays_as_it_stood(platform: Platform) -> None:
    mina, ella, olu = [await platform.sign_in(who) for who in ("eps-1", "lcc-1", "exh-1")]
    case = await open_concern(mina, age="NOT_SURE")
    await given(platform, mina, case, HOUSING, "IDENTITY")
    before = (await seen(olu, case))["identity"]
    form = child_referral()
    form["identity"] = form["identity"] | {"lastName": "Otherwise"}

    assert (await refer_from(ella, await seen(ella, case), referral=form))["problem"] is None

    assert (await seen(ella, case))["identity"]["lastName"] == "Otherwise"
    assert (await seen(olu, case))["identity"] == before
    assert (before["age"], before["lastName"]) == ("NOT_SURE", "Inventedgirl")


async def test_what_no_rule_lets_through_is_refused_by_its_field_and_nothing_happens(platform: Platform) -> None:
    asha, case = await referred_adult(platform)
    before = await counted(platform)
    groups = ["IDENTITY", "CREDIBILITY", "SUPPORT_PLAN", "IMMIGRATION", "CLOCKS"]

    payload = await give(platform, asha, case, HOUSING, groups)

    assert [(found["path"], found["code"]) for found in payload["problem"]["problems"]] == [
        ("groups.1.group", "not_for_them"),
        ("groups.2.group", "not_yours"),
        ("groups.3.group", "not_for_them"),
        ("groups.4.group", "not_yours"),
    ]
    assert await counted(platform) == before
    assert await platform.admin.fetchval("SELECT count(*) FROM share") == 0


@pytest.mark.parametrize("group", ["SAFE_ADDRESS", "STRATEGY_MINUTES", "DUTY_TO_NOTIFY", "CORE"])
async def test_nobody_shares_what_only_its_own_exceptions_open(platform: Platform, group: str) -> None:
    asha, case = await referred_adult(platform)

    payload = await give(platform, asha, case, GUARDIANS, [group])

    assert problem_of(payload) == ("Invalid", "not_yours")


async def test_an_opener_shares_the_version_it_holds_and_nothing_that_comes_after(platform: Platform) -> None:
    mina = await platform.sign_in("eps-1")
    case = await open_concern(mina)

    assert problem_of(await give(platform, mina, case, HOUSING, [weighed("IDENTITY", live=True)])) == (
        "Invalid", "one_version_only",
    )  # fmt: skip


async def test_who_may_not_share_is_refused_and_who_knows_nothing_is_told_nothing(platform: Platform) -> None:
    asha, case = await referred_adult(platform)
    ben, olu, mina = [await platform.sign_in(who) for who in ("wyp-2", "exh-1", "eps-1")]
    await given(platform, asha, case, HOUSING, "IDENTITY")
    before = await counted(platform)

    assert (await give(platform, ben, case, GUARDIANS, ["IDENTITY"]))["problem"]["__typename"] == "Refused"
    assert (await give(platform, olu, case, GUARDIANS, ["IDENTITY"]))["problem"]["__typename"] == "Refused"
    assert (await give(platform, mina, case, GUARDIANS, ["IDENTITY"]))["problem"]["__typename"] == "NotFound"
    assert await counted(platform) == before


async def test_only_the_giver_ends_a_share_and_once(platform: Platform) -> None:
    asha, case = await referred_adult(platform)
    olu, mina = await platform.sign_in("exh-1"), await platform.sign_in("eps-1")
    share = await given(platform, asha, case, HOUSING, "IDENTITY")
    ending = {"shareId": share, "reason": "Not needed any more."}

    for stranger in (olu, mina):
        assert (await stranger.do(END_SHARE, **ending))["problem"]["__typename"] == "NotFound"
    assert shown(await seen(olu, case)) == {"identity"}
    assert (await asha.do(END_SHARE, **ending))["problem"] is None
    assert (await asha.do(END_SHARE, **ending))["problem"]["code"] == "ENDED_ALREADY"
    assert await look(olu, case) is None


async def test_the_recipient_is_told_without_content_and_of_the_end_without_the_case(platform: Platform) -> None:
    asha, case = await referred_adult(platform)
    olu = await platform.sign_in("exh-1")
    share = await given(platform, asha, case, HOUSING, "IDENTITY")
    await platform.deliver()
    (notice,) = await inbox(olu)
    assert (notice["kind"], notice["about"], notice["record"]["reference"]) == (
        "SHARE_RECEIVED", {"name": "West Yorkshire Police"}, case["reference"],
    )  # fmt: skip

    await asha.do(END_SHARE, shareId=share, reason="Not needed any more.")
    await platform.deliver()

    (notice,) = await inbox(olu)
    assert (notice["kind"], notice["record"]) == ("SHARE_ENDED", None)


async def test_a_decision_not_to_share_is_kept_and_tells_nobody(platform: Platform) -> None:
    asha, case = await referred_adult(platform)
    olu, cora = await platform.sign_in("exh-1"), await platform.sign_in("wyp-3")
    await platform.deliver()

    payload = await asha.do(DECIDE_NOT, **await decision(platform, case, HOUSING, ["ACCOUNT"]))

    assert payload["problem"] is None, payload
    (kept,) = (await sides(asha, case))["sharesGiven"]
    assert (kept["isShared"], kept["isLive"], kept["groups"], kept["conditions"]) == (
        False, False, [{"group": "ACCOUNT", "version": None}], None,
    )  # fmt: skip
    assert (kept["statements"][0]["necessity"], kept["decidedBy"]) == ("Needed to protect her.", "PC Asha Invented")
    assert await look(olu, case) is None
    assert await platform.deliver() == 0
    assert await kinds(olu) == []
    assert (await sides(cora, case))["sharesGiven"] == [], "another function of the same agency reads its own side only"


async def referred_adult(platform: Platform) -> tuple[Person, dict[str, Any]]:
    """An adult whom an officer referred."""
    asha = await platform.sign_in("wyp-1")
    return asha, await refer(asha, adult_referral())
