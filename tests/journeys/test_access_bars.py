"""A bar beats every yes, takes effect at once, is told to nobody it keeps out, and ends by two."""

import pytest

from tests.world.administering import LEDGER as ADMINISTRATION
from tests.world.ledger import lines
from tests.world.limits import END_BAR, SET_BAR, WHY, bar, limits, police_approver, refusal
from tests.world.platform import Person, Platform
from tests.world.stories import assign, id_of, inbox, look, refer, seen, told, worklist

pytestmark = pytest.mark.anyio

RANDOM = {"reference": "C-2345-67890"}


async def member(platform: Platform, subject: str) -> str:
    """The id under which a person's own agency knows them."""
    return await id_of(await platform.sign_in(subject))


async def agency(who: Person, name: str) -> str:
    """The id of an agency."""
    page = await who.ask("{ agencies(first: 100) { edges { node { id name } } } }")
    return str(next(edge["node"]["id"] for edge in page["agencies"]["edges"] if edge["node"]["name"] == name))


async def test_for_a_barred_person_the_case_is_gone_at_once_and_somebody_else_has_it(platform: Platform) -> None:
    officer = await platform.sign_in("wyp-1")
    case = await seen(officer, await refer(officer))
    inspector = await police_approver(platform)
    payload = await bar(inspector, case, memberId=await id_of(officer))

    (set_bar,) = payload["limits"]["bars"]
    assert (set_bar["person"], set_bar["setBy"], set_bar["state"]) == ("PC Asha Invented", "DI Dan Invented", "HOLDS")
    assert await look(officer, case) is None
    assert await worklist(officer) == await worklist(officer, "AGENCY") == []
    assert (await assign(officer, case, memberId=await id_of(officer)))["problem"]["__typename"] == "NotFound"
    assert [c["reference"] for c in await worklist(await platform.sign_in("wyp-2"))] == [case["reference"]], (
        "intake team"
    )
    assert (await seen(await platform.sign_in("sca-1"), case))["reference"] == case["reference"]


async def test_for_a_barred_agency_it_is_gone_too_and_no_answer_tells_it_from_nothing(platform: Platform) -> None:
    officer, decider = await platform.sign_in("wyp-1"), await platform.sign_in("sca-1")
    case = await seen(officer, await refer(officer))
    await platform.deliver()
    assert [notice["kind"] for notice in await inbox(decider)] == ["REFERRAL_RECEIVED"]
    inspector = await police_approver(platform)
    payload = await bar(inspector, case, agencyId=await agency(inspector, "Single Competent Authority"))

    assert payload["problem"] is None
    assert await look(decider, case) is None
    assert await worklist(decider) == await worklist(decider, "AGENCY") == await inbox(decider) == []
    for subject in ("sca-1", "sca-2", "sca-ig"):
        who = await platform.sign_in(subject)
        hidden, random = [
            told(
                await who.post(
                    SET_BAR, {"input": {"idempotencyKey": key, **named, **WHY, "memberId": await id_of(who)}}
                )
            )
            for key, named in (("a-key-of-mine", {"reference": case["reference"]}), ("another-key", RANDOM))
        ]
        assert hidden == random
        assert await limits(who, case) is None


async def test_only_the_leads_approver_and_governance_set_bars_and_each_on_what_is_theirs(platform: Platform) -> None:
    officer = await platform.sign_in("wyp-1")
    case = await seen(officer, await refer(officer))
    before = await platform.admin.fetchval("SELECT count(*) FROM access_bar")
    ben, hugo = await member(platform, "wyp-2"), await member(platform, "sca-1")
    inspector, manager = await police_approver(platform), await platform.sign_in("sca-2")

    assert refusal(await bar(officer, case, memberId=ben)) == "Refused", "a practitioner"
    assert refusal(await bar(manager, case, memberId=hugo)) == "Refused", "an approver of another than the lead"
    assert refusal(await bar(inspector, case, memberId=hugo)) == "Invalid", "another agency's person"
    assert refusal(await bar(inspector, case, memberId=await id_of(inspector))) == "Refused", "themselves"
    own = await agency(inspector, "West Yorkshire Police")
    assert refusal(await bar(inspector, case, agencyId=own)) == "Invalid"
    assert refusal(await bar(inspector, case, agencyId=own, memberId=ben)) == "Invalid", "two at once"
    assert refusal(await bar(inspector, case, memberId=ben, reason=" ")) == "Invalid"
    assert refusal(await bar(await platform.sign_in("gmp-ig"), case, memberId=ben)) == "NotFound"
    assert refusal(await bar(await platform.sign_in("sca-ig"), case, agencyId=own)) == "Refused", "not the lead's"
    assert refusal(await bar(await platform.sign_in("wyp-5"), case, memberId=ben)) == "NotFound", "an administrator"
    assert await platform.admin.fetchval("SELECT count(*) FROM access_bar") == before


