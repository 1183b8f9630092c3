"""Minutes are sent out, signed off, disputed and closed by their chair; what comes later is added beside them."""

import hashlib
import json
from typing import Any

import pytest

from tests.world.meetings import HEALTH, POLICE, agency_id, entries, own_body, rewrite, write, written
from tests.world.minutes import (
    ADD,
    CLOSE,
    ESCALATE,
    RELEASE,
    SEND_OUT,
    SIGN,
    a_closed_meeting,
    agreed_by_all,
    an_open_meeting,
    done,
    is_recorded,
    read,
    seen,
)
from tests.world.platform import Platform
from tests.world.stories import kinds, raw_id

pytestmark = pytest.mark.anyio

WHY = {"purpose": "Decide on the referral", "lawfulBasis": "Public task (UK GDPR Art 6(1)(e))"}


async def test_minutes_are_signed_off_disputed_and_closed(platform: Platform) -> None:
    worker, meeting = await an_open_meeting(platform)
    decision = await is_recorded(worker, meeting)
    sent = await done(worker, SEND_OUT, meeting)
    assert sent["meeting"]["signing"]["sentOut"]["dueOn"] == "2026-04-21"
    assert len(sent["meeting"]["signing"]["awaited"]) == 3
    await platform.deliver()
    nurse = await platform.sign_in("ess-1")
    assert "MINUTES_TO_SIGN" in await kinds(nurse)
    await done(nurse, SIGN, meeting, answer="DISPUTED", entryId=decision["id"], words="I had left.")
    await done(await platform.sign_in("eha-2"), SIGN, meeting, answer="AGREED")
    chair = await platform.sign_in("lcc-2")
    early = await chair.do(CLOSE, meetingId=meeting["id"])
    assert [(one["code"], one["message"]) for one in early["problem"]["problems"]] == [
        ("not_signed_off", f"Not signed off yet: {POLICE}.")
    ]
    await done(await platform.sign_in("wyp-3"), SIGN, meeting, answer="AGREED")

    closed = (await done(chair, CLOSE, meeting))["meeting"]

    assert closed["state"] == "CLOSED"
    for subject in ("wyp-3", "ess-1", "eha-2", "lcc-1"):
        shown = await seen(await platform.sign_in(subject), meeting)
        (disputed,) = [one for one in shown["signing"]["signOffs"] if one["answer"] == "DISPUTED"]
        assert (disputed["entryId"], disputed["words"]) == (decision["id"], "I had left.")
        assert shown["parts"][0]["sha256"] == closed["parts"][0]["sha256"]


async def test_silence_ends_with_the_last_day(platform: Platform) -> None:
    worker, meeting = await an_open_meeting(platform)
    await is_recorded(worker, meeting)
    await done(worker, SEND_OUT, meeting)
    await platform.set_clock("2026-04-21T23:59+01:00")
    refused = await (await platform.sign_in("lcc-2")).do(CLOSE, meetingId=meeting["id"])
    assert [one["code"] for one in refused["problem"]["problems"]] == ["not_signed_off"]

    await platform.set_clock("2026-04-22T00:00+01:00")
    await done(await platform.sign_in("lcc-2"), CLOSE, meeting)


async def test_a_correction_shows_which_agreements_are_older(platform: Platform) -> None:
    worker, meeting = await an_open_meeting(platform)
    decision = await is_recorded(worker, meeting)
    await done(worker, SEND_OUT, meeting)
    await agreed_by_all(platform, meeting)
    await platform.set_clock("2026-04-15T09:00+01:00")
    worker = await platform.sign_in("lcc-1")
    better = {name: decision["content"][name] for name in ("decision", "decidedAt")} | {"words": "Corrected."}
    assert (await rewrite(worker, meeting, decision, decision=better))["problem"] is None

    said = (await seen(worker, meeting))["signing"]["signOffs"]

    assert [one["isOfThisText"] for one in said] == [False, False, False]


async def test_the_hash_is_of_the_text_in_a_form_that_anybody_can_write_again(platform: Platform) -> None:
    chair, meeting = await a_closed_meeting(platform)
    rows = await platform.admin.fetch(
        "SELECT e.id, e.kind, e.agency_id, e.function, v.version, v.is_withdrawn, v.content FROM meeting_entry e"
        " JOIN meeting_entry_version v ON v.entry_id = e.id"
        " WHERE e.meeting_id = $1 AND NOT EXISTS (SELECT FROM meeting_entry_version n WHERE n.entry_id = e.id"
        " AND n.version > v.version) ORDER BY e.sequence",
        raw_id(meeting["id"]),
    )
    text = [
        {
            "id": str(row["id"]), "kind": row["kind"], "agency": str(row["agency_id"]), "function": row["function"],
            "version": row["version"], "isWithdrawn": row["is_withdrawn"], "content": row["content"]
            if isinstance(row["content"], dict) else json.loads(row["content"]),
        }
        for row in rows
    ]  # fmt: skip
    canonical = json.dumps(text, sort_keys=True, separators=(",", ":"), ensure_ascii=False)

    shown = (await seen(chair, meeting))["parts"][0]["sha256"]

    assert len(rows) > 4
    assert shown == hashlib.sha256(canonical.encode()).hexdigest()


