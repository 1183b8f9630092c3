"""One person, several functions, one at a time: switching needs no sign-in, and each function has its own records."""

import pytest

from tests.world.administering import STANDING, act_as, administer, agreed, lines, people, problem_of
from tests.world.platform import Person, Platform
from tests.world.stories import look, open_concern, raw_id, told, worklist

pytestmark = pytest.mark.anyio


async def acting(who: Person) -> str:
    return str((await who.ask("{ viewer { actingAs } }"))["viewer"]["actingAs"])


async def test_a_charity_that_refers_and_guards_does_one_at_a_time_and_neither_sees_the_other(
    platform: Platform,
) -> None:
    wren, xan = await platform.sign_in("eha-1"), await platform.sign_in("eha-2")
    secret = wren.secret
    assert await acting(wren) == "FIRST_RESPONDER"
    referred = await open_concern(wren)
    assert await look(xan, referred) is None

    assert (await act_as(wren, "GUARDIAN"))["viewer"] == {"actingAs": "GUARDIAN", "accessLevel": "PRACTITIONER"}
    assert wren.secret == secret, "switching rotates nothing"
    assert await look(wren, referred) is None, "even who recorded it does not see it as a guardian"
    assert await worklist(wren) == await worklist(wren, "AGENCY") == []
    guarded = await open_concern(wren)
    assert [case["reference"] for case in await worklist(wren, "AGENCY")] == [guarded["reference"]]
    assert await look(xan, guarded) is not None, "a colleague in the same function knows of it"

    assert (await act_as(wren, "FIRST_RESPONDER"))["problem"] is None
    assert await look(wren, guarded) is None
    assert await look(wren, referred) is not None


async def test_a_record_of_ones_other_function_answers_as_one_that_is_not_there(platform: Platform) -> None:
    wren = await platform.sign_in("eha-1")
    referred = await open_concern(wren)
    assert (await act_as(wren, "GUARDIAN"))["problem"] is None
    query = "query ($id: ID!) { node(id: $id) { id } }"
    theirs = await wren.post(query, {"id": referred["id"]})
    nothing = await wren.post(query, {"id": "Q2FzZTowMDAwMDAwMC0wMDAwLTAwMDAtMDAwMC0wMDAwMDAwMDAwMDA="})

    assert told(theirs) == told(nothing)


async def test_a_look_counts_under_the_function_in_which_it_was_made(platform: Platform) -> None:
    wren = await platform.sign_in("eha-1")
    case = await open_concern(wren)
    await look(wren, case)
    await act_as(wren, "GUARDIAN")
    await look(wren, case)

    seen = [line for line in await platform.ledger() if str(line["record_id"]) == raw_id(case["id"])]
    assert (seen[-2]["function"], seen[-2]["verdict"]) == ("first_responder", "viewed")
    assert (seen[-1]["function"], seen[-1]["verdict"]) == ("guardian", "refused")


@pytest.mark.parametrize("function", ["GUARDIAN", "DECISION_MAKER", "INVESTIGATING_POLICE", "PLATFORM_OPERATION"])
async def test_what_is_not_ones_own_is_refused_and_one_acts_as_before(platform: Platform, function: str) -> None:
    asha = await platform.sign_in("wyp-1")
    payload = await act_as(asha, function)

    assert problem_of(payload)[0] == "Refused"
    assert payload["viewer"] is None
    assert await acting(asha) == "FIRST_RESPONDER"


async def test_the_viewer_says_what_is_missing_and_why(platform: Platform) -> None:
    await platform.set_clock("2026-05-01T09:00+01:00")
    uma, viktor = await platform.sign_in("lcc-4"), await platform.sign_in("lcc-5")
    greta = (await people(uma))["Greta Invented"]["id"]
    later = {"memberId": greta, "function": "FIRST_RESPONDER", "accessLevel": "PRACTITIONER"}
    before = (await (await platform.sign_in("lcc-3")).ask(STANDING))["viewer"]
    never = ("INFORMATION_GOVERNANCE", "NOT_YOURS")
    assert [(m["function"], m["because"]) for m in before["missing"]] == [("FIRST_RESPONDER", "NOT_YOURS"), never]

    await agreed(uma, viktor, giveFunction=later | {"since": "2026-05-10", "until": "2026-05-20"})
    reasons = {}
    for day in ("2026-05-09", "2026-05-10", "2026-05-20"):
        await platform.set_clock(f"{day}T09:00+01:00")
        viewer = (await (await platform.sign_in("lcc-3")).ask(STANDING))["viewer"]
        reasons[day] = {m["function"]: (m["because"], m["since"], m["until"]) for m in viewer["missing"]}
        assert reasons[day].pop("INFORMATION_GOVERNANCE")[0] == "NOT_YOURS"
        held = {f["function"]: f["until"] for f in viewer["functions"]}
        assert ("FIRST_RESPONDER" in held) == (day == "2026-05-10")
    dates = ("2026-05-10", "2026-05-20")
    assert reasons == {
        "2026-05-09": {"FIRST_RESPONDER": ("NOT_BEGUN", *dates)},
        "2026-05-10": {},
        "2026-05-20": {"FIRST_RESPONDER": ("ENDED", *dates)},
    }


async def test_what_the_agency_no_longer_does_is_missing_for_everybody_at_once(platform: Platform) -> None:
    wren, alba = await platform.sign_in("eha-1"), await platform.sign_in("con-1")
    agencies = (await alba.ask("{ agencies(first: 100) { edges { node { id name } } } }"))["agencies"]["edges"]
    (harbour,) = (edge["node"]["id"] for edge in agencies if edge["node"]["name"] == "Example Harbour")
    assert (await administer(alba, endAgencyFunction={"agencyId": harbour, "function": "GUARDIAN"}))["done"]

    viewer = (await wren.ask(STANDING))["viewer"]
    assert [(m["function"], m["because"]) for m in viewer["missing"]] == [("GUARDIAN", "AGENCY_ENDED")]
    assert problem_of(await act_as(wren, "GUARDIAN"))[0] == "Refused"


async def test_switching_is_in_the_administrative_ledger(platform: Platform) -> None:
    wren = await platform.sign_in("eha-1")
    await act_as(wren, "GUARDIAN")
    row = await platform.admin.fetchrow("SELECT * FROM administrative_record WHERE act = 'session.act_as'")

    assert row is not None
    assert (row["before"], row["after"]) == ('{"function": "first_responder"}', '{"function": "guardian"}')


async def test_training_is_kept_and_shown_to_the_person_and_their_administrators(platform: Platform) -> None:
    await platform.set_clock("2026-05-20T09:00+01:00")
    ravi, asha = await platform.sign_in("wyp-5"), await platform.sign_in("wyp-1")
    member = (await people(ravi))["PC Asha Invented"]["id"]
    training = {"memberId": member, "kind": "FIRST_RESPONDER", "on": "2026-05-18"}
    assert (await administer(ravi, recordTraining=training | {"expires": "2029-05-18"}))["done"]

    expected = [{"kind": "FIRST_RESPONDER", "on": "2026-05-18", "expires": "2029-05-18"}]
    assert (await asha.ask(STANDING))["viewer"]["training"] == expected
    assert (await people(ravi))["PC Asha Invented"]["training"] == expected
    for wrong, code in (({"on": "2026-05-21"}, "not_yet"), ({"expires": "2026-05-18"}, "ends_before_it_begins")):
        assert problem_of(await administer(ravi, recordTraining=training | wrong)) == ("Invalid", code)
    assert [line["act"] for line in await lines(ravi) if line["verdict"] == "DONE"] == ["training.record"]
