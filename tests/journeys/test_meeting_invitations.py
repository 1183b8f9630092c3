"""Inviting across agencies: a function is invited, its agency names the person; siblings, home authorities, moves."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from tests.world.meetings import (
    ANSWER,
    BRIEF,
    CANCEL,
    CONVENE,
    DISTRIBUTE,
    HEALTH,
    INVITE,
    POLICE,
    REARRANGE,
    a_childs_case,
    agency_id,
    arrangement,
    convene,
    convened,
    invitee,
    opened,
    read,
    seen,
)
from tests.world.platform import Person, Platform
from tests.world.stories import id_of, kinds, open_concern

pytestmark = pytest.mark.anyio

TABLES = ("meeting", "meeting_invitation", "invitation_answer", "involvement", "assignment", "outbox", "idempotency")


async def counted(platform: Platform) -> dict[str, int]:
    return {name: await platform.admin.fetchval(f"SELECT count(*) FROM {name}") for name in TABLES}


def of(meeting: dict[str, Any], name: str) -> dict[str, Any]:
    """The invitation of a body."""
    found: dict[str, Any] = next(one for one in meeting["invitations"] if one["name"] == name)
    return found


async def answered(who: Person, meeting: dict[str, Any], invitation: dict[str, Any], **content: Any) -> dict[str, Any]:
    return await who.do(ANSWER, meetingId=meeting["id"], invitationId=invitation["id"], **content)


async def test_the_agency_names_who_comes_and_sends_a_substitute(platform: Platform) -> None:
    """Whoever is named finds the meeting, and the newest answer holds."""
    worker, case = await a_childs_case(platform)
    police = [await invitee(worker, POLICE, "INVESTIGATING_POLICE")]
    meeting = await convened(worker, case, invite=police)
    detective = await platform.sign_in("wyp-3")
    own = of(await seen(detective, meeting), POLICE)

    first = await answered(detective, meeting, own, answer="ACCEPTED", memberId=await id_of(detective))
    second = await answered(detective, meeting, own, answer="ACCEPTED", person="DS Eve Invented", note="Cora is ill.")

    assert (first["problem"], second["problem"]) == (None, None)
    answer = of(await seen(worker, meeting), POLICE)["answer"]
    assert (answer["person"], answer["note"], answer["forThem"]) == ("DS Eve Invented", "Cora is ill.", False)
    assert await platform.admin.fetchval("SELECT count(*) FROM invitation_answer") == 2


async def test_declining_says_why_and_loses_nothing(platform: Platform) -> None:
    worker, case = await a_childs_case(platform)
    meeting = await convened(worker, case, invite=[await invitee(worker, HEALTH, "HEALTH")])
    nurse = await platform.sign_in("ess-1")
    own = of(await seen(nurse, meeting), HEALTH)

    mute = await answered(nurse, meeting, own, answer="DECLINED")
    said = await answered(nurse, meeting, own, answer="DECLINED", note="Nobody is free.")
    await opened(worker, meeting)

    assert mute["problem"]["problems"][0]["path"] == "note"
    assert said["problem"] is None
    assert len((await seen(nurse, meeting))["entries"]) == 1  # whoever stays away reads it all the same


@pytest.mark.parametrize("attempt", ["a stranger of the agency", "for another agency", "a stranger", "nobody's chair"])
async def test_a_wrong_answer_changes_nothing(platform: Platform, attempt: str) -> None:
    worker, case = await a_childs_case(platform)
    invite = [await invitee(worker, HEALTH, "HEALTH"), await invitee(worker, POLICE, "INVESTIGATING_POLICE")]
    meeting = await convened(worker, case, invite=invite)
    nurse, detective, stranger = [await platform.sign_in(who) for who in ("ess-1", "wyp-3", "gmp-1")]
    health, police = of(meeting, HEALTH), of(meeting, POLICE)
    other = await id_of(detective)
    bad_chair = await arrangement(worker, chairId=await id_of(worker))
    before = await counted(platform)

    attempts: dict[str, Callable[[], Awaitable[dict[str, Any]]]] = {
        "a stranger of the agency": lambda: answered(nurse, meeting, health, answer="ACCEPTED", memberId=other),
        "for another agency": lambda: answered(nurse, meeting, police, answer="ACCEPTED", person="Somebody"),
        "a stranger": lambda: answered(stranger, meeting, police, answer="ACCEPTED", person="Somebody"),
        "nobody's chair": lambda: convene(worker, [case], arrangement=bad_chair),
    }
    problem = (await attempts[attempt]())["problem"]

    assert (
        problem["__typename"]
        == {
            "a stranger of the agency": "Invalid",
            "for another agency": "NotFound",
            "a stranger": "NotFound",
            "nobody's chair": "Invalid",
        }[attempt]
    )
    assert await counted(platform) == before


async def test_a_body_without_an_account_is_told_by_a_person_who_logs_how(platform: Platform) -> None:
    """One of the directory and one by name; the answer is written down for them."""
    worker, case = await a_childs_case(platform)
    query = "{ agencies(first: 100, onPlatform: false) { edges { node { id name } } } }"
    edges = (await worker.ask(query))["agencies"]["edges"]
    body = next(edge["node"] for edge in edges if edge["node"]["name"] == "Avon and Somerset Constabulary")
    known = {"agencyId": body["id"], "function": "INVESTIGATING_POLICE"}
    meeting = await convened(worker, case, invite=[known, {"name": "Invented Academy", "function": "EDUCATION"}])
    await platform.deliver()

    assert (await kinds(worker)).count("INVITE_BODY_WITHOUT_ACCOUNT") == 2
    school = of(meeting, "Invented Academy")
    said = await answered(worker, meeting, school, answer="ACCEPTED", person="The head")
    assert of(said["meeting"], "Invented Academy")["answer"]["forThem"] is True
    sent = {"what": "RECORD", "channel": "POST", "toWhom": "The head", "sentAt": "2026-01-05T09:00:00+00:00"}
    logged = await worker.do(DISTRIBUTE, meetingId=meeting["id"], invitationId=school["id"], **sent)
    assert [one["what"] for one in logged["meeting"]["distributions"]] == ["RECORD"]


async def test_siblings_have_one_invitation_and_a_record_each(platform: Platform) -> None:
    """Whoever is invited to one sibling's meeting only does not learn of the other."""
    worker, first = await a_childs_case(platform)
    second = await open_concern(await platform.sign_in("eps-1"))
    payload = await convene(worker, [first, second])
    assert payload["problem"] is None, payload
    assert {one["caseReference"] for one in payload["meetings"]} == {first["reference"], second["reference"]}

    (own,) = [one for one in payload["meetings"] if one["caseReference"] == second["reference"]]
    extra = await invitee(worker, "Greater Manchester Police", "INVESTIGATING_POLICE")
    assert (await worker.do(INVITE, meetingId=own["id"], invite=[extra]))["problem"] is None

    guest = await platform.sign_in("gmp-1")
    shown = [await read(guest, one) for one in payload["meetings"]]
    assert [one is not None for one in shown] == [
        one["caseReference"] == second["reference"] for one in payload["meetings"]
    ]
    again = await worker.do(INVITE, meetingId=own["id"], invite=[extra])
    assert again["problem"]["code"] == "INVITED_ALREADY"


