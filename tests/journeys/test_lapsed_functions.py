"""What ends by its own date: what is theirs goes to whoever stays, and where nobody can take over somebody is told."""

from typing import Any

import pytest

from tests.journeys.test_planned_ends import planned, work
from tests.world.administering import agreed, lines, people
from tests.world.leaving import live_assignments, orphans, taken_on
from tests.world.platform import Person, Platform
from tests.world.stories import inbox, worklist

pytestmark = pytest.mark.anyio

CHILDREN = "CHILDRENS_SERVICES"
MAY, LAST_EVENING, JULY = "2026-05-20T09:00+01:00", "2026-06-30T22:59:59+00:00", "2026-07-01T09:00+01:00"
# Abel, who answers for the council's looks, works in children's services until the end of June as well.
SECONDED = {"function": CHILDREN, "accessLevel": "PRACTITIONER", "until": "2026-07-01"}
INBOX = """{ notices { edges { node {
  id kind title isTask about { name } acknowledgement { name } completion { name note } } } } }"""
ACKNOWLEDGE = """mutation ($input: AcknowledgeNoticeInput!) { acknowledgeNotice(input: $input) {
  notice { acknowledgement { name } } problem { __typename } } }"""


async def at_the_council(platform: Platform, *subjects: str) -> list[Person]:
    return [await platform.sign_in(subject) for subject in subjects]


async def seconded_until_july(platform: Platform) -> dict[str, Any]:
    """Abel was given the function until a day from the start, and has one case; who he is to administrators."""
    await platform.set_clock(MAY)
    uma, viktor = await at_the_council(platform, "lcc-4", "lcc-5")
    abel = (await people(uma))["Abel Invented"]
    await agreed(uma, viktor, giveFunction=SECONDED | {"memberId": abel["id"]})
    ella, school = await at_the_council(platform, "lcc-1", "eps-1")
    await taken_on(ella, school, by="Abel Invented")
    assert await planned(uma) == []
    return abel


async def tasks(who: Person, kind: str) -> list[dict[str, Any]]:
    found = [edge["node"] for edge in (await who.ask(INBOX))["notices"]["edges"]]
    return [notice for notice in found if notice["kind"] == kind]


async def test_a_function_given_until_a_day_hands_over_on_that_day(platform: Platform) -> None:
    await seconded_until_july(platform)
    await platform.set_clock(LAST_EVENING)
    await work(platform)
    assert await live_assignments(platform, "lcc-ig") == 1

    await platform.set_clock(JULY)
    await work(platform)

    assert (await live_assignments(platform, "lcc-ig"), await orphans(platform)) == (0, 0)
    farid, uma = await at_the_council(platform, "lcc-2", "lcc-4")
    assert [item["reference"] for item in await worklist(farid)] != []
    done = [line for line in await lines(uma) if line["act"] == "function.end"]
    assert [(line["actor"], line["subject"], line["reason"]) for line in done] == [
        ("Notice delivery", "Abel Invented", "The function was given until this day.")
    ]
    assert any(told.startswith("handed_over: ") and "Duty and advice team" in told for told in done[0]["stateAfter"])
    await work(platform)
    assert len([line for line in await lines(uma) if line["act"] == "function.end"]) == 1


async def test_a_function_given_again_without_a_gap_keeps_what_is_theirs(platform: Platform) -> None:
    abel = await seconded_until_july(platform)
    uma, viktor = await at_the_council(platform, "lcc-4", "lcc-5")
    await agreed(uma, viktor, giveFunction=SECONDED | {"memberId": abel["id"], "since": "2026-07-01", "until": None})

    await platform.set_clock(JULY)
    await work(platform)

    assert await live_assignments(platform, "lcc-ig") == 1
    assert [line for line in await lines((await at_the_council(platform, "lcc-4"))[0]) if "end" in line["act"]] == []


async def nobody_else(platform: Platform) -> None:
    """Everybody else in children's services administers, and nobody is left in the duty team."""
    await platform.admin.execute(
        "UPDATE member_function SET access_level = 'administrator' WHERE function = 'childrens_services'"
        " AND member_id IN (SELECT id FROM member WHERE subject IN ('lcc-1', 'lcc-2', 'lcc-3'))"
    )