async def test_governance_keeps_out_its_own_people_and_the_lead_is_not_told(platform: Platform) -> None:
    officer, decider = await platform.sign_in("wyp-1"), await platform.sign_in("sca-1")
    case = await seen(officer, await refer(officer))
    governance = await platform.sign_in("sca-ig")
    payload = await bar(governance, case, memberId=await id_of(decider))

    assert [b["person"] for b in payload["limits"]["bars"]] == ["Hugo Invented"]
    assert await look(decider, case) is None
    inspector = await police_approver(platform)
    assert (await limits(inspector, case)) == {"recordReference": case["reference"], "isRestricted": False, "bars": []}
    assert refusal(await bar(governance, case, memberId=await id_of(decider))) == "BARRED_ALREADY"
    done = [(line["person"], line["verdict"]) for line in await lines(governance) if line["act"] == "bar.set"]
    assert ("Bela Invented", "DISCLOSED") in done


async def test_two_people_end_a_bar_and_the_second_is_not_the_first(platform: Platform) -> None:
    officer = await platform.sign_in("wyp-1")
    case = await seen(officer, await refer(officer))
    inspector, governance = await police_approver(platform), await platform.sign_in("wyp-ig")
    set_bar = (await bar(inspector, case, memberId=await id_of(officer)))["limits"]["bars"][0]
    ending = {"reference": case["reference"], "barId": set_bar["id"], **WHY}

    asked = await inspector.do(END_BAR, **ending)
    assert asked["limits"]["bars"][0]["state"] == "END_PROPOSED"
    assert refusal(await inspector.do(END_BAR, **ending)) == "SECOND_PERSON_NEEDED"
    assert await look(officer, case) is None
    assert refusal(await (await platform.sign_in("sca-ig")).do(END_BAR, **ending)) == "NotFound", "not in their hands"
    agreed = await governance.do(END_BAR, **ending)
    assert (agreed["limits"]["bars"][0]["state"], agreed["limits"]["bars"][0]["endedBy"]) == ("ENDED", "Zara Invented")
    assert refusal(await governance.do(END_BAR, **ending)) == "ENDED_ALREADY"
    assert (await seen(officer, case))["reference"] == case["reference"]


async def test_a_wish_that_nobody_answered_is_made_anew(platform: Platform) -> None:
    await platform.set_clock("2026-05-01T10:00+01:00")
    officer = await platform.sign_in("wyp-1")
    case = await seen(officer, await refer(officer))
    set_bar = (await bar(await police_approver(platform), case, memberId=await id_of(officer)))["limits"]["bars"][0]
    ending = {"reference": case["reference"], "barId": set_bar["id"], **WHY}
    await (await police_approver(platform)).do(END_BAR, **ending)
    await platform.set_clock("2026-05-20T10:00+01:00")
    late = await (await platform.sign_in("wyp-ig")).do(END_BAR, **ending)

    assert (late["limits"]["bars"][0]["state"], late["limits"]["bars"][0]["endProposedBy"]) == (
        "END_PROPOSED", "Zara Invented",
    )  # fmt: skip


async def test_the_administrative_ledger_tells_governance_of_a_bar_and_never_whom_it_keeps_out(
    platform: Platform,
) -> None:
    officer = await platform.sign_in("wyp-1")
    case = await seen(officer, await refer(officer))
    inspector = await police_approver(platform)
    await bar(inspector, case, memberId=await member(platform, "wyp-5"))
    await bar(inspector, case, memberId=await member(platform, "wyp-ig"))

    async def acts(subject: str) -> list[str]:
        page = await (await platform.sign_in(subject)).ask(ADMINISTRATION)
        edges = page["administrativeLedger"]["edges"]
        return [e["node"]["subject"] for e in edges if e["node"]["act"].startswith("bar.")]

    assert await acts("wyp-ig") == ["Ravi Invented"], "of the bar against themselves they know nothing"
    for subject in ("wyp-5", "wyp-6", "con-1", "sca-ig"):
        assert await acts(subject) == []
