"""Requests to answer are somebody's: given to a person, and moved in the act in which that person leaves."""

import pytest

from tests.world.forms import adult_referral
from tests.world.leaving import chosen, end, leaving, live_assignments, orphans
from tests.world.platform import Platform
from tests.world.requests import act, asked, waiting
from tests.world.stories import id_of, look, refer, worklist

pytestmark = pytest.mark.anyio

COUNCIL = ("leeds-city-council", "CHILDRENS_SERVICES")


async def test_two_unanswered_requests_go_to_the_named_colleague_and_nothing_is_orphaned(platform: Platform) -> None:
    asha, ella, greta, uma = [await platform.sign_in(who) for who in ("wyp-1", "lcc-1", "lcc-3", "lcc-4")]
    case = await refer(asha, adult_referral())
    requests = [await asked(platform, asha, case, COUNCIL) for _ in range(3)]
    assert [len(await waiting(who)) for who in (ella, greta)] == [3, 0]
    for request in requests:
        given = await act(ella, "AssignRequest", **request, memberId=await id_of(ella), reason="Knows the family.")
        assert given["problem"] is None, given
    assert [item["request"]["assignedTo"] for item in await waiting(ella)] == ["Ella Invented"] * 3
    refused = await act(ella, "AnswerRequest", **requests[0], kind="NO_INFORMATION_HELD", words="Not known here.")
    assert refused["problem"] is None

    known = await leaving(uma, "Ella Invented")
    assert known["functions"][0]["counts"] == {"cases": 0, "notifications": 0, "tasks": 0, "requests": 2, "actions": 0}
    payload = await end(uma, known, successors=[chosen(known, COUNCIL[1], person="Greta Invented")])

    assert payload["membership"]["handedOver"][0]["counts"]["requests"] == 2
    assert {item["request"]["id"] for item in await waiting(greta)} == {one["requestId"] for one in requests[1:]}
    assert [item["request"]["assignedTo"] for item in await waiting(greta)] == ["Greta Invented"] * 2
    assert (await live_assignments(platform, "lcc-1"), await orphans(platform)) == (0, 0)
    done = await act(greta, "AnswerRequest", **requests[1], kind="FULFILLED", words="Known since March.")
    assert done["problem"] is None


async def test_without_a_named_successor_the_intake_team_has_them(platform: Platform) -> None:
    asha, farid, uma = [await platform.sign_in(who) for who in ("wyp-1", "lcc-2", "lcc-4")]
    case = await refer(asha, adult_referral())
    request = await asked(platform, asha, case, COUNCIL)
    greta = await id_of(farid, "Greta Invented")
    assert (await act(farid, "AssignRequest", **request, memberId=greta, reason="Her turn."))["problem"] is None

    assert (await end(uma, await leaving(uma, "Greta Invented")))["problem"] is None

    assert [item["request"]["assignedTo"] for item in await waiting(farid)] == ["Duty and advice team"]


async def test_a_colleague_takes_one_on_for_themselves_only(platform: Platform) -> None:
    asha, farid, greta = [await platform.sign_in(who) for who in ("wyp-1", "lcc-2", "lcc-3")]
    case = await refer(asha, adult_referral())
    request = await asked(platform, asha, case, COUNCIL)
    assert await waiting(greta) == await waiting(greta, scope="AGENCY") == []
    ella = await id_of(farid, "Ella Invented")

    payload = await act(greta, "AssignRequest", **request, memberId=ella, reason="Hers.")
    assert payload["problem"]["__typename"] == "Refused"
    payload = await act(greta, "AssignRequest", **request, memberId=await id_of(greta), reason="Knows her.")
    assert payload["problem"] is None, payload

    assert [item["request"]["assignedTo"] for item in await waiting(greta)] == ["Duty and advice team, Greta Invented"]
    assert await worklist(greta) == []
    assert await look(greta, case) is not None


async def test_who_asked_does_not_say_who_answers(platform: Platform) -> None:
    asha = await platform.sign_in("wyp-1")
    case = await refer(asha, adult_referral())
    request = await asked(platform, asha, case, COUNCIL)

    payload = await act(asha, "AssignRequest", **request, memberId=await id_of(asha), reason="Ours.")

    assert payload["problem"]["__typename"] == "NotFound"
    assert [item["request"]["assignedTo"] for item in await waiting(asha, "ASKED")] == [None]
