"""An agency administers its own people: what widens takes two, what narrows takes one, and nobody raises themselves."""

import pytest

from tests.world.administering import (
    PROPOSALS,
    administer,
    agreed,
    decide,
    held_on,
    lines,
    people,
    problem_of,
    propose,
    proposed,
    rights,
)
from tests.world.platform import Person, Platform
from tests.world.stories import assign, id_of, inbox, look, open_concern, refer, worklist

pytestmark = pytest.mark.anyio
TESS = {
    "provider": "west-yorkshire-police",
    "subject": "wyp-7",
    "name": "PC Tess Invented",
    "function": "FIRST_RESPONDER",
    "accessLevel": "PRACTITIONER",
}


async def administrators(platform: Platform) -> tuple[Person, Person]:
    return await platform.sign_in("wyp-5"), await platform.sign_in("wyp-6")


async def signs_in(platform: Platform, subject: str) -> bool:
    try:
        await platform.sign_in(subject)
    except AssertionError:
        return False
    return True


async def test_two_administrators_add_a_colleague_who_then_signs_in_and_works(platform: Platform) -> None:
    ravi, sana = await administrators(platform)
    assert not await signs_in(platform, "wyp-7")

    proposal = await proposed(ravi, addMember=TESS)
    assert not await signs_in(platform, "wyp-7"), "a proposal gives nothing"
    assert (await decide(sana, proposal))["proposal"]["state"] == "APPROVED"

    tess = await platform.sign_in("wyp-7")
    case = await refer(tess)
    assert await look(tess, case) is not None
    (line, made) = [line for line in await lines(sana) if line["verdict"] == "DONE"][:2]
    assert (line["act"], line["actor"], line["subject"]) == ("member.add", "Sana Invented", "PC Tess Invented")
    assert any("first_responder, practitioner" in told for told in line["stateAfter"])
    assert (made["act"], made["actor"]) == ("proposal.make", "Ravi Invented")


async def test_an_administrator_cannot_raise_themselves_in_any_way(platform: Platform) -> None:
    ravi, _ = await administrators(platform)
    me = await id_of(ravi)
    before = await rights(platform)
    tried = [
        await propose(ravi, changeLevel={"memberId": me, "function": "FIRST_RESPONDER", "accessLevel": "APPROVER"}),
        await propose(
            ravi, giveFunction={"memberId": me, "function": "INVESTIGATING_POLICE", "accessLevel": "PRACTITIONER"}
        ),
        await administer(ravi, endFunction={"memberId": me, "function": "FIRST_RESPONDER"}),
        await administer(ravi, recordTraining={"memberId": me, "kind": "FIRST_RESPONDER", "on": "2020-01-01"}),
        await propose(ravi, onboardAgency={"code": "ravis", "name": "Ravi's", "functions": ["DECISION_MAKER"]}),
    ]

    assert [problem_of(payload)[0] for payload in tried] == ["Refused"] * len(tried)
    assert await rights(platform) == before
    refused = [line for line in await lines(ravi) if line["verdict"] == "REFUSED"]
    assert [line["reason"] for line in refused] == ["not_a_platform_administrator", *["for_yourself"] * 4]


async def test_who_proposed_cannot_approve_and_the_subject_cannot_either(platform: Platform) -> None:
    ravi, sana = await administrators(platform)
    second = (await people(ravi))["Sana Invented"]["id"]
    own = await proposed(ravi, addMember=TESS)
    about_her = await proposed(
        ravi, giveFunction={"memberId": second, "function": "INVESTIGATING_POLICE", "accessLevel": "PRACTITIONER"}
    )
    before = await rights(platform)

    assert problem_of(await decide(ravi, own))[0] == "Refused"
    assert problem_of(await decide(ravi, own, "DECLINE"))[0] == "Refused"
    assert problem_of(await decide(sana, about_her))[0] == "Refused"
    assert await rights(platform) == before


async def test_nobody_but_an_administrator_of_the_agency_proposes_decides_or_reads(platform: Platform) -> None:
    ravi, _ = await administrators(platform)
    proposal = await proposed(ravi, addMember=TESS)
    asha = (await people(ravi))["PC Asha Invented"]["id"]
    before = await rights(platform)
    for subject, kind in (("wyp-1", "Refused"), ("wyp-4", "Refused"), ("lcc-4", "NotFound"), ("con-1", "NotFound")):
        stranger = await platform.sign_in(subject)
        assert problem_of(await decide(stranger, proposal))[0] == kind, subject
        ended = await administer(stranger, endFunction={"memberId": asha, "function": "FIRST_RESPONDER"})
        assert problem_of(ended)[0] == kind, subject
        assert "PC Asha Invented" not in await people(stranger)
        listed = await stranger.ask(PROPOSALS, onlyOpen=False)
        assert listed["proposals"]["edges"] == []

    assert await rights(platform) == before


async def test_what_narrows_takes_effect_at_once_by_one(platform: Platform) -> None:
    ravi, _ = await administrators(platform)
    asha, dan = await platform.sign_in("wyp-1"), await platform.sign_in("wyp-4")
    case = await refer(asha)
    known = await people(ravi)
    member = known["PC Asha Invented"]["id"]

    done = await administer(ravi, endFunction={"memberId": member, "function": "FIRST_RESPONDER"})
    assert done == {"done": True, "problem": None}
    assert (await asha.post("{ viewer { name } }")).status_code == 401
    assert not await signs_in(platform, "wyp-1")

    lowered = {"memberId": known["DI Dan Invented"]["id"], "function": "FIRST_RESPONDER"}
    assert (await administer(ravi, lowerLevel=lowered))["done"]
    assert (await dan.ask("{ viewer { accessLevel } }"))["viewer"]["accessLevel"] == "PRACTITIONER"
    assert await look(dan, case) is not None, "a manager stays a manager until taken out of the team"


