"""Closed parts of minutes: for named functions, and to everybody else as if they were not there."""

import base64
import json
from typing import Any
from uuid import UUID

import pytest

from tests.world.meetings import ENTRY, GUARDIAN, HEALTH, POLICE, entries, own_body, write, written
from tests.world.minutes import (
    ADD,
    CLOSE,
    COUNCIL,
    PART,
    SEND_OUT,
    SIGN,
    a_closed_meeting,
    agreed_by_all,
    an_open_meeting,
    at,
    closed_part,
    done,
    is_recorded,
    read,
    said_in,
    seen,
)
from tests.world.platform import Person, Platform
from tests.world.stories import kinds

pytestmark = pytest.mark.anyio

SECRET = "An officer is under cover there."
HIDDEN_FROM = {
    "lcc-1": (COUNCIL, "CHILDRENS_SERVICES"),
    "ess-1": (HEALTH, "HEALTH"),
    "eha-2": (GUARDIAN, "GUARDIAN"),
}


async def test_named_functions_read_a_closed_part_and_nobody_else(platform: Platform) -> None:
    worker, meeting = await an_open_meeting(platform)
    police = await platform.sign_in("wyp-3")
    part = await closed_part(police, meeting, (HEALTH, "HEALTH"))
    assert (await said_in(police, meeting, part, SECRET))["problem"] is None
    nurse = await platform.sign_in("ess-1")

    for reader in (police, nurse):
        shown = await seen(reader, meeting)
        assert [one["isOpen"] for one in shown["parts"]] == [True, False]
        assert entries(shown, "NOTE")[0]["content"]["words"] == SECRET
        assert {one["agency"]["name"] for one in shown["parts"][1]["readers"]} == {POLICE, HEALTH}
    for other in (worker, await platform.sign_in("lcc-2"), await platform.sign_in("eha-2")):
        shown = await seen(other, meeting)
        assert [one["isOpen"] for one in shown["parts"]] == [True]
        assert SECRET not in json.dumps(shown)
    assert await read(await platform.sign_in("gmp-1"), meeting) is None


async def test_the_council_reads_a_closed_part_that_names_it(platform: Platform) -> None:
    worker, meeting = await an_open_meeting(platform)
    part = await closed_part(worker, meeting, (POLICE, "INVESTIGATING_POLICE"))
    assert (await said_in(worker, meeting, part, SECRET))["problem"] is None

    assert SECRET in json.dumps(await seen(worker, meeting))
    assert SECRET in json.dumps(await seen(await platform.sign_in("wyp-3"), meeting))
    assert SECRET not in json.dumps(await seen(await platform.sign_in("ess-1"), meeting))


async def test_a_closed_part_that_is_not_for_them_and_one_that_is_nowhere_are_the_same(platform: Platform) -> None:
    worker, meeting = await an_open_meeting(platform)
    police = await platform.sign_in("wyp-3")
    part = await closed_part(police, meeting)
    secret = await said_in(police, meeting, part, SECRET)
    await done(worker, SEND_OUT, meeting)
    hidden, nowhere = (part, secret["entryId"]), (_nothing("MeetingPart"), _nothing("MeetingEntry"))
    for subject, agency in HIDDEN_FROM.items():
        who = await platform.sign_in(subject)
        body = await own_body(who, *agency)
        assert await _answers(who, meeting, body, *hidden) == await _answers(who, meeting, body, *nowhere)


def _nothing(kind: str) -> str:
    """The id of a thing of this kind that was never made."""
    return base64.urlsafe_b64encode(f"{kind}:{UUID(int=7)}".encode()).decode()


