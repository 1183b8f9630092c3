"""A team in which nobody works any more keeps nothing: its work goes on with whoever is there, or somebody is told."""

from typing import Any

import pytest

from services.notices import worker
from tests.journeys.test_lapsed_functions import tasks
from tests.world.administering import administer, agreed, lines, people, problem_of
from tests.world.leaving import chosen, end, handed_over, leaving
from tests.world.platform import Person, Platform
from tests.world.stories import assign, id_of, look, open_concern, seen, worklist
from tests.world.teams import CHILDREN, given_to_team, long_term_team, teams
from tests.world.template import WORKER_SECRET

pytestmark = pytest.mark.anyio

LONG_TERM, INTAKE = "Long-term team", "Duty and advice team"
MAY, LATER, LAST_EVENING, JULY = (
    "2026-05-20T09:00+01:00",
    "2026-05-20T09:05+01:00",
    "2026-06-30T22:59:59+00:00",
    "2026-07-01T09:00+01:00",
)
GONE = """UPDATE team_membership SET until_at = greatest(from_at, moment())
    WHERE until_at IS NULL AND team_id IN (SELECT id FROM team WHERE name = $1)"""


async def at_the_council(platform: Platform, *subjects: str) -> list[Person]:
    return [await platform.sign_in(subject) for subject in subjects]


async def a_case_of_the_long_term_team(platform: Platform, **place: Any) -> dict[str, Any]:
    await platform.set_clock(MAY)
    await long_term_team(platform, **place)
    ella, school = await at_the_council(platform, "lcc-1", "eps-1")
    return await given_to_team(ella, school, LONG_TERM)


async def look_for_empty_teams(platform: Platform) -> None:
    await worker.leave_empty_teams(platform.tools, WORKER_SECRET)


async def references(who: Person) -> list[str]:
    return [item["reference"] for item in await worklist(who)]


async def leave_team(uma: Person, name: str, team: str) -> dict[str, Any]:
    member = (await people(uma))[name]["id"]
    sent = {"teamId": (await teams(uma))[team]["id"], "memberId": member}
    return await administer(uma, leaveTeam=sent)


@pytest.mark.parametrize(("successor", "gets_it"), [(None, "lcc-2"), ("Ella Invented", "lcc-1")])
async def test_what_the_last_of_a_team_leaves_goes_where_their_own_work_goes(
    platform: Platform, successor: str | None, gets_it: str
) -> None:
    case = await a_case_of_the_long_term_team(platform)
    uma, heir = await at_the_council(platform, "lcc-4", gets_it)
    assert await references(heir) == []
    known = await leaving(uma, "Greta Invented")
    assert known["functions"][0]["counts"]["cases"] == 1

    named = [chosen(known, CHILDREN, person=successor)] if successor else []
    payload = await end(uma, known, successors=named)

    assert payload["problem"] is None, payload
    assert [(one["to"], one["counts"]["cases"]) for one in payload["membership"]["handedOver"]] == [
        (successor or INTAKE, 1)
    ]
    assert await references(heir) == [case["reference"]]
    assert [one["name"] for one in (await seen(heir, case))["assignments"]] == [successor or INTAKE]


async def test_whoever_is_not_the_last_leaves_the_teams_work_to_the_team(platform: Platform) -> None:
    case = await a_case_of_the_long_term_team(platform)
    uma, viktor, farid = await at_the_council(platform, "lcc-4", "lcc-5", "lcc-2")
    place = {"teamId": (await teams(uma))[LONG_TERM]["id"], "memberId": (await people(uma))["Farid Invented"]["id"]}
    await agreed(uma, viktor, joinTeam=place | {"standing": "MANAGER"})

    payload = await end(uma, await leaving(uma, "Greta Invented"))

    assert (payload["problem"], payload["membership"]["handedOver"]) == (None, [])
    assert [one["name"] for one in (await seen(farid, case))["assignments"]] == [LONG_TERM]


async def test_the_last_place_in_a_team_goes_with_its_work(platform: Platform) -> None:
    case = await a_case_of_the_long_term_team(platform)
    uma, farid, greta = await at_the_council(platform, "lcc-4", "lcc-2", "lcc-3")

    payload = await leave_team(uma, "Greta Invented", LONG_TERM)

    assert payload["problem"] is None, payload
    assert (await references(farid), await references(greta)) == ([case["reference"]], [])
    (line,) = [line for line in await lines(uma) if line["act"] == "team.leave"]
    assert any(told.startswith("handed_over: ") and INTAKE in told for told in line["stateAfter"])
    await platform.deliver()
    assert [(one["from"], one["to"]) for one in await handed_over(farid)] == [("Greta Invented", INTAKE)]