async def test_an_end_on_a_day_is_midnight_in_london(platform: Platform) -> None:
    await platform.set_clock("2026-06-29T12:00+01:00")
    ravi, _ = await administrators(platform)
    member = (await people(ravi))["PC Asha Invented"]["id"]
    ends = {"memberId": member, "function": "FIRST_RESPONDER", "on": "2026-07-01"}
    assert (await administer(ravi, endFunction=ends))["done"]

    await platform.set_clock("2026-06-30T23:59+01:00")
    asha = await platform.sign_in("wyp-1")
    assert await worklist(asha) == []
    await platform.set_clock("2026-06-30T23:00+00:00")  # midnight in London, not yet in UTC
    assert (await asha.post("{ viewer { name } }")).status_code == 401
    assert not await signs_in(platform, "wyp-1")


async def test_who_had_which_function_on_a_day_is_exact_also_for_what_ended(platform: Platform) -> None:
    await platform.set_clock("2026-05-01T09:00+01:00")
    ravi, sana = await administrators(platform)
    await agreed(ravi, sana, addMember=TESS | {"since": "2026-05-03", "until": "2026-05-20"})
    assert not await signs_in(platform, "wyp-7"), "it begins on the third"
    await platform.set_clock("2026-05-03T10:00+01:00")
    assert await signs_in(platform, "wyp-7")
    await platform.set_clock("2026-05-10T15:00+01:00")
    ravi = await platform.sign_in("wyp-5")
    tess = (await people(ravi))["PC Tess Invented"]["id"]
    assert (await administer(ravi, endFunction={"memberId": tess, "function": "FIRST_RESPONDER"}))["done"]

    expected = {("PC Tess Invented", "FIRST_RESPONDER", "PRACTITIONER")}
    for day, held in (("2026-05-02", set()), ("2026-05-03", expected), ("2026-05-10", expected), ("2026-05-11", set())):
        assert await held_on(ravi, day, "PC Tess Invented") == held, day
    assert ("DI Dan Invented", "INVESTIGATING_POLICE", "APPROVER") in await held_on(ravi, "2026-05-03")
    assert await held_on(await platform.sign_in("wyp-1"), "2026-05-03") == set(), "a practitioner reads none of it"


async def test_a_proposal_is_judged_again_when_it_is_approved_and_grows_too_old(platform: Platform) -> None:
    await platform.set_clock("2026-05-01T09:00+01:00")
    ravi, sana = await administrators(platform)
    first, second = await proposed(ravi, addMember=TESS), await proposed(ravi, addMember=TESS)
    assert (await decide(sana, first))["problem"] is None
    assert problem_of(await decide(sana, second)) == ("Conflict", "ADDED_ALREADY")
    assert problem_of(await decide(sana, first)) == ("Conflict", "DECIDED_ALREADY")
    assert (await decide(ravi, second, "WITHDRAW"))["proposal"]["state"] == "WITHDRAWN"

    team = await id_of(await platform.sign_in("wyp-4"), team="Safeguarding desk")
    asha = (await people(ravi))["PC Asha Invented"]["id"]
    late = await proposed(ravi, joinTeam={"teamId": team, "memberId": asha, "standing": "MEMBER"})
    await platform.set_clock("2026-05-15T09:00+01:00")
    sana = await platform.sign_in("wyp-6")
    assert problem_of(await decide(sana, late)) == ("Conflict", "EXPIRED")
    assert (await people(sana))["PC Asha Invented"]["teams"] != []


async def test_who_no_longer_administers_has_proposed_nothing(platform: Platform) -> None:
    ravi, sana = await administrators(platform)
    proposal = await proposed(ravi, addMember=TESS)
    member = (await people(sana))["Ravi Invented"]["id"]
    assert (await administer(sana, endFunction={"memberId": member, "function": "FIRST_RESPONDER"}))["done"]

    assert problem_of(await decide(sana, proposal)) == ("Conflict", "PROPOSER_LEFT")
    assert not await signs_in(platform, "wyp-7")


async def test_administrators_see_no_record_through_any_door(platform: Platform) -> None:
    asha = await platform.sign_in("wyp-1")
    case = await refer(asha)
    concern = await open_concern(await platform.sign_in("eps-1"))
    await platform.deliver()
    for subject in ("wyp-5", "lcc-4", "con-1"):
        administrator = await platform.sign_in(subject)
        for known in (case, concern):
            assert await look(administrator, known) is None
            assert (await administrator.ask("query ($id: ID!) { node(id: $id) { id } }", id=known["id"]))[
                "node"
            ] is None
        assert await worklist(administrator) == await worklist(administrator, "AGENCY") == []
        assert all(notice["record"] is None for notice in await inbox(administrator))


async def test_no_case_can_be_given_to_an_administrator(platform: Platform) -> None:
    asha, ravi = await platform.sign_in("wyp-1"), await platform.sign_in("wyp-5")
    case = await refer(asha)
    viewer = (await asha.ask("{ viewer { colleagues { name } } }"))["viewer"]
    assert "Ravi Invented" not in {colleague["name"] for colleague in viewer["colleagues"]}

    payload = await assign(asha, case, memberId=await id_of(ravi))
    assert problem_of(payload) == ("Invalid", "not_in_your_agency")