async def test_what_nobody_can_take_over_is_a_task_of_the_administrators_until_somebody_can(platform: Platform) -> None:
    abel = await seconded_until_july(platform)
    await nobody_else(platform)
    await platform.set_clock(JULY)
    await work(platform)
    await platform.deliver()
    await work(platform)
    await platform.deliver()

    uma, viktor = await at_the_council(platform, "lcc-4", "lcc-5")
    (task,) = await tasks(uma, "NOBODY_TAKES_OVER")
    assert (task["title"], task["isTask"]) == ("Work of somebody whose access ended is nobody's", True)
    assert [(one["name"], one["nobodyFor"]) for one in await planned(uma)] == [("Abel Invented", [CHILDREN])]
    assert await live_assignments(platform, "lcc-ig") == 1
    assert await tasks((await at_the_council(platform, "lcc-ig"))[0], "NOBODY_TAKES_OVER") == []

    await agreed(uma, viktor, giveFunction=SECONDED | {"memberId": abel["id"], "until": None})
    await work(platform)

    assert (await planned(uma), await live_assignments(platform, "lcc-ig")) == ([], 1)
    (task,) = await tasks(uma, "NOBODY_TAKES_OVER")
    assert task["completion"]["note"] == "They have the function again."
    assert task["completion"]["name"] == "The platform"


async def test_the_task_is_done_when_a_colleague_took_over(platform: Platform) -> None:
    await seconded_until_july(platform)
    await nobody_else(platform)
    await platform.set_clock(JULY)
    await work(platform)
    await platform.deliver()
    await platform.admin.execute(
        "UPDATE member_function SET access_level = 'practitioner' WHERE function = 'childrens_services'"
        " AND member_id IN (SELECT id FROM member WHERE subject = 'lcc-1')"
    )

    await work(platform)

    uma, ella = await at_the_council(platform, "lcc-4", "lcc-1")
    assert (await planned(uma), len(await worklist(ella))) == ([], 1)
    assert [task["completion"]["note"] for task in await tasks(uma, "NOBODY_TAKES_OVER")] == ["Somebody took over."]
    assert await tasks(ella, "NOBODY_TAKES_OVER") == []


async def test_colleagues_who_work_on_cases_are_neither_told_nor_sent_an_email(platform: Platform) -> None:
    await seconded_until_july(platform)
    await platform.admin.execute("UPDATE record SET restricted = true")  # so that only somebody named can have it
    await platform.set_clock(JULY)

    await work(platform)
    await platform.deliver()

    written = (
        "SELECT m.subject FROM notice_email e JOIN member m ON m.id = e.member_id JOIN notice n ON n.id = e.notice_id"
    )
    found = await platform.admin.fetch(f"{written} WHERE n.kind = 'nobody_takes_over' ORDER BY 1")
    assert [row["subject"] for row in found] == ["lcc-4", "lcc-5"]
    ella, farid, uma = await at_the_council(platform, "lcc-1", "lcc-2", "lcc-4")
    told = [await tasks(who, "NOBODY_TAKES_OVER") for who in (ella, farid, uma)]
    assert [len(one) for one in told] == [0, 0, 1]
    assert (await ella.do(ACKNOWLEDGE, noticeId=told[2][0]["id"]))["problem"]["__typename"] == "NotFound"


async def test_a_task_nobody_answers_goes_to_the_platforms_people(platform: Platform) -> None:
    await seconded_until_july(platform)
    await nobody_else(platform)
    await platform.set_clock(JULY)
    await work(platform)
    await platform.deliver()
    await platform.set_clock("2026-07-03T17:30+01:00")
    await work(platform)

    uma, alba = await at_the_council(platform, "lcc-4", "con-1")
    assert [notice["kind"] for notice in await inbox(uma)] == ["NOT_ANSWERED", "NOBODY_TAKES_OVER"]
    (raised,) = await tasks(alba, "NOT_ANSWERED_BY_TEAM")
    assert raised["about"]["name"] == "Leeds City Council"
    assert (await alba.do(ACKNOWLEDGE, noticeId=raised["id"]))["notice"]["acknowledgement"]["name"] == "Alba Invented"
    (task,) = await tasks(uma, "NOBODY_TAKES_OVER")
    assert task["acknowledgement"]["name"] == "The platform"


async def test_who_becomes_an_administrator_hands_over_what_is_theirs(platform: Platform) -> None:
    await platform.set_clock(MAY)
    ella, uma, viktor = await at_the_council(platform, "lcc-1", "lcc-4", "lcc-5")
    await taken_on(ella, await platform.sign_in("eps-1"))
    rise = {
        "memberId": (await people(uma))["Ella Invented"]["id"],
        "function": CHILDREN,
        "accessLevel": "ADMINISTRATOR",
    }

    await agreed(uma, viktor, changeLevel=rise)

    assert (await live_assignments(platform, "lcc-1"), await orphans(platform)) == (0, 0)
