"""What ends with a last day: access at that midnight in London, however late the worker; then it is handed over."""

from typing import Any

import pytest

from services.notices import worker
from tests.contract.storyteller import OPERATIONS
from tests.world.administering import administer, agreed, lines, people, problem_of, propose
from tests.world.leaving import chosen, end, handed_over, leaving, live_assignments, orphans, taken_on
from tests.world.platform import Person, Platform
from tests.world.stories import worklist
from tests.world.template import WORKER_SECRET

pytestmark = pytest.mark.anyio

CHILDREN = "CHILDRENS_SERVICES"
PLANNED = OPERATIONS["ListPlannedEnds"].query
NOON, AFTER, BEFORE = "2026-06-24T12:00+01:00", "2026-06-26T23:00+00:00", "2026-06-26T22:59:59+00:00"
FRIDAY = "2026-06-26"
SHORT = """
    WITH her AS (SELECT id FROM member WHERE subject = $1), places AS (
        UPDATE team_membership SET until_at = '2026-06-26T23:00Z' WHERE member_id = (SELECT id FROM her)
    ) UPDATE member_function SET valid_until = '2026-06-27' WHERE member_id = (SELECT id FROM her)
"""


async def work(platform: Platform) -> None:
    await worker.run_errands(platform.tools, WORKER_SECRET, None)


async def at_the_council(platform: Platform, *subjects: str) -> list[Person]:
    """A Wednesday; Ella has a case."""
    await platform.set_clock(NOON)
    cast = [await platform.sign_in(subject) for subject in ("lcc-1", *subjects)]
    await taken_on(cast[0], await platform.sign_in("eps-1"))
    return cast


async def planned(who: Person) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await who.ask(PLANNED))["plannedEnds"]
    return found


async def ella_leaves_on_friday(uma: Person, **content: Any) -> dict[str, Any]:
    known = await leaving(uma, "Ella Invented")
    successors = [chosen(known, CHILDREN, person="Greta Invented")]
    return await uma.do(
        OPERATIONS["EndMembership"].query,
        **{
            "memberId": known["memberId"],
            "expectedVersion": known["version"],
            "reason": "Has another post.",
            "successors": successors,
            "lastDay": FRIDAY,
        }
        | content,
    )


async def test_access_ends_at_midnight_in_london_and_the_worker_hands_over_later(platform: Platform) -> None:
    ella, greta, uma = await at_the_council(platform, "lcc-3", "lcc-4")
    payload = await ella_leaves_on_friday(uma)
    assert (payload["problem"], payload["membership"]) == (None, None)
    shown: dict[str, Any] = {
        "name": "Ella Invented",
        "function": None,
        "lastDay": FRIDAY,
        "plannedBy": "Uma Invented",
        "nobodyFor": [],
    }
    assert shown.items() <= payload["planned"].items()
    assert (await planned(uma), await planned(ella)) == ([payload["planned"]], [])
    await work(platform)
    await platform.set_clock(BEFORE)
    ella = await platform.sign_in("lcc-1")
    assert len(await worklist(ella)) == 1

    await platform.set_clock(AFTER)  # and the worker is late

    assert (await ella.post("{ viewer { name } }")).status_code == 401
    with pytest.raises(AssertionError):
        await platform.sign_in("lcc-1")
    assert await live_assignments(platform, "lcc-1") == 1
    await work(platform)
    await work(platform)
    assert (await live_assignments(platform, "lcc-1"), await orphans(platform)) == (0, 0)
    greta, uma = await platform.sign_in("lcc-3"), await platform.sign_in("lcc-4")
    assert len(await worklist(greta)) == 1
    await platform.deliver()
    assert [one["from"] for one in await handed_over(greta)] == ["Ella Invented"]
    told = [(line["act"], line["actor"]) for line in await lines(uma) if line["subject"] == "Ella Invented"]
    assert told[0] == ("membership.end", "Notice delivery")
    assert ("membership.plan_end", "Uma Invented") in told
    assert await planned(uma) == []