async def test_only_the_chair_closes(platform: Platform) -> None:
    worker, meeting = await an_open_meeting(platform)
    await is_recorded(worker, meeting)
    await done(worker, SEND_OUT, meeting)
    await agreed_by_all(platform, meeting)
    nurse = await platform.sign_in("ess-1")

    for who in (worker, nurse):
        refused = await who.do(CLOSE, meetingId=meeting["id"])
        assert refused["problem"]["__typename"] == "Refused"
    stranger = await (await platform.sign_in("gmp-1")).do(CLOSE, meetingId=meeting["id"])

    assert stranger["problem"]["__typename"] == "NotFound"
    assert (await seen(worker, meeting))["state"] == "OPEN"


async def test_dissent_is_escalated_by_whoever_dissents(platform: Platform) -> None:
    worker, meeting = await an_open_meeting(platform)
    decision = await is_recorded(worker, meeting)
    nurse = await platform.sign_in("ess-1")
    words = {"entryId": decision["id"], "words": "We cannot settle it."}
    refused = await nurse.do(ESCALATE, meetingId=meeting["id"], **words)
    assert refused["problem"]["__typename"] == "Refused"
    body = await own_body(nurse, HEALTH, "HEALTH")
    await written(nurse, meeting, "position", onEntryId=decision["id"], body=body, agrees=False, reason="Too early.")

    await done(nurse, ESCALATE, meeting, **words)
    await platform.deliver()

    (escalated,) = (await seen(worker, meeting))["signing"]["escalations"]
    assert (escalated["agency"]["name"], escalated["entryId"]) == (HEALTH, decision["id"])
    notices = await platform.admin.fetch(
        "SELECT n.function, n.team_id IS NOT NULL AS for_managers FROM notice n WHERE kind = 'dissent_escalated'"
    )
    assert {row["function"] for row in notices} == {"health", "childrens_services"}
    assert {row["for_managers"] for row in notices if row["function"] == "childrens_services"} == {True}
    others = await (await platform.sign_in("wyp-3")).do(ESCALATE, meetingId=meeting["id"], **words)
    assert others["problem"]["__typename"] == "Refused"


async def test_what_comes_later_is_added_and_told_again(platform: Platform) -> None:
    chair, meeting = await a_closed_meeting(platform)
    before = (await seen(chair, meeting))["parts"]
    late = await write(chair, meeting, "note", words="Too late.")
    assert late["problem"]["code"] == "MEETING_CLOSED"
    nurse = await platform.sign_in("ess-1")

    await done(nurse, ADD, meeting, words="The scan was clear.")
    await platform.deliver()

    shown = await seen(chair, meeting)
    (addendum,) = shown["signing"]["addenda"]
    assert (addendum["words"], addendum["agency"]["name"], len(addendum["sha256"])) == (
        "The scan was clear.",
        HEALTH,
        64,
    )
    assert shown["parts"] == before
    for subject in ("lcc-1", "wyp-3", "eha-2"):
        assert "MINUTES_ADDED_TO" in await kinds(await platform.sign_in(subject))
    assert "MINUTES_ADDED_TO" not in await kinds(nurse)


async def test_minutes_go_to_nobody_else_without_their_originator(platform: Platform) -> None:
    chair, meeting = await a_closed_meeting(platform)
    decider = await platform.sign_in("sca-1")
    assert await read(decider, meeting) is None
    given: dict[str, Any] = {"agencyId": await agency_id(chair, "Single Competent Authority"), **WHY}
    given["function"] = "DECISION_MAKER"
    for subject in ("ess-1", "wyp-3"):
        guest = await platform.sign_in(subject)
        assert (await guest.do(RELEASE, meetingId=meeting["id"], **given))["problem"]["__typename"] == "Refused"
    assert await read(decider, meeting) is None

    await done(chair, RELEASE, meeting, **given)
    await platform.deliver()

    decider = await platform.sign_in("sca-1")
    assert "MINUTES_RELEASED" in await kinds(decider)
    shown = await seen(decider, meeting)
    assert (len(entries(shown, "DECISION")), shown["isRunByYou"]) == (1, False)
    assert (await write(decider, meeting, "note", words="x"))["problem"]["__typename"] != "NotFound"
    assert (await decider.do(ADD, meetingId=meeting["id"], words="x"))["problem"]["__typename"] == "Refused"
    again = await chair.do(RELEASE, meetingId=meeting["id"], **(given | {"function": "SUPPORT_PRIME"}))
    assert [one["code"] for one in again["problem"]["problems"]] == ["not_given_minutes"]


async def test_minutes_that_are_not_closed_are_not_given_away(platform: Platform) -> None:
    worker, meeting = await an_open_meeting(platform)
    given = {"agencyId": await agency_id(worker, "Single Competent Authority"), "function": "DECISION_MAKER", **WHY}

    refused = await worker.do(RELEASE, meetingId=meeting["id"], **given)

    assert refused["problem"]["code"] == "MEETING_NOT_CLOSED"
    assert await read(await platform.sign_in("sca-1"), meeting) is None
