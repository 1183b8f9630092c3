"""Need to know: inside an agency a case is open to those it is assigned to, and to nobody by rank alone."""

from typing import Any

import pytest

from tests.world.platform import Person, Platform
from tests.world.stories import (
    FROM_THE_PAST,
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
    worklist,
)

pytestmark = pytest.mark.anyio


async def is_open(who: Person, case: dict[str, Any]) -> bool:
    view = await look(who, case)
    return view is not None and view["identity"]["__typename"] == "Identity"


async def test_the_assigned_officer_opens_a_case_to_a_colleague(platform: Platform) -> None:
    officer, colleague = await platform.sign_in("wyp-1"), await platform.sign_in("wyp-2")
    case = await refer(officer)
    assert not await is_open(colleague, case)
    assert await worklist(colleague) == []

    payload = await assign(officer, case, memberId=await id_of(officer, "PC Ben Invented"), reason="On leave.")

    assert payload["problem"] is None
    assert payload["case"]["assignmentVersion"] == case["assignmentVersion"] + 1
    assert {(given["name"], given["reason"]) for given in payload["case"]["assignments"]} == {
        ("PC Asha Invented", "Opened the record"),
        ("PC Ben Invented", "On leave."),
    }
    assert await is_open(colleague, case)
    assert await is_open(officer, case)
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
    assert await is_open(desk, case)
    assert not await is_open(officer, case)
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
    assert await is_open(colleague, case)
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
    assert await is_open(officer, case)


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