async def test_the_ledger_tells_the_planned_day_even_where_nothing_else_changes(platform: Platform) -> None:
    _, uma = await at_the_council(platform, "lcc-4")
    await platform.admin.execute(SHORT, "lcc-1")  # all she has ends on that day anyway
    assert (await ella_leaves_on_friday(uma, successors=[]))["problem"] is None
    (line,) = [line for line in await lines(uma) if line["act"] == "membership.plan_end"]
    told = set(line["stateAfter"]) ^ set(line["stateBefore"])
    assert told == {"planned_ends: everything, on 2026-06-27"}
    assert told <= set(line["stateAfter"])


async def test_an_end_is_brought_forward_by_one_and_never_put_off_by_one(platform: Platform) -> None:
    ella, uma = await at_the_council(platform, "lcc-4")
    assert (await ella_leaves_on_friday(uma))["problem"] is None

    assert problem_of(await ella_leaves_on_friday(uma, lastDay="2026-06-27")) == ("Conflict", "POSTPONED")
    sooner = await ella_leaves_on_friday(uma, lastDay="2026-06-24", successors=[])
    assert sooner["planned"]["lastDay"] == "2026-06-24"
    assert [one["lastDay"] for one in await planned(uma)] == ["2026-06-24"]
    await platform.set_clock("2026-06-24T23:00+00:00")
    assert (await ella.post("{ viewer { name } }")).status_code == 401


async def test_two_cancel_an_end_and_everything_lasts_as_long_as_before(platform: Platform) -> None:
    _, uma, viktor = await at_the_council(platform, "lcc-4", "lcc-5")
    before = (await people(uma))["Ella Invented"]
    assert (await ella_leaves_on_friday(uma))["problem"] is None
    assert (await people(uma))["Ella Invented"]["functions"][0]["until"] == "2026-06-27"
    given = {"memberId": before["id"], "function": "FIRST_RESPONDER", "accessLevel": "PRACTITIONER"}
    assert problem_of(await propose(uma, giveFunction=given)) == ("Conflict", "ENDS_SOON")

    await agreed(uma, viktor, cancelEnd={"memberId": before["id"]})

    assert (await people(uma))["Ella Invented"] == before
    assert await planned(uma) == []
    assert problem_of(await propose(uma, cancelEnd={"memberId": before["id"]})) == ("Conflict", "NOT_HELD")
    await platform.set_clock(AFTER)
    await work(platform)
    assert len(await worklist(await platform.sign_in("lcc-1"))) == 1


async def test_who_left_meanwhile_gets_nothing_and_the_intake_team_does(platform: Platform) -> None:
    _, uma = await at_the_council(platform, "lcc-4")
    assert (await ella_leaves_on_friday(uma))["problem"] is None
    assert (await end(uma, await leaving(uma, "Greta Invented")))["problem"] is None

    await platform.set_clock(AFTER)
    await work(platform)

    assert (await live_assignments(platform, "lcc-1"), await orphans(platform)) == (0, 0)
    assert await live_assignments(platform, "lcc-3") == 0


async def test_what_nobody_can_take_over_stays_and_is_told_until_somebody_can(platform: Platform) -> None:
    _, uma = await at_the_council(platform, "lcc-4")
    assert (await ella_leaves_on_friday(uma))["problem"] is None
    others = """UPDATE member_function SET access_level = $1
        WHERE member_id IN (SELECT id FROM member WHERE subject = ANY($2))"""
    await platform.admin.execute(others, "administrator", ["lcc-2", "lcc-3"])
    await platform.set_clock(AFTER)
    await work(platform)
    uma = await platform.sign_in("lcc-4")
    assert [one["nobodyFor"] for one in await planned(uma)] == [[CHILDREN]]
    assert await live_assignments(platform, "lcc-1") == 1

    await platform.admin.execute(others, "practitioner", ["lcc-3"])
    await work(platform)

    assert (await planned(uma), await live_assignments(platform, "lcc-1")) == ([], 0)
    assert await live_assignments(platform, "lcc-3") == 1


