"""A strategy meeting with five agencies, each signing in through its own provider, and a school without an account."""

import base64
from typing import Any
from uuid import UUID

import pytest

from tests.world.meetings import (
    ANSWER,
    DISTRIBUTE,
    GUARDIAN,
    HEALTH,
    MEETINGS_OF,
    POLICE,
    READ,
    a_childs_case,
    convened,
    entries,
    invitee,
    opened,
    own_body,
    read,
    seen,
    write,
    written,
)
from tests.world.platform import Person, Platform
from tests.world.stories import id_of, kinds, refer_from, told
from tests.world.stories import seen as case_seen

pytestmark = pytest.mark.anyio

DAY = "2026-04-14"
COUNCIL = "Leeds City Council"
NO_MEETING = base64.urlsafe_b64encode(f"Meeting:{UUID(int=7)}".encode()).decode()


def at(clock: str) -> str:
    """A moment of that Tuesday in London."""
    return f"{DAY}T{clock}:00+01:00"


async def attends(
    who: Person, meeting: dict[str, Any], body: dict[str, Any], profession: str, *, left: str | None = None, **more: Any
) -> dict[str, Any]:
    """Somebody arrives at ten."""
    stretches = [{"arrivedAt": at("10:00"), "leftAt": at(left) if left else None}]
    content = {"person": f"Invented {profession.lower()}", "profession": profession, "stretches": stretches} | more
    return await written(who, meeting, "attendance", body=body, **content)


async def everybody_arrives(who: Person, meeting: dict[str, Any]) -> None:
    """A social worker, the manager who chairs, police, a nurse who leaves at ten past ten, and the school."""
    council = await own_body(who, COUNCIL, "CHILDRENS_SERVICES")
    await attends(who, meeting, council, "SOCIAL_WORKER")
    await attends(who, meeting, council, "MANAGER", person="Farid Invented", isChair=True)
    await attends(who, meeting, await own_body(who, POLICE, "INVESTIGATING_POLICE"), "POLICE")
    await attends(who, meeting, await own_body(who, HEALTH, "HEALTH"), "HEALTH", left="10:10")
    await attends(who, meeting, {"name": "Invented Academy", "function": "EDUCATION"}, "EDUCATION")


async def test_a_whole_discussion_across_agencies(platform: Platform) -> None:
    await platform.set_clock("2026-04-13T09:00+01:00")
    worker, case = await a_childs_case(platform)
    manchester = await invitee(worker, "Greater Manchester Police", "INVESTIGATING_POLICE")
    usual = [
        await invitee(worker, POLICE, "INVESTIGATING_POLICE"),
        await invitee(worker, HEALTH, "HEALTH"),
        await invitee(worker, GUARDIAN, "GUARDIAN"),
        {"name": "Invented Academy", "function": "EDUCATION"},
    ]
    meeting = await convened(worker, case, invite=[*usual, manchester])
    await platform.deliver()
    guests = {who: await platform.sign_in(who) for who in ("wyp-3", "ess-1", "eha-2", "gmp-1")}
    for guest in guests.values():
        assert (await kinds(guest))[0] == "MEETING_INVITATION"
        await _comes(guest, meeting)
    assert "INVITE_BODY_WITHOUT_ACCOUNT" in await kinds(worker)
    await _is_sent_by_post(worker, meeting)

    await platform.set_clock("2026-04-14T10:00+01:00")
    worker, guests = await _signed_in_again(platform, guests)
    await opened(worker, meeting)
    await everybody_arrives(worker, meeting)
    for who, agency, function in (("wyp-3", POLICE, "INVESTIGATING_POLICE"), ("ess-1", HEALTH, "HEALTH")):
        owner = await own_body(guests[who], agency, function)
        await written(guests[who], meeting, "information", owner=owner, words=f"Known to {agency}.")
    await _is_decided(worker, meeting)

    await _agree(guests["wyp-3"], meeting, POLICE, "INVESTIGATING_POLICE", agrees=True)
    await _agree(guests["eha-2"], meeting, GUARDIAN, "GUARDIAN", agrees=False)
    await _all_read_the_same([worker, *guests.values()], meeting)


async def _all_read_the_same(people: list[Person], meeting: dict[str, Any]) -> None:
    shown = [await seen(who, meeting) for who in people]
    assert {len(one["entries"]) for one in shown} == {len(shown[0]["entries"])}
    early, late = entries(shown[1], "DECISION")[0], entries(shown[1], "REFERRAL")[0]
    assert (early["quorum"]["isQuorate"], late["quorum"]) == (
        True,
        {"isQuorate": False, "missing": ["HEALTH"], "row": "quorum-initial-england-2009-04-01"},
    )
    assert late["content"]["inquorateBecause"] == "The nurse was called away."
    assert {one["content"]["agrees"] for one in entries(shown[2], "POSITION")} == {True, False}


async def _signed_in_again(platform: Platform, guests: dict[str, Person]) -> tuple[Person, dict[str, Person]]:
    return await platform.sign_in("lcc-1"), {who: await platform.sign_in(who) for who in guests}


async def _comes(guest: Person, meeting: dict[str, Any]) -> None:
    """Before it opens a guest sees when and where, their own invitation and nothing else; and says who comes."""
    shown = await seen(guest, meeting)
    assert (shown["entries"], shown["distributions"]) == ([], [])
    (own,) = shown["invitations"]
    assert (own["isYours"], shown["arrangement"]["place"]) == (True, "https://meet.invented.example/1")
    me = await id_of(guest)
    answered = await guest.do(ANSWER, meetingId=meeting["id"], invitationId=own["id"], answer="ACCEPTED", memberId=me)
    assert answered["problem"] is None, answered
    assert answered["meeting"]["invitations"][0]["answer"]["forThem"] is False


