"""Asking and answering: who learns what, what never moves, and that nothing waits for an answer."""

from typing import Any

import pytest

from tests.world.administering import problem_of
from tests.world.forms import adult_referral
from tests.world.platform import Person, Platform
from tests.world.requests import SEE, SURGERY, act, ask, asked, release, requests_of, waiting
from tests.world.sharing import shown, sides
from tests.world.stories import (
    LOOK,
    assign,
    counted,
    id_of,
    open_concern,
    raw_id,
    refer,
    refer_from,
    seen,
    told,
    worklist,
)

pytestmark = pytest.mark.anyio

SCHOOL = ("example-park-school", "EDUCATION")
COUNCIL = ("leeds-city-council", "CHILDRENS_SERVICES")
FORCE = ("west-yorkshire-police", "INVESTIGATING_POLICE")


async def referred(platform: Platform) -> tuple[Person, Person, dict[str, Any]]:
    """An adult whom an officer referred, and who decides."""
    asha, hugo = await platform.sign_in("wyp-1"), await platform.sign_in("sca-1")
    return asha, hugo, await refer(asha, adult_referral())


async def taken(doctor: Person, case: dict[str, Any]) -> None:
    """A surgery has no intake team: the doctor takes on what came."""
    payload = await assign(doctor, await seen(doctor, case), memberId=await id_of(doctor))
    assert payload["problem"] is None, payload


async def test_who_is_asked_learns_what_the_request_says_and_nothing_else(platform: Platform) -> None:
    await platform.set_clock("2026-05-22T10:00+01:00")
    asha, hugo, case = await referred(platform)
    noor = await platform.sign_in("ess-1")
    before = told(await noor.post(LOOK, {"reference": case["reference"]}))
    assert before == told(await noor.post(LOOK, {"reference": "C-2222-2222-2"}))

    await asked(platform, asha, case, SURGERY, tell=["IDENTITY"])

    await taken(noor, case)
    found = await seen(noor, case)
    assert shown(found) == {"identity"}
    (request,) = await requests_of(noor, case) or []
    assert (request["isAsked"], request["question"], request["status"]) == (
        False, "Has she been treated for injuries?", "PENDING",
    )  # fmt: skip
    assert (request["dueOn"], request["expiresOn"], request["daysLeft"]) == ("2026-06-01", "2026-06-29", 10)
    assert await requests_of(hugo, case) == [], "what others ask each other is not told"
    assert await worklist(noor) == await worklist(noor, "AGENCY") == [], "a request has a list of its own"
    assert [item["case"]["reference"] for item in await waiting(noor)] == [case["reference"]]


async def test_an_answer_stays_what_was_answered_whatever_is_written_later(platform: Platform) -> None:
    mina, ella, hugo = [await platform.sign_in(who) for who in ("eps-1", "lcc-1", "sca-1")]
    opened = await open_concern(mina)
    assert (await refer_from(ella, await seen(ella, opened)))["problem"] is None
    request = await asked(platform, hugo, opened, COUNCIL, groups=["CHILD_PROTECTION"])
    (waits,) = await waiting(ella)
    assert waits["request"]["id"] == request["requestId"]

    payload = await act(
        ella, "AnswerRequest", **request, kind="FULFILLED", words="An enquiry began.",
        release=await release(platform, "CHILD_PROTECTION"),
    )  # fmt: skip

    assert payload["problem"] is None, payload
    (read,) = await requests_of(hugo, opened) or []
    assert (read["status"], read["steps"][-1]["words"]) == ("FULFILLED", "An enquiry began.")
    assert [step["by"] for step in read["steps"]] == ["Hugo Invented", None], "no names of another agency's people"
    (released,) = read["steps"][-1]["released"]
    before = await child_protection(hugo, opened)
    assert before["version"] == released["version"]
    await platform.admin.execute(
        'INSERT INTO group_content SELECT record_id, data_group, version + 1, \'{"localAuthority": "elsewhere"}\','
        " moment(), recorded_by FROM group_content WHERE record_id = $1 AND data_group = 'child_protection'"
        " ORDER BY version DESC LIMIT 1",
        raw_id(opened["id"]),
    )

    assert await child_protection(hugo, opened) == before
    assert (await requests_of(hugo, opened) or [])[0]["steps"][-1]["released"] == [released]
    assert [share["conditions"] for share in (await sides(hugo, opened))["sharesReceived"]] == [
        "Not to be quoted in letters."
    ]
    assert await waiting(ella) == await waiting(hugo, "ASKED") == []


