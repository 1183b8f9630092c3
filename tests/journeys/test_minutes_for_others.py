"""A body without an account gets a copy that is logged; what it says of the minutes is written down for it."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from tests.world.meetings import DISTRIBUTE, HEALTH, INVITE, POLICE
from tests.world.minutes import (
    CLOSE,
    SEND_OUT,
    SIGN,
    agreed_by_all,
    an_open_meeting,
    at,
    closed_part,
    done,
    is_recorded,
    said_in,
    seen,
)
from tests.world.platform import Person, Platform

pytestmark = pytest.mark.anyio

SCHOOL = "Invented Academy"
ROWS = "SELECT count(*) FROM minutes_sign_off"


async def of_a_school(platform: Platform) -> tuple[Person, dict[str, Any], str, dict[str, Any]]:
    """A school without an account is invited: who runs the meeting, the meeting, the invitation, the decision."""
    worker, meeting = await an_open_meeting(platform)
    await done(worker, INVITE, meeting, invite=[{"name": SCHOOL, "function": "EDUCATION"}])
    decision = await is_recorded(worker, meeting)
    return worker, meeting, await invitation_of(worker, meeting, SCHOOL), decision


async def invitation_of(who: Person, meeting: dict[str, Any], name: str) -> str:
    """The id of a body's invitation."""
    return str(next(one["id"] for one in (await seen(who, meeting))["invitations"] if one["name"] == name))


async def copied(who: Person, meeting: dict[str, Any], invitation: str) -> None:
    """A copy of the record is sent by post, and that is logged."""
    sent = {"what": "RECORD", "channel": "POST", "toWhom": "The head", "sentAt": at("08:30")}
    await done(who, DISTRIBUTE, meeting, invitationId=invitation, **sent)


async def test_what_a_school_without_an_account_says_is_written_down_and_waited_for(platform: Platform) -> None:
    worker, meeting, school, decision = await of_a_school(platform)
    await done(worker, SEND_OUT, meeting)
    await agreed_by_all(platform, meeting)
    chair = await platform.sign_in("lcc-2")
    early = await chair.do(CLOSE, meetingId=meeting["id"])
    assert [one["message"] for one in early["problem"]["problems"]] == [f"Not signed off yet: {SCHOOL}."]
    await copied(worker, meeting, school)

    said = {
        "answer": "DISPUTED",
        "entryId": decision["id"],
        "words": "We were not asked.",
        "saidBy": "Ms Head Invented",
    }
    await done(worker, SIGN, meeting, invitationId=school, **said)

    nurse = await platform.sign_in("ess-1")
    shown = await seen(nurse, meeting)
    assert shown["signing"]["awaited"] == []
    (theirs,) = [one for one in shown["signing"]["signOffs"] if one["answer"] == "DISPUTED"]
    assert (theirs["name"], theirs["agency"], theirs["function"], theirs["saidBy"], theirs["words"]) == (
        SCHOOL, None, "EDUCATION", "Ms Head Invented", "We were not asked.",
    )  # fmt: skip
    page = (await nurse.get(f"/minutes/{meeting['id']}")).text
    assert f"{SCHOOL}, said by Ms Head Invented and written down for them, " in page
    await done(chair, CLOSE, meeting)


async def test_an_agency_of_the_directory_without_an_account_is_waited_for_too(platform: Platform) -> None:
    worker, meeting = await an_open_meeting(platform)
    query = "{ agencies(first: 100, onPlatform: false) { edges { node { id name } } } }"
    edges = (await worker.ask(query))["agencies"]["edges"]
    bristol = next(edge["node"]["id"] for edge in edges if edge["node"]["name"] == "Bristol City Council")
    await done(worker, INVITE, meeting, invite=[{"agencyId": bristol, "function": "CHILDRENS_SERVICES"}])
    await is_recorded(worker, meeting)
    await done(worker, SEND_OUT, meeting)
    await agreed_by_all(platform, meeting)
    invitation = await invitation_of(worker, meeting, "Bristol City Council")
    await copied(worker, meeting, invitation)
    assert (await seen(worker, meeting))["signing"]["awaited"] == ["Bristol City Council"]

    await done(worker, SIGN, meeting, answer="AGREED", invitationId=invitation, saidBy="Their manager")

    signed = (await seen(worker, meeting))["signing"]
    assert (signed["awaited"], signed["signOffs"][-1]["agency"]) == ([], {"name": "Bristol City Council"})
    await done(await platform.sign_in("lcc-2"), CLOSE, meeting)


async def test_silence_of_a_school_ends_with_the_last_day(platform: Platform) -> None:
    worker, meeting, _, _ = await of_a_school(platform)
    await done(worker, SEND_OUT, meeting)
    await agreed_by_all(platform, meeting)

    await platform.set_clock("2026-04-22T00:00+01:00")

    await done(await platform.sign_in("lcc-2"), CLOSE, meeting)


async def test_what_nobody_may_write_down_for_them_changes_nothing(platform: Platform) -> None:
    worker, meeting, school, decision = await of_a_school(platform)
    nurse, stranger, police = [await platform.sign_in(one) for one in ("ess-1", "gmp-1", "wyp-3")]
    surgery = await invitation_of(worker, meeting, HEALTH)
    hidden = (await said_in(police, meeting, await closed_part(police, meeting), "Under cover."))["entryId"]
    theirs = {"answer": "AGREED", "invitationId": school, "saidBy": "The head"}
    disputed = theirs | {"answer": "DISPUTED", "words": "No."}

    async def attempt(who: Person, **content: Any) -> dict[str, Any]:
        return await who.do(SIGN, meetingId=meeting["id"], **content)

    assert (await attempt(worker, **theirs))["problem"]["code"] == "NOT_SENT_OUT"
    await done(worker, SEND_OUT, meeting)
    assert (await attempt(worker, **theirs))["problem"]["code"] == "NO_COPY_SENT"
    await copied(worker, meeting, school)
    before = await platform.admin.fetchval(ROWS)
    tries: list[tuple[Callable[[], Awaitable[dict[str, Any]]], str]] = [
        (lambda: attempt(nurse, **theirs), "Refused"),
        (lambda: attempt(stranger, **theirs), "NotFound"),
        (lambda: attempt(worker, **(theirs | {"invitationId": surgery})), "Refused"),
        (lambda: attempt(worker, **(theirs | {"invitationId": decision["id"]})), "NotFound"),
        (lambda: attempt(worker, **(disputed | {"entryId": hidden})), "NotFound"),
        (lambda: attempt(police, **(disputed | {"entryId": hidden})), "NotFound"),
    ]
    for step, expected in tries:
        assert (await step())["problem"]["__typename"] == expected

    assert await platform.admin.fetchval(ROWS) == before == 0
    assert POLICE in (await seen(worker, meeting))["signing"]["awaited"]


@pytest.mark.parametrize(
    ("wrong", "path"),
    [({"saidBy": None}, "saidBy"), ({"invitationId": None}, "saidBy"), ({"partId": "the school's"}, "partId")],
)
async def test_an_answer_for_them_names_who_said_it_and_no_part(
    platform: Platform, wrong: dict[str, Any], path: str
) -> None:
    worker, meeting, school, _ = await of_a_school(platform)
    await done(worker, SEND_OUT, meeting)
    await copied(worker, meeting, school)
    theirs = {"answer": "AGREED", "invitationId": school, "saidBy": "The head"}

    refused = await worker.do(SIGN, meetingId=meeting["id"], **(theirs | wrong))

    assert [one["path"] for one in refused["problem"]["problems"]] == [path]
    assert await platform.admin.fetchval(ROWS) == 0
