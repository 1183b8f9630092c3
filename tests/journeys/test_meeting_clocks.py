"""The conference is due from the discussion that started enquiries, a record one working day after its meeting."""

from typing import Any

import pytest

from tests.world.forms import told_on
from tests.world.meetings import (
    HEALTH,
    INVITE,
    POLICE,
    a_childs_case,
    arrangement,
    convened,
    entries,
    invitee,
    opened,
    rewrite,
    seen,
    write,
    written,
)
from tests.world.platform import Person, Platform
from tests.world.stories import refer_from

pytestmark = pytest.mark.anyio

PROOF = "proof { row source startsOn counted skipped { day reason } }"
CLOCKS = f"""query ($reference: String) {{ case(reference: $reference) {{ clocks {{ __typename
  ... on Clocks {{ all {{ kind dueOn daysLeft {PROOF} }} }} }} }} }}"""
RECORD_OUT = f"query ($id: ID!) {{ meeting(id: $id) {{ recordOut {{ kind dueOn daysLeft {PROOF} }} }} }}"
NEXT = "query ($id: ID!) { meeting(id: $id) { nextMeeting { kind waitsFor dueOn daysLeft proof { row } } } }"
WHY = {"inquorateBecause": "At once, by telephone.", "followUpOn": "2026-02-20"}


async def conference(who: Person, case: dict[str, Any]) -> dict[str, Any] | None:
    """The clock of the conference on this case."""
    shown = (await who.ask(CLOCKS, reference=case["reference"]))["case"]["clocks"]
    assert shown["__typename"] == "Clocks"
    return next((one for one in shown["all"] if one["kind"] == "initial_conference"), None)


async def a_discussion(platform: Platform, case: dict[str, Any], day: str) -> tuple[Person, dict[str, Any]]:
    """An open meeting at ten of a winter's day."""
    await platform.set_clock(f"{day}T09:00+00:00")
    worker = await platform.sign_in("lcc-1")
    when = await arrangement(worker, startsAt=f"{day}T10:00:00+00:00", endsAt=f"{day}T11:00:00+00:00")
    return worker, await opened(worker, await convened(worker, case, arrangement=when, invite=[]))


async def decided(who: Person, meeting: dict[str, Any], decision: str, day: str) -> dict[str, Any]:
    said = {"decision": decision, "words": "So decided.", "decidedAt": f"{day}T10:30:00+00:00"}
    return await written(who, meeting, "decision", **said, **WHY)


async def a_case(platform: Platform) -> dict[str, Any]:
    await platform.set_clock("2025-12-10T09:00+00:00")
    return (await a_childs_case(platform))[1]


async def test_the_conference_is_due_from_the_discussion_that_started_enquiries_and_no_later_one_moves_it(
    platform: Platform,
) -> None:
    case = await a_case(platform)
    worker, first = await a_discussion(platform, case, "2025-12-12")
    await decided(worker, first, "MEDICAL", "2025-12-12")
    assert await conference(worker, case) is None
    await decided(worker, first, "S47_JOINT", "2025-12-12")
    counted = await conference(worker, case)
    assert counted is not None
    assert (counted["dueOn"], counted["proof"]["startsOn"]) == ("2026-01-07", "2025-12-12")
    assert len(counted["proof"]["counted"]) == 15
    assert {one["reason"] for one in counted["proof"]["skipped"]} >= {"Christmas Day", "Boxing Day", "New Year’s Day"}

    worker, later = await a_discussion(platform, case, "2025-12-19")
    await decided(worker, later, "S47_SINGLE_AGENCY", "2025-12-19")

    after = await conference(worker, case)
    assert after is not None
    assert after["proof"] == counted["proof"]
    rows = await platform.admin.fetchval("SELECT count(*) FROM clock WHERE kind = 'initial_conference'")
    assert rows == 1


async def test_a_correction_of_the_decision_corrects_the_clock(platform: Platform) -> None:
    case = await a_case(platform)
    worker, first = await a_discussion(platform, case, "2025-12-12")
    entry = await decided(worker, first, "S47_JOINT", "2025-12-12")
    said = {"words": "Not yet.", "decidedAt": "2025-12-12T10:30:00+00:00", **WHY}

    corrected = await rewrite(worker, first, entry, decision={"decision": "S47_NOT_STARTED", **said})

    assert corrected["problem"] is None, corrected
    assert await conference(worker, case) is None
    worker, later = await a_discussion(platform, case, "2025-12-19")
    await decided(worker, later, "S47_JOINT", "2025-12-19")
    counted = await conference(worker, case)
    assert counted is not None
    assert counted["proof"]["startsOn"] == "2025-12-19"


async def test_referring_the_child_ends_what_the_concern_waited_for_and_not_the_conference(platform: Platform) -> None:
    case = await a_case(platform)
    worker, first = await a_discussion(platform, case, "2025-12-12")
    await decided(worker, first, "S47_JOINT", "2025-12-12")

    concern = {"caseId": case["id"], "expectedVersion": case["version"], "meetingId": first["id"]}
    payload = await refer_from(worker, case, referral=told_on("2025-12-11"), fromConcern=concern)

    assert payload["problem"] is None, payload
    shown = (await worker.ask(CLOCKS, reference=case["reference"]))["case"]["clocks"]["all"]
    assert {one["kind"] for one in shown} == {"initial_conference", "reasonable_grounds"}