async def test_ending_it_now_overtakes_what_was_planned(platform: Platform) -> None:
    ella, uma = await at_the_council(platform, "lcc-4")
    await ella_leaves_on_friday(uma)
    assert (await end(uma, await leaving(uma, "Ella Invented")))["problem"] is None

    assert (await planned(uma), (await ella.post("{ viewer { name } }")).status_code) == ([], 401)
    await platform.set_clock(AFTER)
    await work(platform)
    assert [line["act"] for line in await lines(await platform.sign_in("lcc-4"))].count("membership.end") == 1


async def test_only_an_administrator_of_the_agency_plans_and_reads(platform: Platform) -> None:
    ella, uma, ravi = await at_the_council(platform, "lcc-4", "wyp-5")
    known = await leaving(uma, "Ella Invented")
    sent = {"memberId": known["memberId"], "expectedVersion": known["version"], "reason": "Why.", "lastDay": FRIDAY}
    kinds = [problem_of(await who.do(OPERATIONS["EndMembership"].query, **sent))[0] for who in (ella, ravi)]

    assert kinds == ["Refused", "NotFound"]
    past = await ella_leaves_on_friday(uma, lastDay="2026-06-22")
    assert problem_of(past) == ("Invalid", "begins_in_the_past")
    assert (await planned(ravi), await planned(uma)) == ([], [])
    assert (await leaving(uma, "Ella Invented"))["version"] == known["version"]


# ── One function ─────────────────────────────────────────────────────────────────────────────────────────────────


async def test_one_function_that_ends_hands_over_what_is_theirs_in_it(platform: Platform) -> None:
    ella, greta, uma = await at_the_council(platform, "lcc-3", "lcc-4")
    known = await leaving(uma, "Ella Invented")
    named = {
        name: part for name, part in chosen(known, CHILDREN, person="Greta Invented").items() if name != "function"
    }
    ends = {"memberId": known["memberId"], "function": CHILDREN}

    himself = await administer(uma, endFunction=ends | {"successor": {"memberId": known["memberId"]}})
    assert problem_of(himself) == ("Invalid", "unfit_successor")
    assert problem_of(await administer(uma, endFunction=ends | {"successor": {}})) == ("Invalid", "one_of")
    assert len(await worklist(ella)) == 1
    assert (await administer(uma, endFunction=ends | {"successor": named}))["done"]

    assert (await ella.post("{ viewer { name } }")).status_code == 401
    assert (await live_assignments(platform, "lcc-1"), await orphans(platform)) == (0, 0)
    assert len(await worklist(greta)) == 1
    line = next(line for line in await lines(uma) if line["act"] == "function.end" and line["verdict"] == "DONE")
    assert any(told.startswith("handed_over: ") and "Greta Invented" in told for told in line["stateAfter"])
    (look,) = [line for line in await platform.ledger() if line["verdict"] == "handed_over"]
    assert look["act"] == "function.end"


async def test_a_function_whose_work_would_be_nobodys_does_not_end(platform: Platform) -> None:
    ella, uma = await at_the_council(platform, "lcc-4")
    await platform.admin.execute("UPDATE team_membership SET until_at = moment() WHERE standing = 'manager'")
    ends = {"memberId": (await people(uma))["Ella Invented"]["id"], "function": CHILDREN}

    assert problem_of(await administer(uma, endFunction=ends)) == ("Invalid", "no_successor")
    assert problem_of(await administer(uma, endFunction=ends | {"on": "2026-06-27"})) == ("Invalid", "no_successor")
    assert (len(await worklist(ella)), await planned(uma)) == (1, [])


async def test_a_function_that_ends_on_a_day_is_handed_over_by_the_worker(platform: Platform) -> None:
    ella, uma = await at_the_council(platform, "lcc-4")
    ends = {"memberId": (await people(uma))["Ella Invented"]["id"], "function": CHILDREN, "on": "2026-06-27"}
    assert (await administer(uma, endFunction=ends))["done"]
    assert [(one["function"], one["lastDay"]) for one in await planned(uma)] == [(CHILDREN, FRIDAY)]

    await platform.set_clock(AFTER)
    assert (await ella.post("{ viewer { name } }")).status_code == 401
    await work(platform)

    assert (await live_assignments(platform, "lcc-1"), await orphans(platform)) == (0, 0)
    assert await planned(await platform.sign_in("lcc-4")) == []
