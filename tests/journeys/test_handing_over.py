"""What goes to whom when somebody leaves: bars, restricted records, tasks in hand, notifications, closed cases."""

import pytest

from tests.world.administering import problem_of
from tests.world.leaving import chosen, end, handed_over, leaving, live_assignments, orphans, taken_on
from tests.world.platform import Platform
from tests.world.stories import close, inbox, open_concern, seen, worklist

pytestmark = pytest.mark.anyio

CHILDREN = "CHILDRENS_SERVICES"
ACKNOWLEDGE = """mutation ($input: AcknowledgeNoticeInput!) { acknowledgeNotice(input: $input) {
  notice { acknowledgement { name } } problem { __typename } } }"""
BAR = """INSERT INTO access_bar (record_id, member_id, reason, from_at)
    SELECT r.id, m.id, 'Is known', '2020-01-01' FROM record r, member m WHERE r.reference = $1 AND m.subject = $2"""


async def test_a_case_from_which_the_successor_is_barred_goes_to_the_intake_team(platform: Platform) -> None:
    school, ella, greta = [await platform.sign_in(who) for who in ("eps-1", "lcc-1", "lcc-3")]
    farid, uma = [await platform.sign_in(who) for who in ("lcc-2", "lcc-4")]
    barred, other = await taken_on(ella, school), await taken_on(ella, school)
    await platform.admin.execute(BAR, barred["reference"], "lcc-3")

    known = await leaving(uma, "Ella Invented")
    payload = await end(uma, known, successors=[chosen(known, CHILDREN, person="Greta Invented")])

    assert [(one["to"], one["counts"]["cases"]) for one in payload["membership"]["handedOver"]] == [
        ("Duty and advice team", 1),
        ("Greta Invented", 1),
    ]
    assert {item["reference"] for item in await worklist(greta)} == {other["reference"]}
    assert {item["reference"] for item in await worklist(farid)} == {barred["reference"]}
    assert await orphans(platform) == 0


async def test_a_restricted_case_goes_to_a_named_person_or_the_end_is_refused(platform: Platform) -> None:
    school, ella, greta, uma = [await platform.sign_in(who) for who in ("eps-1", "lcc-1", "lcc-3", "lcc-4")]
    case = await taken_on(ella, school)
    await platform.admin.execute("UPDATE record SET restricted = true WHERE reference = $1", case["reference"])
    known = await leaving(uma, "Ella Invented")

    assert problem_of(await end(uma, known)) == ("Invalid", "no_successor")
    to_team = await end(uma, known, successors=[chosen(known, CHILDREN, team="Duty and advice team")])
    assert problem_of(to_team) == ("Invalid", "barred_successor")
    assert await live_assignments(platform, "lcc-1") == 1

    payload = await end(uma, known, successors=[chosen(known, CHILDREN, person="Greta Invented")])

    assert payload["problem"] is None, payload
    assert [item["reference"] for item in await worklist(greta)] == [case["reference"]]


async def test_a_closed_case_goes_to_nobody(platform: Platform) -> None:
    officer, ravi = await platform.sign_in("wyp-1"), await platform.sign_in("wyp-5")
    await close(officer, await open_concern(officer))
    assert await live_assignments(platform, "wyp-1") == 1

    payload = await end(ravi, await leaving(ravi, "PC Asha Invented"))

    assert (payload["problem"], payload["membership"]["handedOver"]) == (None, [])
    assert await live_assignments(platform, "wyp-1") == 0


@pytest.mark.parametrize("successor", ["a person", "a team"])
async def test_a_task_in_hand_goes_to_the_successor(platform: Platform, successor: str) -> None:
    line = await platform.sign_in("eps-1")
    ella, greta, uma = [await platform.sign_in(who) for who in ("lcc-1", "lcc-3", "lcc-4")]
    await open_concern(line)
    await platform.deliver()
    notice = (await inbox(ella))[0]
    await platform.admin.execute("UPDATE notice_step SET awaits = 'completion', outcome = NULL, ended_at = NULL")
    assert (await ella.do(ACKNOWLEDGE, noticeId=notice["id"]))["problem"] is None
    known = await leaving(uma, "Ella Invented")
    assert known["functions"][0]["counts"]["tasks"] == 1

    named = {"person": "Greta Invented"} if successor == "a person" else {"team": "Duty and advice team"}
    payload = await end(uma, known, successors=[chosen(known, CHILDREN, **named)])

    assert payload["membership"]["handedOver"][0]["counts"] == {
        "cases": 0,
        "notifications": 0,
        "tasks": 1,
        "requests": 0,
        "actions": 0,
    }
    holder = "SELECT m.display_name FROM notice_acknowledgement k JOIN member m ON m.id = k.member_id"
    assert await platform.admin.fetchval(holder) == ("Greta Invented" if successor == "a person" else None)
    await platform.deliver()
    assert len(await handed_over(greta)) == (1 if successor == "a person" else 0)


async def test_a_successor_who_has_the_case_already_has_it_once(platform: Platform) -> None:
    school, ella, greta, uma = [await platform.sign_in(who) for who in ("eps-1", "lcc-1", "lcc-3", "lcc-4")]
    case = await taken_on(ella, school)
    await platform.admin.execute(
        "INSERT INTO assignment (record_id, involvement_id, agency_id, function, member_id, reason, given_by, from_at)"
        " SELECT a.record_id, a.involvement_id, a.agency_id, a.function, m.id, 'Helps', m.id, a.from_at"
        " FROM assignment a, member m WHERE m.subject = 'lcc-3' AND a.until_at IS NULL AND a.member_id IS NOT NULL"
        " AND a.agency_id = m.agency_id"
    )
    known = await leaving(uma, "Ella Invented")

    await end(uma, known, successors=[chosen(known, CHILDREN, person="Greta Invented")])

    assert [(one["name"], one["reason"]) for one in (await seen(greta, case))["assignments"]] == [
        ("Greta Invented", "Helps")
    ]
