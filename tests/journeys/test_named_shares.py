"""A share for one person is theirs alone: colleagues do not know of it, and it ends on the day they leave."""

from typing import Any

import pytest

from tests.world.administering import problem_of
from tests.world.forms import adult_referral
from tests.world.leaving import end as end_membership
from tests.world.leaving import leaving, live_assignments, orphans
from tests.world.platform import Person, Platform
from tests.world.sharing import SEE, agency_id, give, shown, sides, taken_on
from tests.world.stories import ASSIGN, id_of, inbox, look, refer, seen, told, worklist

pytestmark = pytest.mark.anyio

COUNCIL = ("leeds-city-council", "CHILDRENS_SERVICES")
GRETA = "lcc-3@leeds-city-council.example"


async def shared_with_greta(platform: Platform) -> tuple[Person, dict[str, Any]]:
    """An adult's case that an officer shares with one social worker."""
    asha = await platform.sign_in("wyp-1")
    case = await refer(asha, adult_referral())
    payload = await give(platform, asha, case, COUNCIL, ["IDENTITY"], **(await to_greta(platform)))
    assert payload["problem"] is None, payload
    return asha, case


async def to_greta(platform: Platform, person: str = GRETA) -> dict[str, Any]:
    """The recipient, by her work address."""
    council = await agency_id(platform, COUNCIL[0])
    return {"recipient": {"agencyId": council, "function": COUNCIL[1], "person": person}}


async def test_nobody_beside_the_named_person_knows_of_it(platform: Platform) -> None:
    _, case = await shared_with_greta(platform)
    greta, ella, farid = [await platform.sign_in(who) for who in ("lcc-3", "lcc-1", "lcc-2")]
    await platform.deliver()

    assert shown(await seen(greta, case)) == {"identity"}
    assert [item["reference"] for item in await worklist(greta)] == [case["reference"]]
    assert [notice["kind"] for notice in await inbox(greta)] == ["SHARE_RECEIVED"]
    for colleague in (ella, farid):
        there = await colleague.post(SEE, {"reference": case["reference"]})
        nothing = await colleague.post(SEE, {"reference": "C-2222-2222-2"})
        assert told(there) == told(nothing)
        assert await worklist(colleague, "AGENCY") == await inbox(colleague) == []
    mails = await platform.admin.fetch(
        "SELECT m.subject FROM notice_email e JOIN member m ON m.id = e.member_id JOIN notice n ON n.id = e.notice_id"
        " WHERE n.kind = 'share_received'"
    )
    assert [row["subject"] for row in mails] == [], "Greta is in no intake team, and Ella is not to be told"


async def test_a_colleague_cannot_take_on_what_was_given_to_another(platform: Platform) -> None:
    _, case = await shared_with_greta(platform)
    ella = await platform.sign_in("lcc-1")
    taking = {"caseId": case["id"], "expectedVersion": 1, "reason": "She is away.", "memberId": await id_of(ella)}

    assert (await ella.do(ASSIGN, **taking))["problem"]["__typename"] == "NotFound"


async def test_it_ends_when_she_leaves_and_goes_to_nobody(platform: Platform) -> None:
    asha, case = await shared_with_greta(platform)
    greta, farid, uma = [await platform.sign_in(who) for who in ("lcc-3", "lcc-2", "lcc-4")]
    assert await look(greta, case) is not None
    known = await leaving(uma, "Greta Invented")
    assert [one["counts"]["cases"] for one in known["functions"]] == [0]

    assert (await end_membership(uma, known))["problem"] is None

    (share,) = (await sides(asha, case))["sharesGiven"]
    assert (share["isLive"], share["endReason"]) == (False, "The person it was given to left.")
    assert await look(farid, case) is None
    assert (await live_assignments(platform, "lcc-3"), await orphans(platform)) == (0, 0)
    assert await platform.admin.fetchval(
        "SELECT bool_and(until_at <= moment()) FROM involvement WHERE named_member_id IS NOT NULL"
    )


async def test_a_share_with_her_team_goes_to_her_successor(platform: Platform) -> None:
    asha, ella, uma = [await platform.sign_in(who) for who in ("wyp-1", "lcc-1", "lcc-4")]
    case = await refer(asha, adult_referral())
    assert (await give(platform, asha, case, COUNCIL, ["IDENTITY"]))["problem"] is None
    await taken_on(ella, case)
    known = await leaving(uma, "Ella Invented")
    assert [one["counts"]["cases"] for one in known["functions"]] == [1]

    greta = next(p["id"] for p in known["functions"][0]["people"] if p["name"] == "Greta Invented")
    successor = {"function": COUNCIL[1], "memberId": greta}
    assert (await end_membership(uma, known, successors=[successor]))["problem"] is None
    assert shown(await seen(await platform.sign_in("lcc-3"), case)) == {"identity"}


@pytest.mark.parametrize("address", ["lcc-4@leeds-city-council.example", "wyp-1@west-yorkshire-police.example", "x"])
async def test_only_somebody_who_acts_there_can_be_named(platform: Platform, address: str) -> None:
    """Uma administers and sees no record; Asha works elsewhere."""
    asha = await platform.sign_in("wyp-1")
    case = await refer(asha, adult_referral())

    payload = await give(platform, asha, case, COUNCIL, ["IDENTITY"], **(await to_greta(platform, address)))

    assert problem_of(payload) == ("Invalid", "unknown_person")
    assert await platform.admin.fetchval("SELECT count(*) FROM share") == 0
