"""A council officer changes jobs with 14 cases, 6 open actions and 2 unanswered requests: nothing is orphaned."""

from typing import Any

import pytest

from tests.world.actions import agreed, give, open_actions, report
from tests.world.administering import agreed as proposal_agreed
from tests.world.administering import problem_of
from tests.world.forms import adult_referral
from tests.world.leaving import chosen, end, handed_over, leaving, live_assignments, orphans, taken_on
from tests.world.meetings import convened, opened
from tests.world.platform import Person, Platform
from tests.world.requests import act, asked, waiting
from tests.world.stories import id_of, look, refer, worklist

pytestmark = pytest.mark.anyio

CHILDREN, COUNCIL = "CHILDRENS_SERVICES", "Leeds City Council"
CASES, MEETINGS, ACTIONS, REQUESTS = 14, 2, 6, 2
HELD = """SELECT count(*) FROM action_charge h JOIN member m ON m.id = h.member_id
          WHERE m.subject = $1 AND h.until_at IS NULL"""


async def an_officer_with_everything(platform: Platform) -> tuple[Person, list[dict[str, Any]], list[dict[str, Any]]]:
    """Ella with fourteen cases; six actions of meetings and two requests of a force are in her hands."""
    school, ella = await platform.sign_in("eps-1"), await platform.sign_in("lcc-1")
    cases = [await taken_on(ella, school) for _ in range(CASES)]
    me, known = await id_of(ella), []
    for case in cases[:MEETINGS]:
        meeting = await opened(ella, await convened(ella, case))
        for number in range(ACTIONS // MEETINGS):
            entry = await agreed(ella, meeting, f"Visit {number}.", COUNCIL, CHILDREN, "2026-12-01")
            given = await give(ella, {"id": entry["id"], "meetingId": meeting["id"]}, memberId=me)
            assert given["problem"] is None, given
            known.append(given["action"])
    await _two_requests(platform, ella)
    return ella, cases, known


async def _two_requests(platform: Platform, ella: Person) -> None:
    asha = await platform.sign_in("wyp-1")
    other = await refer(asha, adult_referral())
    for _ in range(REQUESTS):
        request = await asked(platform, asha, other, ("leeds-city-council", CHILDREN))
        given = await act(ella, "AssignRequest", **request, memberId=await id_of(ella), reason="Knows the family.")
        assert given["problem"] is None, given


async def test_cases_actions_and_requests_go_to_a_named_colleague_in_one_act(platform: Platform) -> None:
    _, cases, actions = await an_officer_with_everything(platform)
    greta, uma = await platform.sign_in("lcc-3"), await platform.sign_in("lcc-4")
    counts = {"cases": CASES, "notifications": 0, "tasks": 0, "requests": REQUESTS, "actions": ACTIONS}
    known = await leaving(uma, "Ella Invented")
    assert [one["counts"] for one in known["functions"]] == [counts]
    assert await open_actions(greta) == []

    payload = await end(uma, known, successors=[chosen(known, CHILDREN, person="Greta Invented")])

    assert payload["problem"] is None, payload
    assert payload["membership"]["handedOver"] == [{"function": CHILDREN, "to": "Greta Invented", "counts": counts}]
    hers = await open_actions(greta, scope="ASSIGNED", heldBy=await id_of(greta))
    assert {one["id"] for one in hers} == {one["id"] for one in actions}
    assert {one["reference"] for one in await worklist(greta)} == {case["reference"] for case in cases}
    left = [
        await live_assignments(platform, "lcc-1"),
        await orphans(platform),
        await platform.admin.fetchval(HELD, "lcc-1"),
    ]
    assert left == [0, 0, 0]
    assert (await report(greta, hers[0], "DONE", "Visited."))["problem"] is None
    await platform.deliver()
    assert [one["counts"] for one in await handed_over(greta)] == [counts]


async def test_without_a_name_the_actions_go_to_the_intake_team_like_the_cases(platform: Platform) -> None:
    await an_officer_with_everything(platform)
    farid, uma = await platform.sign_in("lcc-2"), await platform.sign_in("lcc-4")

    payload = await end(uma, await leaving(uma, "Ella Invented"))

    assert payload["problem"] is None, payload
    held = {one["holder"]["name"] for one in await open_actions(farid, scope="ASSIGNED")}
    assert held == {"Duty and advice team"}


async def test_what_is_done_is_not_handed_over(platform: Platform) -> None:
    ella, _, actions = await an_officer_with_everything(platform)
    for action in actions[:2]:
        assert (await report(ella, action, "DONE"))["problem"] is None

    known = await leaving(await platform.sign_in("lcc-4"), "Ella Invented")

    assert known["functions"][0]["counts"]["actions"] == ACTIONS - 2


async def test_a_refused_end_leaves_every_action_where_it_was(platform: Platform) -> None:
    await an_officer_with_everything(platform)
    ella, uma = await platform.sign_in("lcc-1"), await platform.sign_in("lcc-4")
    known = await leaving(uma, "Ella Invented")
    herself = {"function": CHILDREN, "memberId": await id_of(ella)}

    assert problem_of(await end(uma, known, successors=[herself])) == ("Invalid", "unfit_successor")

    assert await platform.admin.fetchval(HELD, "lcc-1") == ACTIONS
    assert len(await open_actions(ella, heldBy=await id_of(ella))) == ACTIONS
    assert await platform.admin.fetchval("SELECT count(*) FROM handover") == 0


async def test_in_her_new_job_she_is_somebody_new_and_brings_nothing_along(platform: Platform) -> None:
    _, cases, actions = await an_officer_with_everything(platform)
    uma, ravi, sana = [await platform.sign_in(who) for who in ("lcc-4", "wyp-5", "wyp-6")]
    newcomer = {"provider": "west-yorkshire-police", "subject": "wyp-7", "name": "Ella Invented",
                "function": "FIRST_RESPONDER", "accessLevel": "PRACTITIONER"}  # fmt: skip

    assert (await end(uma, await leaving(uma, "Ella Invented")))["problem"] is None
    await proposal_agreed(ravi, sana, addMember=newcomer)
    again = await platform.sign_in("wyp-7")

    assert (await worklist(again), await open_actions(again)) == ([], [])
    theirs = {case["reference"] for case in await worklist(again, "AGENCY")}  # what the force has anyway
    assert theirs.isdisjoint(case["reference"] for case in cases)
    assert await waiting(again) == []
    assert [await look(again, case) for case in cases[:2]] == [None, None]
    assert (await report(again, actions[0], "DONE"))["problem"]["__typename"] == "NotFound"
