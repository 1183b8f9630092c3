"""What happens to minutes in stories: closed parts, sign-off, closing, addenda and releases; through HTTP only."""

from collections.abc import Mapping
from typing import Any

from tests.world.meetings import (
    ENTRY,
    GUARDIAN,
    HEALTH,
    MEETING,
    POLICE,
    a_childs_case,
    agency_id,
    convened,
    invitee,
    opened,
    own_body,
    written,
)
from tests.world.platform import Person, Platform
from tests.world.stories import PROBLEM

WHO = "agency { name } function"
MINUTES = f"""{MEETING[:-1]}
  parts {{ id isOpen name readers {{ {WHO} }} sha256 }}
  signing {{ sentOut {{ at dueOn row }} awaited
    signOffs {{ name {WHO} saidBy answer entryId partId words at isOfThisText }}
    escalations {{ {WHO} entryId words at }}
    addenda {{ {WHO} entryId partId words sha256 at }} }} }}"""
READ = f"query ($id: ID!) {{ meeting(id: $id) {MINUTES} }}"
COUNCIL = "Leeds City Council"
DAY = "2026-04-14"


def _mutation(name: str, field: str = "meeting") -> str:
    kind = name[0].upper() + name[1:]
    return f"mutation ($input: {kind}Input!) {{ {name}(input: $input) {{ {field} {MINUTES} {PROBLEM} }} }}"


PART = _mutation("makeClosedPart", "partId meeting")
SEND_OUT = _mutation("sendOutMinutes")
SIGN = _mutation("signMinutes")
ESCALATE = _mutation("escalateDissent")
CLOSE = _mutation("closeMeeting")
ADD = _mutation("addToMinutes")
RELEASE = _mutation("releaseMinutes")


def at(clock: str) -> str:
    """A moment of that Tuesday in London."""
    return f"{DAY}T{clock}:00+01:00"


async def read(who: Person, meeting: Mapping[str, Any]) -> dict[str, Any] | None:
    """The minutes as this person is shown them; None when there are none for them."""
    found: dict[str, Any] | None = (await who.ask(READ, id=meeting["id"]))["meeting"]
    return found


async def seen(who: Person, meeting: Mapping[str, Any]) -> dict[str, Any]:
    """The same, of minutes that have to be there."""
    found = await read(who, meeting)
    assert found is not None
    return found


async def done(who: Person, mutation: str, meeting: Mapping[str, Any], **content: Any) -> dict[str, Any]:
    """The payload of a step that has to succeed."""
    payload = await who.do(mutation, meetingId=meeting["id"], **content)
    assert payload["problem"] is None, payload
    return payload


async def an_open_meeting(platform: Platform) -> tuple[Person, dict[str, Any]]:
    """Police, a surgery and a guardian are invited, and the meeting is open; a social worker runs it."""
    await platform.set_clock(at("09:00"))
    worker, case = await a_childs_case(platform)
    invite = [
        await invitee(worker, POLICE, "INVESTIGATING_POLICE"),
        await invitee(worker, HEALTH, "HEALTH"),
        await invitee(worker, GUARDIAN, "GUARDIAN"),
    ]
    meeting = await opened(worker, await convened(worker, case, invite=invite))
    await platform.deliver()
    return worker, meeting | {"case": case}


async def is_recorded(who: Person, meeting: Mapping[str, Any], *, with_police: bool = True) -> dict[str, Any]:
    """Those who have to be there arrive, and decide; the decision."""
    council = await own_body(who, COUNCIL, "CHILDRENS_SERVICES")
    there = [(council, "SOCIAL_WORKER", {}), (council, "MANAGER", {"person": "Farid Invented", "isChair": True})]
    there.append((await own_body(who, HEALTH, "HEALTH"), "HEALTH", {}))
    if with_police:
        there.append((await own_body(who, POLICE, "INVESTIGATING_POLICE"), "POLICE", {}))
    for body, profession, more in there:
        content = {"person": f"Invented {profession.lower()}", "profession": profession, **more}
        await written(who, meeting, "attendance", body=body, stretches=[{"arrivedAt": at("10:00")}], **content)
    why = {} if with_police else {"inquorateBecause": "They were called away.", "followUpOn": "2026-04-15"}
    said = {"decision": "S47_JOINT", "words": "Together.", "decidedAt": at("10:05")} | why
    return await written(who, meeting, "decision", **said)


async def closed_part(who: Person, meeting: Mapping[str, Any], *others: tuple[str, str]) -> str:
    """The id of a part for these agencies and whoever makes it."""
    readers = [{"agencyId": await agency_id(who, name), "function": function} for name, function in others]
    payload = await done(who, PART, meeting, name="Not for everybody", readers=readers)
    part: str = payload["partId"]
    return part


async def said_in(who: Person, meeting: Mapping[str, Any], part: str, words: str) -> dict[str, Any]:
    """The payload of a note in a part."""
    return await who.do(ENTRY, meetingId=meeting["id"], partId=part, content={"note": {"words": words}})


async def agreed_by_all(platform: Platform, meeting: Mapping[str, Any]) -> None:
    """Everybody invited agrees with the open part."""
    for subject in ("wyp-3", "ess-1", "eha-2"):
        await done(await platform.sign_in(subject), SIGN, meeting, answer="AGREED")


async def a_closed_meeting(platform: Platform) -> tuple[Person, dict[str, Any]]:
    """Recorded, sent out, signed off, and closed by its chair; and the chair."""
    worker, meeting = await an_open_meeting(platform)
    await is_recorded(worker, meeting)
    await done(worker, SEND_OUT, meeting)
    await agreed_by_all(platform, meeting)
    chair = await platform.sign_in("lcc-2")
    await done(chair, CLOSE, meeting)
    return chair, meeting
