"""Need to know: inside an agency a case is open to those it is assigned to, and to nobody by rank alone."""

from typing import Any

import pytest

from tests.world.forms import adult_referral
from tests.world.platform import Person, Platform
from tests.world.stories import (
    FROM_THE_PAST,
    LOOK,
    NOTICES,
    WORKLIST,
    assign,
    counted,
    id_of,
    inbox,
    look,
    open_concern,
    raw_id,
    refer,
    refer_from,
    seen,
    told,
    worklist,
)

pytestmark = pytest.mark.anyio

ABSENT = {"reference": "C-2222-22229"}


async def _is_open(who: Person, case: dict[str, Any]) -> bool:
    view = await look(who, case)
    return view is not None and view["identity"]["__typename"] == "Identity"


async def test_the_assigned_officer_opens_a_case_to_a_colleague(platform: Platform) -> None:
    officer, colleague = await platform.sign_in("wyp-1"), await platform.sign_in("wyp-2")
    case = await refer(officer)
    assert not await _is_open(colleague, case)
    assert await worklist(colleague) == []

    payload = await assign(officer, case, memberId=await id_of(officer, "PC Ben Invented"), reason="On leave.")

    assert payload["problem"] is None
    assert payload["case"]["assignmentVersion"] == case["assignmentVersion"] + 1
    assert {(given["name"], given["reason"]) for given in payload["case"]["assignments"]} == {
        ("PC Asha Invented", "Opened the record"),
        ("PC Ben Invented", "On leave."),
    }
    assert await _is_open(colleague, case)
    assert await _is_open(officer, case)
    assert [item["reference"] for item in await worklist(colleague)] == [case["reference"]]


async def test_a_case_given_away_to_a_team_is_closed_to_who_gave_it(platform: Platform) -> None:
    officer, desk = await platform.sign_in("wyp-1"), await platform.sign_in("wyp-2")
    case = await refer(officer)

    payload = await assign(
        officer, case, teamId=await id_of(officer, team="Safeguarding desk"), replacing=True, reason="The desk's."
    )

    assert [(given["name"], given["isTeam"]) for given in payload["case"]["assignments"]] == [
        ("Safeguarding desk", True)
    ]
    assert await _is_open(desk, case)
    assert not await _is_open(officer, case)
    assert await worklist(officer) == []
    assert [item["reference"] for item in await worklist(officer, "AGENCY")] == [case["reference"]]


async def test_a_colleague_takes_a_case_on_with_a_reason_that_the_manager_reads(platform: Platform) -> None:
    officer, colleague = await platform.sign_in("wyp-1"), await platform.sign_in("wyp-2")
    manager = await platform.sign_in("wyp-4")
    case = await refer(officer)
    known = await seen(colleague, case)

    payload = await assign(colleague, known, memberId=await id_of(colleague), reason="Asha is ill; the van was seen.")
    await platform.deliver()

    assert payload["problem"] is None
    assert await _is_open(colleague, case)
    (notice,) = await inbox(manager)
    assert notice["kind"] == "COLLEAGUE_ASSIGNED_THEMSELVES"
    assert ("PC Ben Invented", "Asha is ill; the van was seen.") in {
        (given["name"], given["reason"]) for given in notice["record"]["assignments"]
    }


@pytest.mark.parametrize("attempt", ["another person", "a team", "replacing", "without a reason"])
async def test_a_colleague_neither_gives_a_case_to_others_nor_takes_it_from_them(
    platform: Platform, attempt: str
) -> None:
    officer, colleague = await platform.sign_in("wyp-1"), await platform.sign_in("wyp-2")
    known = await seen(colleague, await refer(officer))
    before, ledger = await counted(platform), len(await platform.ledger())
    mine = await id_of(colleague)
    attempts: dict[str, dict[str, Any]] = {
        "another person": {"memberId": await id_of(colleague, "DI Dan Invented")},
        "a team": {"teamId": await id_of(colleague, team="Safeguarding desk")},
        "replacing": {"memberId": mine, "replacing": True},
        "without a reason": {"memberId": mine, "reason": "  "},
    }

    payload = await assign(colleague, known, **attempts[attempt])

    expected = "Invalid" if attempt == "without a reason" else "Refused"
    assert (payload["case"], payload["problem"]["__typename"]) == (None, expected)
    assert await counted(platform) == before
    if expected == "Refused":
        (line,) = (await platform.ledger())[ledger:]
        assert (line["act"], line["verdict"], str(line["record_id"])) == (
            "case.assign",
            "refused",
            raw_id(known["id"]),
        )


async def test_a_case_is_not_given_to_who_works_in_another_function_or_agency(platform: Platform) -> None:
    officer, detective = await platform.sign_in("wyp-1"), await platform.sign_in("wyp-3")
    case = await refer(officer)
    stranger = await platform.sign_in("gmp-2")
    before = await counted(platform)

    for other in (detective, stranger):
        payload = await assign(officer, case, memberId=await id_of(other), replacing=True)
        assert payload["problem"]["problems"][0]["code"] == "not_in_your_agency"

    assert await counted(platform) == before
    assert await _is_open(officer, case)


async def test_a_peer_of_the_team_may_assign_although_another_relation_is_not_theirs(platform: Platform) -> None:
    await platform.set_clock(FROM_THE_PAST)
    school, worker = await platform.sign_in("eps-1"), await platform.sign_in("lcc-1")
    peer = await platform.sign_in("lcc-3")
    await platform.admin.execute(
        "INSERT INTO team_membership (team_id, member_id, standing, from_at) SELECT t.id, m.id, 'member', '2020-01-01' "
        "FROM team t, member m WHERE t.name = 'Duty and advice team' AND m.subject = 'lcc-3'"
    )
    concern = await open_concern(school)
    assert (await refer_from(worker, concern))["problem"] is None  # the worker's own relation

    payload = await assign(peer, await seen(peer, concern), memberId=await id_of(peer, "Farid Invented"))

    assert payload["problem"] is None, payload
    assert "Farid Invented" in {given["name"] for given in payload["case"]["assignments"]}


async def _restrict(platform: Platform, case: dict[str, Any]) -> None:
    await platform.admin.execute("UPDATE record SET restricted = true WHERE reference = $1", case["reference"])


async def test_a_restricted_case_is_absent_for_all_but_its_named_readers(platform: Platform) -> None:
    officer = await platform.sign_in("wyp-1")
    case = await refer(officer, adult_referral(supportPlan={"wanted": False}))
    await platform.deliver()
    others = [await platform.sign_in(who) for who in ("wyp-2", "wyp-4", "sca-1", "sca-2", "wyp-3")]
    assert all([await look(who, case) for who in others])

    await _restrict(platform, case)

    assert await _is_open(officer, case)
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
    assert await _is_open(decider, case)
    assert await _is_open(manager, case)

    column = "member_id" if barred == "person" else "agency_id"
    await platform.admin.execute(
        f"INSERT INTO access_bar (record_id, {column}, reason, from_at) SELECT r.id, m.{column}, 'Is known', "
        "'2020-01-01' FROM record r, (SELECT id AS member_id, agency_id FROM member WHERE subject = 'sca-1') m "
        "WHERE r.reference = $1",
        case["reference"],
    )

    await _is_absent(decider, case)
    assert await _is_open(officer, case)
    if barred == "person":
        assert await _is_open(manager, case)
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
    assert await _is_open(decider, case)

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
