"""A council officer changes jobs: everything moves in one act, nothing is orphaned, and her sessions show nothing."""

import json
from typing import Any

import pytest

from schema.node import global_id
from tests.world.administering import agreed, lines, problem_of
from tests.world.leaving import LEAVING, chosen, end, handed_over, leaving, live_assignments, orphans, taken_on
from tests.world.platform import Person, Platform
from tests.world.stories import LOOK, NOTICES, WORKLIST, look, open_concern, seen, worklist

pytestmark = pytest.mark.anyio

CHILDREN = "CHILDRENS_SERVICES"
CASES = 14


async def cast(platform: Platform, *subjects: str) -> list[Person]:
    return [await platform.sign_in(subject) for subject in subjects]


async def test_all_her_cases_go_to_a_named_colleague_in_one_act(platform: Platform) -> None:
    school, ella, greta, farid, uma = await cast(platform, "eps-1", "lcc-1", "lcc-3", "lcc-2", "lcc-4")
    cases = [await taken_on(ella, school) for _ in range(CASES)]
    assert await worklist(greta) == []

    known = await leaving(uma, "Ella Invented")
    successor = chosen(known, CHILDREN, person="Greta Invented")
    payload = await end(uma, known, successors=[successor])

    assert payload["problem"] is None, payload
    assert payload["membership"]["handedOver"] == [
        {
            "function": CHILDREN,
            "to": "Greta Invented",
            "counts": {"cases": CASES, "notifications": 0, "tasks": 0, "requests": 0, "actions": 0},
        }
    ]
    assert {item["reference"] for item in await worklist(greta)} == {case["reference"] for case in cases}
    assert [(given["name"], given["reason"]) for given in (await seen(greta, cases[0]))["assignments"]] == [
        ("Greta Invented", "Handed over: a colleague left")
    ]
    assert (await live_assignments(platform, "lcc-1"), await orphans(platform)) == (0, 0)
    await platform.deliver()
    assert [one["counts"]["cases"] for one in await handed_over(greta)] == [CASES]
    assert await handed_over(farid) == []  # he manages the duty team, and she works in another


async def test_her_cookie_shows_nothing_from_that_moment_on(platform: Platform) -> None:
    school, ella, uma = await cast(platform, "eps-1", "lcc-1", "lcc-4")
    other_browser = await platform.sign_in("lcc-1")
    case = await taken_on(ella, school)

    payload = await end(uma, await leaving(uma, "Ella Invented"))

    assert payload["problem"] is None
    for session in (ella, other_browser):
        for query in (LOOK, WORKLIST, NOTICES, "{ viewer { name } }"):
            response = await session.post(query, {"reference": case["reference"]} if query == LOOK else {})
            assert response.status_code == 401
            assert "data" not in response.json()
    with pytest.raises(AssertionError):
        await platform.sign_in("lcc-1")


async def test_both_ledgers_tell_who_handed_over_what_and_keep_her_name(platform: Platform) -> None:
    school, ella, greta, uma = await cast(platform, "eps-1", "lcc-1", "lcc-3", "lcc-4")
    case = await taken_on(ella, school)
    known = await leaving(uma, "Ella Invented")

    await end(uma, known, successors=[chosen(known, CHILDREN, person="Greta Invented")], reason="Went to Bradford.")

    done = next(line for line in await lines(uma) if line["act"] == "membership.end")
    assert (done["verdict"], done["actor"], done["subject"], done["reason"]) == (
        "DONE", "Uma Invented", "Ella Invented", "Went to Bradford.",
    )  # fmt: skip
    assert any("Duty and advice team" in told and "until" not in told for told in done["stateBefore"])
    assert any(told.startswith("handed_over: ") and "Greta Invented" in told for told in done["stateAfter"])
    assert case["reference"] not in json.dumps(await lines(uma))
    (line,) = [line for line in await platform.ledger() if line["verdict"] == "handed_over"]
    assert (line["act"], line["access_level"], line["groups"]) == ("membership.end", "administrator", [])
    assert "Went to Bradford." not in json.dumps(await seen(greta, case))
    history = "SELECT m.display_name FROM assignment a JOIN member m ON m.id = a.member_id WHERE a.until_at IS NOT NULL"
    assert {row["display_name"] for row in await platform.admin.fetch(history)} == {"Ella Invented"}


async def test_at_another_agency_she_is_somebody_new_and_brings_nothing_along(platform: Platform) -> None:
    school, ella, uma, ravi, sana = await cast(platform, "eps-1", "lcc-1", "lcc-4", "wyp-5", "wyp-6")
    case = await taken_on(ella, school)
    newcomer = {"provider": "west-yorkshire-police", "subject": "wyp-7", "name": "Ella Invented",
                "function": "FIRST_RESPONDER", "accessLevel": "PRACTITIONER"}  # fmt: skip

    await end(uma, await leaving(uma, "Ella Invented"))
    await agreed(ravi, sana, addMember=newcomer)
    again = await platform.sign_in("wyp-7")

    assert await look(again, case) is None
    assert (await worklist(again), await worklist(again, "AGENCY")) == ([], [])
    assert (await ella.post(WORKLIST, {})).status_code == 401