async def child_protection(who: Person, case: dict[str, Any]) -> dict[str, Any]:
    query = """query ($reference: String) { case(reference: $reference) { childProtection { __typename
      ... on ChildProtection { version localAuthority } } } }"""
    found: dict[str, Any] = (await who.ask(query, reference=case["reference"]))["case"]["childProtection"]
    return found


async def test_whoever_may_be_the_danger_is_told_no_name_and_reads_no_suspicion(platform: Platform) -> None:
    asha, _, case = await referred(platform)
    noor = await platform.sign_in("ess-1")
    why = "Her exploiter's sister works at the desk."
    before = await counted(platform)
    payload = await ask(platform, asha, case, SURGERY, tell=["IDENTITY"], conflict=why)
    assert problem_of(payload) == ("Invalid", "conflict")
    assert await counted(platform) == before

    await asked(platform, asha, case, SURGERY, conflict=why)
    await taken(noor, case)

    assert (await requests_of(asha, case) or [])[0]["conflict"] == why
    answer = await noor.post(SEE, {"reference": case["reference"]})
    assert why not in answer.text
    assert (await requests_of(noor, case) or [])[0]["conflict"] is None


async def test_who_may_not_ask_or_answer_changes_nothing(platform: Platform) -> None:
    asha, _, case = await referred(platform)
    ben, olu, noor, mina = [await platform.sign_in(who) for who in ("wyp-2", "exh-1", "ess-1", "eps-1")]
    request = await asked(platform, asha, case, SURGERY)
    await taken(noor, case)
    before = await counted(platform)

    assert (await ask(platform, ben, case, SCHOOL))["problem"]["__typename"] == "Refused"
    assert (await ask(platform, olu, case, SCHOOL))["problem"]["__typename"] == "NotFound"
    assert (await ask(platform, noor, case, SCHOOL))["problem"]["__typename"] == "Refused"
    assert problem_of(await ask(platform, asha, case, ("west-yorkshire-police", "FIRST_RESPONDER"))) == (
        "Invalid", "yourself",
    )  # fmt: skip
    assert problem_of(await ask(platform, asha, case, ("example-park-school", "HEALTH")))[1] == "not_on_platform"
    for stranger in (olu, mina):
        for name, content in (
            ("AcknowledgeRequest", {}),
            ("RefuseRequest", {"code": "NOT_HELD", "words": "No."}),
            ("WithdrawRequest", {"reason": "No."}),
        ):
            assert (await act(stranger, name, **request, **content))["problem"]["__typename"] == "NotFound"
    assert (await act(asha, "RefuseRequest", **request, code="NOT_HELD", words="No."))["problem"] is not None
    assert await counted(platform) == before
    assert len((await requests_of(asha, case) or [])[0]["steps"]) == 1


async def test_the_notice_is_chased_until_the_request_is_taken_up(platform: Platform) -> None:
    await platform.set_clock("2026-05-20T09:00+01:00")
    asha, _, case = await referred(platform)
    request = await asked(platform, asha, case, FORCE)
    await platform.deliver()
    steps = "SELECT count(*) FROM notice_step WHERE notice_id = $1 AND ended_at IS NULL"
    assert await platform.admin.fetchval(steps, raw_id(request["requestId"])) == 2
    cora = await platform.sign_in("wyp-3")

    assert (await act(cora, "AcknowledgeRequest", **request))["problem"] is None

    assert await platform.admin.fetchval(steps, raw_id(request["requestId"])) == 0
    late = await asked(platform, asha, case, FORCE)
    assert (await act(cora, "AcknowledgeRequest", **late))["problem"] is None
    await platform.deliver()
    assert await platform.admin.fetchval(steps, raw_id(late["requestId"])) == 0, "taken up before it was delivered"


async def test_an_answer_releases_only_what_is_ones_own_and_as_it_stands(platform: Platform) -> None:
    _, hugo, case = await referred(platform)
    noor = await platform.sign_in("ess-1")
    request = await asked(platform, hugo, case, SURGERY)
    await taken(noor, case)
    for group, live, expected in (("IDENTITY", False, "not_yours"), ("HEALTH", True, "answers_stay")):
        part = await release(platform, group)
        part["groups"][0]["live"] = live
        payload = await act(noor, "AnswerRequest", **request, kind="FULFILLED", words="Yes.", release=part)
        assert problem_of(payload) == ("Invalid", expected)
    assert (await requests_of(hugo, case) or [])[0]["status"] == "PENDING"
    assert await platform.admin.fetchval("SELECT count(*) FROM share") == 0
