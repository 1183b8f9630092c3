"""A whole agency stops doing something: never at once over open work, and what is left on the day is a task."""

import pytest

from tests.journeys.test_lapsed_functions import CHILDREN, tasks
from tests.journeys.test_onboarding_an_agency import agency_id
from tests.journeys.test_planned_ends import work
from tests.world.administering import administer, agreed, lines, problem_of, rights
from tests.world.leaving import live_assignments, taken_on
from tests.world.platform import Person, Platform
from tests.world.stories import inbox, worklist

pytestmark = pytest.mark.anyio
WEDNESDAY, FRIDAY = "2026-06-24T12:00+01:00", "2026-06-27T09:00+01:00"


async def council(platform: Platform) -> tuple[Person, Person, Person, str]:
    """Ella has a case; an administrator of the platform, and the council as they know it."""
    await platform.set_clock(WEDNESDAY)
    ella, farid, alba = [await platform.sign_in(who) for who in ("lcc-1", "lcc-2", "con-1")]
    await taken_on(ella, await platform.sign_in("eps-1"))
    return ella, farid, alba, await agency_id(alba, "Leeds City Council")


async def test_a_function_does_not_end_at_once_over_open_work(platform: Platform) -> None:
    ella, _, alba, leeds = await council(platform)
    before = await rights(platform)
    waiting = await platform.admin.fetchval("SELECT count(*) FROM outbox")

    for day in ({}, {"on": "2026-06-24"}):
        payload = await administer(alba, endAgencyFunction={"agencyId": leeds, "function": CHILDREN} | day)
        assert problem_of(payload) == ("Conflict", "OPEN_WORK")
        assert payload["problem"]["message"] == "Something is still open in this function (cases: 1)."

    assert await rights(platform) == before
    assert await platform.admin.fetchval("SELECT count(*) FROM outbox") == waiting
    assert len(await worklist(ella)) == 1
    refused = [line for line in await lines(alba) if line["verdict"] == "REFUSED"]
    assert {(line["act"], line["reason"]) for line in refused} == {("agency_function.end", "open_work: cases: 1")}


async def test_with_a_day_to_come_its_managers_are_told_and_go_on_until_then(platform: Platform) -> None:
    _, farid, alba, leeds = await council(platform)
    ends = {"agencyId": leeds, "function": CHILDREN, "on": "2026-06-27"}

    assert (await administer(alba, endAgencyFunction=ends))["done"]
    await platform.deliver()

    told = [notice for notice in await inbox(farid) if notice["kind"] == "AGENCY_FUNCTION_ENDS"]
    assert [notice["title"] for notice in told] == ["A function of your agency ends on a day that is set"]
    viewer = (await farid.ask("{ viewer { functions { function until } } }"))["viewer"]
    assert viewer["functions"] == [{"function": CHILDREN, "until": "2026-06-27"}]
    await platform.set_clock("2026-06-26T22:59:59+00:00")
    assert len(await worklist(await platform.sign_in("lcc-1"))) == 1


async def test_what_is_left_on_the_day_is_a_task_of_the_platform_and_nobody_sees_it_meanwhile(
    platform: Platform,
) -> None:
    ella, _, alba, leeds = await council(platform)
    ends = {"agencyId": leeds, "function": CHILDREN, "on": "2026-06-27"}
    assert (await administer(alba, endAgencyFunction=ends))["done"]
    await platform.set_clock(FRIDAY)
    assert (await ella.post("{ viewer { name } }")).status_code == 401
    await work(platform)
    await work(platform)
    await platform.deliver()

    alba, boris = await platform.sign_in("con-1"), await platform.sign_in("con-2")
    (task,) = await tasks(alba, "WORK_LEFT_BEHIND")
    assert (task["about"]["name"], task["isTask"]) == ("Leeds City Council", True)
    (line, planned) = [line for line in await lines(alba) if line["act"] == "agency_function.end"]
    assert (line["actor"], planned["actor"]) == ("Notice delivery", "Alba Invented")
    assert "left_open: cases: 1" in line["stateAfter"]
    assert await live_assignments(platform, "lcc-1") == 1

    await agreed(alba, boris, giveAgencyFunction={"agencyId": leeds, "function": CHILDREN, "since": "2026-06-28"})
    await platform.set_clock("2026-06-28T09:00+01:00")
    assert len(await worklist(await platform.sign_in("lcc-1"))) == 1, "given back, its people go on where they were"


async def test_a_function_that_an_agency_was_given_until_a_day_ends_the_same_way(platform: Platform) -> None:
    await platform.set_clock(WEDNESDAY)
    alba, boris = await platform.sign_in("con-1"), await platform.sign_in("con-2")
    school = await agency_id(alba, "Example Park School")
    pilot = {"agencyId": school, "function": "HEALTH", "since": "2026-06-25", "until": "2026-06-27"}
    await agreed(alba, boris, giveAgencyFunction=pilot)

    await platform.set_clock(FRIDAY)
    await work(platform)
    await platform.deliver()

    alba = await platform.sign_in("con-1")
    ended = [line for line in await lines(alba) if line["act"] == "agency_function.end"]
    assert [(line["agency"], line["reason"]) for line in ended] == [("Example Park School", "Its last day is over.")]
    assert await tasks(alba, "WORK_LEFT_BEHIND") == [], "nothing was open in it"


async def test_what_came_in_at_the_very_moment_of_an_end_is_told_as_well(platform: Platform) -> None:
    await council(platform)
    await platform.admin.execute(
        "UPDATE agency_function SET valid_until = london_today(), ended_at = moment() WHERE function = $1"
        " AND agency_id = (SELECT id FROM agency WHERE code = 'leeds-city-council')",
        CHILDREN.lower(),
    )

    await work(platform)
    await platform.deliver()

    (task,) = await tasks(await platform.sign_in("con-1"), "WORK_LEFT_BEHIND")
    assert task["about"]["name"] == "Leeds City Council"