async def test_without_a_named_successor_the_intake_team_has_them(platform: Platform) -> None:
    school, ella, farid, uma = await cast(platform, "eps-1", "lcc-1", "lcc-2", "lcc-4")
    case = await taken_on(ella, school, by="Greta Invented")
    assert await worklist(ella) == []

    known = await leaving(uma, "Greta Invented")
    assert known["functions"][0]["intake"]["name"] == "Duty and advice team"
    payload = await end(uma, known)

    assert payload["membership"]["handedOver"][0]["to"] == "Duty and advice team"
    assert case["reference"] in {item["reference"] for item in await worklist(ella)}
    await platform.deliver()
    for told in (ella, farid):
        assert [one["from"] for one in await handed_over(told)] == ["Greta Invented"]
    assert await orphans(platform) == 0


async def test_what_would_be_nobodys_is_refused_by_the_name_of_what_is_missing(platform: Platform) -> None:
    school, ella, uma = await cast(platform, "eps-1", "lcc-1", "lcc-4")
    case = await taken_on(ella, school)
    await platform.admin.execute("UPDATE team_membership SET until_at = moment() WHERE standing = 'manager'")

    known = await leaving(uma, "Ella Invented")  # she alone is left in the intake team
    payload = await end(uma, known)

    assert known["functions"][0]["intake"] is None
    assert problem_of(payload) == ("Invalid", "no_successor")
    assert "childrens services" in payload["problem"]["problems"][0]["message"]
    assert await look(ella, case) is not None
    refused = next(line for line in await lines(uma) if line["act"] == "membership.end")
    assert (refused["verdict"], refused["subject"], refused["reason"]) == ("REFUSED", "Ella Invented", "no_successor")


@pytest.mark.parametrize("who", ["herself", "another agency's", "an administrator", "a team of another agency"])
async def test_a_successor_works_in_the_same_agency_and_function_and_stays(platform: Platform, who: str) -> None:
    _, uma = await cast(platform, "lcc-1", "lcc-4")
    known = await leaving(uma, "Ella Invented")
    raw = {"herself": "SELECT id FROM member WHERE subject = 'lcc-1'",
           "another agency's": "SELECT id FROM member WHERE subject = 'wyp-1'",
           "an administrator": "SELECT id FROM member WHERE subject = 'lcc-5'",
           "a team of another agency": "SELECT id FROM team WHERE name = 'Safeguarding desk'"}[who]  # fmt: skip
    kind = "Team" if "team" in who else "Member"
    named = {f"{kind.lower()}Id": global_id(kind, await platform.admin.fetchval(raw)), "function": CHILDREN}

    assert problem_of(await end(uma, known, successors=[named])) == ("Invalid", "unfit_successor")


async def test_only_an_administrator_of_the_agency_ends_a_membership_and_never_their_own(platform: Platform) -> None:
    ella, uma, ravi = await cast(platform, "lcc-1", "lcc-4", "wyp-5")
    known = await leaving(uma, "Ella Invented")
    mine = known | {"memberId": (await uma.ask("{ viewer { id } }"))["viewer"]["id"]}

    assert problem_of(await end(ravi, known))[0] == "NotFound"
    assert problem_of(await end(ella, known))[0] == "Refused"
    assert problem_of(await end(uma, mine))[0] == "Refused"
    assert problem_of(await end(uma, known | {"version": 99})) == ("Conflict", "VERSION_MOVED")
    assert (await look_at(ella, known), await look_at(ravi, known), await look_at(uma, mine)) == (None, None, None)


async def look_at(who: Person, known: dict[str, Any]) -> Any:
    return (await who.ask(LEAVING, memberId=known["memberId"]))["leaving"]


async def test_the_same_key_ends_it_once_and_tells_the_same_again(platform: Platform) -> None:
    school, ella, greta, uma = await cast(platform, "eps-1", "lcc-1", "lcc-3", "lcc-4")
    await taken_on(ella, school)
    known = await leaving(uma, "Ella Invented")
    content = {"idempotencyKey": "one-intent-only", "successors": [chosen(known, CHILDREN, person="Greta Invented")]}

    first, second = await end(uma, known, **content), await end(uma, known, **content)
    await platform.deliver()

    assert first == second
    assert len(await handed_over(greta)) == 1
    assert problem_of(await end(uma, known)) == ("Conflict", "ENDED_ALREADY")


async def test_the_preview_counts_and_names_no_record(platform: Platform) -> None:
    school, ella, uma = await cast(platform, "eps-1", "lcc-1", "lcc-4")
    case = await taken_on(ella, school)
    shared = await open_concern(school)  # the team's, not hers

    known = await leaving(uma, "Ella Invented")

    assert known["functions"][0]["counts"] == {"cases": 1, "notifications": 0, "tasks": 0, "requests": 0, "actions": 0}
    assert {person["name"] for person in known["functions"][0]["people"]} == {"Farid Invented", "Greta Invented"}
    text = json.dumps(known)
    assert case["reference"] not in text
    assert shared["reference"] not in text
    assert [line["act"] for line in await lines(uma) if line["subject"] == "Ella Invented"] == ["leaving.read"]


async def test_platform_administrators_are_told_when_an_agency_keeps_one_administrator(platform: Platform) -> None:
    uma, alba = await cast(platform, "lcc-4", "con-1")

    payload = await end(uma, await leaving(uma, "Viktor Invented"))
    await platform.deliver()

    assert payload["problem"] is None
    (notice,) = [edge["node"] for edge in (await alba.ask(NOTICES))["notices"]["edges"]]
    assert (notice["kind"], notice["about"]["name"]) == ("TOO_FEW_ADMINISTRATORS", "Leeds City Council")