async def test_the_record_is_due_one_working_day_after_the_meeting(platform: Platform) -> None:
    case = await a_case(platform)
    worker, meeting = await a_discussion(platform, case, "2025-12-24")

    due = (await worker.ask(RECORD_OUT, id=meeting["id"]))["meeting"]["recordOut"]

    assert (due["dueOn"], due["daysLeft"]) == ("2025-12-29", 5)
    assert due["proof"]["row"] == "clock-strategy-record-out-england-2009-04-01"
    assert [one["day"] for one in due["proof"]["skipped"]] == ["2025-12-25", "2025-12-26", "2025-12-27", "2025-12-28"]


async def next_one(who: Person, meeting: dict[str, Any]) -> dict[str, Any] | None:
    """The clock of the next meeting, as this person is shown it on this one."""
    found: dict[str, Any] | None = (await who.ask(NEXT, id=meeting["id"]))["meeting"]["nextMeeting"]
    return found


async def test_the_next_meeting_is_waited_for_until_it_is_held(platform: Platform) -> None:
    case = await a_case(platform)
    worker, first = await a_discussion(platform, case, "2025-12-12")
    assert await next_one(worker, first) is None
    day = await written(worker, first, "nextMeeting", words="Once the scan is read.", heldBy="2025-12-19")
    counted = {"kind": "next_strategy_meeting", "waitsFor": "strategy_meeting", "proof": None}
    assert await next_one(worker, first) == {**counted, "dueOn": "2025-12-19", "daysLeft": 7}
    sooner = await rewrite(worker, first, day, nextMeeting={"words": "The scan is read.", "heldBy": "2025-12-15"})
    assert sooner["problem"] is None
    assert await next_one(worker, first) == {**counted, "dueOn": "2025-12-15", "daysLeft": 3}

    await platform.set_clock("2025-12-16T08:00+00:00")
    worker = await platform.sign_in("lcc-1")
    when = await arrangement(worker, startsAt="2025-12-16T10:00:00+00:00", endsAt="2025-12-16T11:00:00+00:00")
    second = await convened(worker, case, arrangement=when, invite=[])
    late = await next_one(worker, first)
    assert late is not None
    assert late["daysLeft"] == -1  # to be convened is not to be held
    await opened(worker, second)

    assert (await next_one(worker, first), await next_one(worker, second)) == (None, None)
    assert len(entries(await seen(worker, first), "NEXT_MEETING")) == 1


async def test_whoever_is_not_invited_to_the_next_meeting_cannot_tell_that_it_was_held(platform: Platform) -> None:
    case = await a_case(platform)
    worker, first = await a_discussion(platform, case, "2025-12-12")
    invite = [await invitee(worker, HEALTH, "HEALTH"), await invitee(worker, POLICE, "INVESTIGATING_POLICE")]
    assert (await worker.do(INVITE, meetingId=first["id"], invite=invite))["problem"] is None
    await written(worker, first, "nextMeeting", words="Without the surgery.", heldBy="2025-12-19")
    nurse, detective = await platform.sign_in("ess-1"), await platform.sign_in("wyp-3")
    before = await next_one(nurse, first)

    await platform.set_clock("2025-12-12T09:05+00:00")  # what was convened at one moment has no order
    when = await arrangement(worker, startsAt="2025-12-12T12:00:00+00:00", endsAt="2025-12-12T13:00:00+00:00")
    await opened(worker, await convened(worker, case, arrangement=when, invite=invite[1:]))

    assert await next_one(detective, first) is None
    assert await next_one(nurse, first) == before is not None


async def test_the_next_day_is_the_councils_to_set_and_not_before_this_one(platform: Platform) -> None:
    case = await a_case(platform)
    worker, first = await a_discussion(platform, case, "2025-12-12")
    invite = [await invitee(worker, HEALTH, "HEALTH")]
    assert (await worker.do(INVITE, meetingId=first["id"], invite=invite))["problem"] is None
    nurse = await platform.sign_in("ess-1")
    rows = await platform.admin.fetchval("SELECT count(*) FROM meeting_entry_version")

    guest = await write(nurse, first, "nextMeeting", words="Soon.", heldBy="2025-12-19")
    early = await write(worker, first, "nextMeeting", words="Before.", heldBy="2025-12-11")

    assert guest["problem"]["__typename"] == "Refused"
    assert [(one["path"], one["code"]) for one in early["problem"]["problems"]] == [
        ("nextMeeting.heldBy", "before_this_meeting")
    ]
    assert await platform.admin.fetchval("SELECT count(*) FROM meeting_entry_version") == rows
    assert (await write(worker, first, "nextMeeting", words="Today.", heldBy="2025-12-12"))["problem"] is None