async def test_nobody_leaves_the_intake_team_empty_while_something_waits_there(platform: Platform) -> None:
    await platform.set_clock(MAY)
    uma, ella, farid, school = await at_the_council(platform, "lcc-4", "lcc-1", "lcc-2", "eps-1")
    case = await seen(ella, await open_concern(school))
    assert (await leave_team(uma, "Farid Invented", INTAKE))["problem"] is None

    refused = await leave_team(uma, "Ella Invented", INTAKE)

    assert problem_of(refused) == ("Invalid", "last_in_team")
    assert await references(ella) == [case["reference"]]
    known = await leaving(uma, "Ella Invented")
    assert problem_of(await end(uma, known)) == ("Invalid", "no_successor")
    assert await references(ella) == [case["reference"]]
    payload = await end(uma, known, successors=[chosen(known, CHILDREN, person="Greta Invented")])
    assert payload["problem"] is None, payload
    (greta,) = await at_the_council(platform, "lcc-3")
    assert await references(greta) == [case["reference"]]
    assert await look(farid, case) is not None  # a colleague as before, through the agency


async def test_a_place_that_ends_by_its_date_leaves_nothing_behind(platform: Platform) -> None:
    case = await a_case_of_the_long_term_team(platform, until="2026-07-01")
    await platform.set_clock(LAST_EVENING)
    await look_for_empty_teams(platform)
    (farid,) = await at_the_council(platform, "lcc-2")
    assert await references(farid) == []

    await platform.set_clock(JULY)
    await look_for_empty_teams(platform)

    farid, uma = await at_the_council(platform, "lcc-2", "lcc-4")
    assert await references(farid) == [case["reference"]]
    (line,) = [line for line in await lines(uma) if line["act"] == "team.leave"]
    assert (line["actor"], line["subject"]) == ("Notice delivery", "Greta Invented")
    assert line["reason"] == "Nobody works in the team any more."


async def test_work_of_a_function_in_which_nobody_has_a_place_is_a_task_until_somebody_has(platform: Platform) -> None:
    await a_case_of_the_long_term_team(platform)
    for team in (LONG_TERM, INTAKE):
        await platform.admin.execute(GONE, team)
    await platform.set_clock(LATER)
    await look_for_empty_teams(platform)
    await look_for_empty_teams(platform)
    await platform.deliver()

    uma, viktor, farid = await at_the_council(platform, "lcc-4", "lcc-5", "lcc-2")
    found = await teams(uma)
    assert [found[team]["waitsForNobody"] for team in (LONG_TERM, INTAKE)] == [True, False]
    assert [task["title"] for task in await tasks(uma, "NOBODY_TAKES_OVER")] == [
        "Work of somebody whose access ended is nobody's"
    ]

    place = {"teamId": found[INTAKE]["id"], "memberId": (await people(uma))["Farid Invented"]["id"]}
    await agreed(uma, viktor, joinTeam=place | {"standing": "MEMBER"})
    await platform.set_clock(LATER.replace(":05", ":06"))
    await look_for_empty_teams(platform)

    assert len(await references(farid)) == 1
    (task,) = await tasks(uma, "NOBODY_TAKES_OVER")
    assert task["completion"]["note"] == "Somebody has it now."
    assert [team["waitsForNobody"] for team in (await teams(uma)).values() if team["function"] == CHILDREN] == [
        False,
        False,
    ]


async def test_nothing_is_given_to_a_team_in_which_nobody_works(platform: Platform) -> None:
    await a_case_of_the_long_term_team(platform)
    ella, school = await at_the_council(platform, "lcc-1", "eps-1")
    case = await seen(ella, await open_concern(school))
    team = await id_of(ella, team=LONG_TERM)
    await platform.admin.execute(GONE, LONG_TERM)
    await platform.set_clock(LATER)

    payload = await assign(ella, case, teamId=team)

    assert problem_of(payload) == ("Invalid", "not_in_your_agency")
    assert LONG_TERM not in [
        one["name"] for one in (await ella.ask("{ viewer { teams { name } } }"))["viewer"]["teams"]
    ]
    assert (await seen(ella, case))["assignments"] == case["assignments"]


async def test_only_administrators_and_governance_officers_read_the_teams(platform: Platform) -> None:
    ella, uma = await at_the_council(platform, "lcc-1", "lcc-4")
    assert await teams(ella) == {}
    assert {name: team["people"] for name, team in (await teams(uma)).items()}[INTAKE] == [
        "Ella Invented",
        "Farid Invented",
    ]
    looks = [(line["act"], line["verdict"]) for line in await lines(uma) if line["act"] == "teams.read"]
    assert sorted(looks) == [("teams.read", "READ"), ("teams.read", "REFUSED")]
