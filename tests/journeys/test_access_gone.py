"""Restricted, barred or ended: for whoever is kept out there is no case, from the next read on."""

from typing import Any

import pytest

from tests.journeys.test_need_to_know import is_open
from tests.world.forms import adult_referral
from tests.world.platform import Person, Platform
from tests.world.stories import LOOK, NOTICES, WORKLIST, assign, id_of, look, refer, seen, told, worklist

pytestmark = pytest.mark.anyio

ABSENT = {"reference": "C-2222-22229"}


async def _restrict(platform: Platform, case: dict[str, Any]) -> None:
    await platform.admin.execute("UPDATE record SET restricted = true WHERE reference = $1", case["reference"])


async def test_a_restricted_case_is_absent_for_all_but_its_named_readers(platform: Platform) -> None:
    officer = await platform.sign_in("wyp-1")
    case = await refer(officer, adult_referral(supportPlan={"wanted": False}))
    await platform.deliver()
    others = [await platform.sign_in(who) for who in ("wyp-2", "wyp-4", "sca-1", "sca-2", "wyp-3")]
    assert all([await look(who, case) for who in others])

    await _restrict(platform, case)

    assert await is_open(officer, case)
    assert [item["reference"] for item in await worklist(officer)] == [case["reference"]]
    for who in others:
        await _is_absent(who, case)


async def _is_absent(who: Person, case: dict[str, Any]) -> None:
    """By reference, in both worklists and in the inbox: nothing, in the bytes of nothing."""
    hidden, absent = [told(await who.post(LOOK, {"reference": one["reference"]})) for one in (case, ABSENT)]
    assert hidden == absent
    assert hidden[1] == b'{"data":{"case":null}}'
    for scope in ("ASSIGNED", "AGENCY"):
        page = (await who.ask(WORKLIST, scope=scope, first=1))["worklist"]
        assert page == {"edges": [], "pageInfo": {"hasNextPage": False, "endCursor": None}}
    assert (await who.ask(NOTICES, first=1))["notices"] == {
        "edges": [],
        "pageInfo": {"hasNextPage": False, "endCursor": None},
    }
    problem = (await assign(who, case | {"assignmentVersion": 1}, memberId=await id_of(who)))["problem"]
    assert problem["__typename"] == "NotFound"


@pytest.mark.parametrize("barred", ["person", "agency"])
async def test_a_bar_makes_a_case_absent_everywhere(platform: Platform, barred: str) -> None:
    officer, decider = await platform.sign_in("wyp-1"), await platform.sign_in("sca-1")
    manager = await platform.sign_in("sca-2")
    case = await refer(officer)
    await platform.deliver()
    assert await is_open(decider, case)
    assert await is_open(manager, case)

    column = "member_id" if barred == "person" else "agency_id"
    await platform.admin.execute(
        f"INSERT INTO access_bar (record_id, {column}, reason, from_at) SELECT r.id, m.{column}, 'Is known', "
        "'2020-01-01' FROM record r, (SELECT id AS member_id, agency_id FROM member WHERE subject = 'sca-1') m "
        "WHERE r.reference = $1",
        case["reference"],
    )

    await _is_absent(decider, case)
    assert await is_open(officer, case)
    if barred == "person":
        assert await is_open(manager, case)
    else:
        await _is_absent(manager, case)


@pytest.mark.parametrize(
    ("ending", "answer"),
    [
        ("UPDATE team_membership SET until_at = moment() WHERE member_id = $1", "a colleague's"),
        ("UPDATE member_function SET valid_until = london_today() WHERE member_id = $1", "no session"),
        ("UPDATE session SET ended_at = moment() WHERE member_id = $1", "no session"),
        ("UPDATE session SET expires_at = moment() WHERE member_id = $1", "no session"),
        ("UPDATE member_function SET access_level = 'administrator' WHERE member_id = $1", "nothing"),
    ],
)
async def test_what_ends_ends_at_the_next_read(platform: Platform, ending: str, answer: str) -> None:
    decider, officer = await platform.sign_in("sca-1"), await platform.sign_in("wyp-1")
    case, _, _ = [await refer(officer) for _ in range(3)]
    await platform.deliver()
    assert await is_open(decider, case)

    member = await platform.admin.fetchval("SELECT id FROM member WHERE subject = 'sca-1'")
    await platform.admin.execute(ending, member)

    if answer == "no session":
        response = await decider.post(LOOK, {"reference": case["reference"]})
        assert response.status_code == 401
        assert "data" not in response.json()
    elif answer == "nothing":
        await _is_absent(decider, case)
    else:
        assert (await seen(decider, case))["identity"]["reason"] == "NOT_ASSIGNED_TO_YOU"
        assert await worklist(decider) == []


async def test_signing_out_ends_access(platform: Platform) -> None:
    officer = await platform.sign_in("wyp-1")
    case = await refer(officer)
    secret = officer.secret

    await officer.sign_out()

    browser = platform.browser()
    browser.cookies.set("concordat", secret)
    response = await Person(browser).post(LOOK, {"reference": case["reference"]})
    assert response.status_code == 401
    assert response.json()["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