async def _is_sent_by_post(worker: Person, meeting: dict[str, Any]) -> None:
    (school,) = [one for one in (await seen(worker, meeting))["invitations"] if not one["hasAccount"]]
    sent = {"what": "INVITATION", "channel": "SECURE_EMAIL", "toWhom": "Head's office", "sentAt": at("08:00")}
    early = await worker.do(DISTRIBUTE, meetingId=meeting["id"], invitationId=school["id"], **sent)
    assert early["problem"]["problems"][0]["code"] == "not_yet"
    sent["sentAt"] = "2026-04-13T08:30:00+01:00"
    logged = await worker.do(DISTRIBUTE, meetingId=meeting["id"], invitationId=school["id"], **sent)
    assert [one["toWhom"] for one in logged["meeting"]["distributions"]] == ["Head's office"]


async def _is_decided(worker: Person, meeting: dict[str, Any]) -> None:
    """The decision at 10:05 has its quorum; the agreement at 10:20 has none, and needs a reason and a day."""
    await written(worker, meeting, "decision", decision="S47_JOINT", words="Police and council.", decidedAt=at("10:05"))
    council = await own_body(worker, COUNCIL, "CHILDRENS_SERVICES")
    late = {"isToBeMade": True, "by": council, "words": "The council refers.", "decidedAt": at("10:20")}
    refused = await write(worker, meeting, "referral", **late)
    assert {one["path"] for one in refused["problem"]["problems"]} == {
        "referral.inquorateBecause",
        "referral.followUpOn",
    }
    why = {"inquorateBecause": "The nurse was called away.", "followUpOn": "2026-04-15"}
    await written(worker, meeting, "referral", **late, **why)
    await written(
        worker, meeting, "action", what="Refer the girl.", owner=council, ownerPerson="Ella", dueOn="2026-04-14"
    )


async def _agree(guest: Person, meeting: dict[str, Any], agency: str, function: str, *, agrees: bool) -> None:
    referral = entries(await seen(guest, meeting), "REFERRAL")[0]
    body, reason = await own_body(guest, agency, function), None if agrees else "She asked us not to."
    said = await write(guest, meeting, "position", onEntryId=referral["id"], body=body, agrees=agrees, reason=reason)
    assert said["problem"] is None, said


async def test_an_invitation_opens_the_meeting_and_nothing_else_of_the_case(platform: Platform) -> None:
    worker, case = await a_childs_case(platform)
    meeting = await opened(worker, await convened(worker, case))
    nurse = await platform.sign_in("ess-1")

    shown = await case_seen(nurse, case)

    hidden = {name for name, part in shown.items() if isinstance(part, dict) and part.get("__typename") == "Withheld"}
    assert hidden >= {"account", "evidence", "referrer", "clocks"}
    assert (shown["identity"], shown["contact"]) == (None, None)  # "withheld" could tell that somebody does not agree
    listed = (await nurse.ask(MEETINGS_OF, reference=case["reference"]))["case"]["strategyMinutes"]["meetings"]
    assert [(one["id"], one["state"]) for one in listed] == [(meeting["id"], "OPEN")]


async def test_whoever_is_invited_to_one_meeting_learns_nothing_of_another(platform: Platform) -> None:
    """No number, no gap, no line in the list; and the hidden meeting answers like one that is not there."""
    worker, case = await a_childs_case(platform)
    nurse, detective = await platform.sign_in("ess-1"), await platform.sign_in("wyp-3")
    health, police = await invitee(worker, HEALTH, "HEALTH"), await invitee(worker, POLICE, "INVESTIGATING_POLICE")
    first = await opened(worker, await convened(worker, case, invite=[police]))
    second = await opened(worker, await convened(worker, case, invite=[police, health]))

    assert await read(nurse, first) is None
    assert (await seen(nurse, second))["ordinal"] == 1
    assert [(await seen(detective, one))["ordinal"] for one in (first, second)] == [1, 2]
    listed = (await nurse.ask(MEETINGS_OF, reference=case["reference"]))["case"]["strategyMinutes"]["meetings"]
    assert [(one["id"], one["ordinal"]) for one in listed] == [(second["id"], 1)]
    problem = (await write(nurse, first, "note", words="Words."))["problem"]
    assert problem["__typename"] == "NotFound"


async def test_a_force_that_was_not_invited_is_told_the_same_with_and_without_a_meeting(platform: Platform) -> None:
    await platform.set_clock("2026-05-26T09:00+01:00")
    worker, concern = await a_childs_case(platform)
    assert (await refer_from(worker, concern))["problem"] is None
    detective = await platform.sign_in("wyp-3")
    before = told(await detective.post(MEETINGS_OF, {"reference": concern["reference"]}))
    nobody = told(await detective.post(READ, {"id": NO_MEETING}))

    health = await invitee(worker, HEALTH, "HEALTH")
    meeting = await opened(worker, await convened(worker, concern, invite=[health]))

    assert told(await detective.post(MEETINGS_OF, {"reference": concern["reference"]})) == before
    assert b"NOT_FOR_YOUR_FUNCTION" in before[1]
    assert told(await detective.post(READ, {"id": meeting["id"]})) == nobody