async def test_the_home_authority_is_responsible_once_it_says_so_in_writing(platform: Platform) -> None:
    worker, case = await a_childs_case(platform)
    query = "{ agencies(first: 100, onPlatform: false) { edges { node { id name } } } }"
    edges = (await worker.ask(query))["agencies"]["edges"]
    bristol = next(edge["node"] for edge in edges if edge["node"]["name"] == "Bristol City Council")
    home = {"agencyId": bristol["id"], "function": "CHILDRENS_SERVICES", "isHomeAuthority": True}
    police = await invitee(worker, POLICE, "INVESTIGATING_POLICE")
    meeting = await convened(worker, case, invite=[home, police])
    assert meeting["responsible"]["name"] == "Leeds City Council"

    wrong = await answered(worker, meeting, of(meeting, POLICE), answer="RESPONSIBILITY_ACCEPTED", note="Ours.")
    taken = await answered(
        worker, meeting, of(meeting, "Bristol City Council"), answer="RESPONSIBILITY_ACCEPTED", note="Letter of today."
    )

    assert wrong["problem"]["__typename"] == "Refused"
    assert taken["meeting"]["responsible"]["name"] == "Bristol City Council"
    assert taken["meeting"]["authority"]["name"] == "Leeds City Council"


async def test_a_meeting_is_moved_and_cancelled(platform: Platform) -> None:
    worker, case = await a_childs_case(platform)
    meeting = await convened(worker, case, invite=[await invitee(worker, HEALTH, "HEALTH")])
    nurse = await platform.sign_in("ess-1")
    moved = {"meetingId": meeting["id"], "expectedVersion": 1, "arrangement": await arrangement(worker, place="Room 3")}

    first, second = [await worker.do(REARRANGE, **moved) for _ in range(2)]
    assert (await seen(nurse, meeting))["arrangement"] == first["meeting"]["arrangement"]
    assert second["problem"]["code"] == "VERSION_MOVED"
    await worker.do(CANCEL, meetingId=meeting["id"], because="She is safe elsewhere.")

    shown = await seen(nurse, meeting)
    assert (shown["state"], shown["cancelledBecause"]) == ("CANCELLED", "She is safe elsewhere.")
    own = of(shown, HEALTH)
    late = await answered(nurse, meeting, own, answer="ACCEPTED", person="I")
    assert late["problem"]["code"] == "MEETING_CANCELLED"


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"invite": [{"function": "HEALTH"}]}, "invite.0"),
        ({"invite": [{"name": "X", "function": "DECISION_MAKER"}]}, "invite.0.function"),
        ({"invite": [{"name": "X", "function": "HEALTH"}] * 2}, "invite.1"),
        ({"invite": [{"name": "X", "function": "HEALTH", "isHomeAuthority": True}]}, "invite"),
        ({"brief": BRIEF | {"trigger": "  "}}, "brief.trigger"),
        ({"caseIds": []}, "caseIds"),
    ],
)
async def test_an_invitation_with_gaps_invites_nobody(platform: Platform, change: dict[str, Any], path: str) -> None:
    worker, case = await a_childs_case(platform)
    before = await counted(platform)
    usual = {"nation": "ENGLAND", "arrangement": await arrangement(worker), "brief": BRIEF, "invite": []}

    payload = await worker.do(CONVENE, **({"caseIds": [case["id"]]} | usual | change))

    assert [one["path"] for one in payload["problem"]["problems"]] == [path]
    assert await counted(platform) == before


async def test_the_own_service_is_not_invited(platform: Platform) -> None:
    worker, case = await a_childs_case(platform)
    own = {"agencyId": await agency_id(worker, "Leeds City Council"), "function": "CHILDRENS_SERVICES"}

    payload = await convene(worker, [case], invite=[own])

    assert payload["problem"]["problems"][0]["code"] == "yourself"