async def _answers(who: Person, meeting: dict[str, Any], body: dict[str, Any], part: str, entry: str) -> list[Any]:
    """Everything that can be tried with the id of a part or of an entry."""
    position = {"onEntryId": entry, "body": body, "agrees": True}
    return [
        (await said_in(who, meeting, part, "x"))["problem"],
        (await write(who, meeting, "position", **position))["problem"],
        (await who.do(SIGN, meetingId=meeting["id"], answer="AGREED", partId=part))["problem"],
        (await who.do(SIGN, meetingId=meeting["id"], answer="DISPUTED", entryId=entry, words="x"))["problem"],
        (await who.do(ADD, meetingId=meeting["id"], partId=part, words="x"))["problem"],
        (await who.ask("query ($id: ID!) { node(id: $id) { id } }", id=part))["node"],
    ]


async def test_what_is_decided_and_who_was_there_stands_in_the_open(platform: Platform) -> None:
    worker, meeting = await an_open_meeting(platform)
    part = await closed_part(worker, meeting)
    decision = {"decision": {"decision": "S47_JOINT", "words": "x", "decidedAt": at("10:05")}}

    refused = await worker.do(ENTRY, meetingId=meeting["id"], partId=part, content=decision)

    assert refused["problem"]["__typename"] == "Refused"
    assert entries(await seen(worker, meeting), "DECISION") == []


async def test_dissent_stands_beside_its_passage_for_those_who_read_that(platform: Platform) -> None:
    _, meeting = await an_open_meeting(platform)
    police, nurse = await platform.sign_in("wyp-3"), await platform.sign_in("ess-1")
    part = await closed_part(police, meeting, (HEALTH, "HEALTH"))
    secret = await said_in(police, meeting, part, SECRET)
    body = await own_body(nurse, HEALTH, "HEALTH")
    await written(nurse, meeting, "position", onEntryId=secret["entryId"], body=body, agrees=False, reason="Hearsay.")

    (position,) = entries(await seen(police, meeting), "POSITION")
    assert (position["content"]["agrees"], position["content"]["reason"]) == (False, "Hearsay.")
    for subject in ("lcc-1", "eha-2"):
        assert "Hearsay." not in json.dumps(await seen(await platform.sign_in(subject), meeting))


async def test_readers_take_part_in_the_meeting(platform: Platform) -> None:
    worker, meeting = await an_open_meeting(platform)
    stranger = {"agencyId": meeting["case"]["id"], "function": "HEALTH"}

    refused = await worker.do(PART, meetingId=meeting["id"], name="x", readers=[stranger])
    unnamed = await worker.do(PART, meetingId=meeting["id"], name=" ", readers=[])

    assert [one["code"] for one in refused["problem"]["problems"]] == ["takes_no_part"]
    assert [one["path"] for one in unnamed["problem"]["problems"]] == ["name"]
    assert len((await seen(worker, meeting))["parts"]) == 1


async def test_an_addendum_to_a_closed_part_tells_its_readers_alone(platform: Platform) -> None:
    worker, meeting = await an_open_meeting(platform)
    await is_recorded(worker, meeting)
    police = await platform.sign_in("wyp-3")
    part = await closed_part(police, meeting, (HEALTH, "HEALTH"))
    await done(worker, SEND_OUT, meeting)
    await agreed_by_all(platform, meeting)
    await done(await platform.sign_in("lcc-2"), CLOSE, meeting)
    await done(police, ADD, meeting, partId=part, words=SECRET)
    await platform.deliver()

    assert "MINUTES_ADDED_TO" in await kinds(await platform.sign_in("ess-1"))
    for subject in ("lcc-1", "eha-2"):
        other = await platform.sign_in(subject)
        assert "MINUTES_ADDED_TO" not in await kinds(other)
        assert (await seen(other, meeting))["signing"]["addenda"] == []


async def test_no_closed_part_begins_once_the_meeting_is_closed(platform: Platform) -> None:
    chair, meeting = await a_closed_meeting(platform)

    refused = await chair.do(PART, meetingId=meeting["id"], name="x", readers=[])

    assert refused["problem"]["code"] == "MEETING_CLOSED"
    assert len((await seen(chair, meeting))["parts"]) == 1
