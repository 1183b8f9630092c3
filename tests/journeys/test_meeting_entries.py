"""The record of a meeting while it is written: versions for each entry, several people at once, nothing lost."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import uuid4

import pytest

from tests.world.meetings import (
    CANCEL,
    ENTRY,
    HEALTH,
    OPEN_MEETING,
    POLICE,
    a_childs_case,
    convened,
    entries,
    invitee,
    opened,
    own_body,
    read,
    rewrite,
    seen,
    write,
    written,
)
from tests.world.platform import Person, Platform
from tests.world.recorders import all_at_once

pytestmark = pytest.mark.anyio

TABLES = ("meeting_entry", "meeting_entry_version", "meeting_action", "invitation_answer", "outbox", "idempotency")


async def counted(platform: Platform) -> dict[str, int]:
    return {name: await platform.admin.fetchval(f"SELECT count(*) FROM {name}") for name in TABLES}


async def an_open_meeting(platform: Platform) -> tuple[Person, Person, dict[str, Any]]:
    """A social worker who runs it, and an invited detective."""
    worker, case = await a_childs_case(platform)
    invite = [await invitee(worker, POLICE, "INVESTIGATING_POLICE"), await invitee(worker, HEALTH, "HEALTH")]
    meeting = await opened(worker, await convened(worker, case, invite=invite))
    return worker, await platform.sign_in("wyp-3"), meeting


async def test_each_version_names_the_one_before_and_all_stay(platform: Platform) -> None:
    worker, detective, meeting = await an_open_meeting(platform)
    first = await written(worker, meeting, "risk", words="First.")

    second = await rewrite(worker, meeting, first, risk={"words": "Second."})
    late = await rewrite(worker, meeting, first, risk={"words": "From the first."})

    assert second["problem"] is None
    assert (late["problem"]["__typename"], late["problem"]["code"]) == ("Conflict", "VERSION_MOVED")
    (shown,) = entries(await seen(detective, meeting), "RISK")
    assert (shown["version"], shown["content"]["words"]) == (2, "Second.")
    kept = (
        "SELECT content ->> 'words' FROM meeting_entry_version WHERE version < 3 AND content ? 'words' ORDER BY version"
    )
    assert [row[0] for row in await platform.admin.fetch(kept)] == ["First.", "Second."]


async def test_a_retry_writes_once(platform: Platform) -> None:
    worker, _, meeting = await an_open_meeting(platform)
    sent = {"meetingId": meeting["id"], "content": {"note": {"words": "Once."}}, "idempotencyKey": str(uuid4())}

    first, again = [await worker.do(ENTRY, **sent) for _ in range(2)]
    other = await worker.do(ENTRY, **(sent | {"content": {"note": {"words": "Other."}}}))

    assert first["entryId"] == again["entryId"]
    assert other["problem"]["code"] == "IDEMPOTENCY_KEY_REUSED"
    assert len(entries(await seen(worker, meeting), "NOTE")) == 1


async def test_what_was_written_since_comes_with_the_next_reading(platform: Platform) -> None:
    worker, detective, meeting = await an_open_meeting(platform)
    await platform.set_clock("2026-11-23T10:00+00:00")
    worker, detective = await platform.sign_in("lcc-1"), await platform.sign_in("wyp-3")
    await written(worker, meeting, "note", words="Early.")
    await platform.set_clock("2026-11-23T10:05+00:00")
    since = (await seen(detective, meeting))["readAt"]
    await platform.set_clock("2026-11-23T10:05:05+00:00")
    await written(worker, meeting, "note", words="Late.")

    changed = await read(detective, meeting, since=since)

    assert changed is not None
    assert [one["content"]["words"] for one in changed["entries"]] == ["Late."]


@pytest.mark.parametrize("attempt", ["their entry", "a decision", "for them", "before", "after", "nobody"])
async def test_what_is_not_for_them_changes_nothing(platform: Platform, attempt: str) -> None:
    worker, detective, meeting = await an_open_meeting(platform)
    theirs = await written(worker, meeting, "note", words="The council's.")
    body = await own_body(worker, HEALTH, "HEALTH")
    _, case = await a_childs_case(platform)
    police = [await invitee(worker, POLICE, "INVESTIGATING_POLICE")]
    early = await convened(worker, case, invite=police)
    cancelled = await convened(worker, case, invite=police)
    await worker.do(CANCEL, meetingId=cancelled["id"], because="Elsewhere.")
    stranger = await platform.sign_in("gmp-1")
    before = await counted(platform)
    decided = {"decision": "S47_JOINT", "words": "So.", "decidedAt": "2026-04-14T10:05:00+01:00"}

    attempts: dict[str, Callable[[], Awaitable[dict[str, Any]]]] = {
        "their entry": lambda: rewrite(detective, meeting, theirs, note={"words": "Mine."}),
        "a decision": lambda: write(detective, meeting, "decision", **decided),
        "for them": lambda: write(detective, meeting, "information", owner=body, words="The nurse said."),
        "before": lambda: write(detective, early, "note", words="Too early."),
        "after": lambda: write(worker, cancelled, "note", words="Too late."),
        "nobody": lambda: write(stranger, meeting, "note", words="Not invited."),
    }
    problem = (await attempts[attempt]())["problem"]

    assert (problem["__typename"], problem.get("code")) == {
        "their entry": ("Refused", None),
        "a decision": ("Refused", None),
        "for them": ("Refused", None),
        "before": ("Conflict", "MEETING_NOT_OPEN"),
        "after": ("Conflict", "MEETING_CANCELLED"),
        "nobody": ("NotFound", None),
    }[attempt]
    assert await counted(platform) == before


async def test_a_withdrawn_decision_is_struck_out_and_not_judged(platform: Platform) -> None:
    worker, detective, meeting = await an_open_meeting(platform)
    why = {"inquorateBecause": "Alone tonight.", "followUpOn": "2026-04-15"}
    said = {"decision": "S47_JOINT", "words": "So.", "decidedAt": "2026-04-14T10:05:00+01:00"}
    entry = await written(worker, meeting, "decision", **said, **why)
    assert entry["quorum"]["isQuorate"] is False

    sent = {"meetingId": meeting["id"], "entryId": entry["id"], "expectedVersion": 1, "isWithdrawn": True}
    payload = await worker.do(ENTRY, **sent, content={"decision": said})

    assert payload["problem"] is None, payload
    (shown,) = entries(await seen(detective, meeting), "DECISION")
    assert (shown["isWithdrawn"], shown["quorum"]) == (True, None)


async def test_a_meeting_is_opened_once(platform: Platform) -> None:
    worker, _, meeting = await an_open_meeting(platform)

    again = await worker.do(OPEN_MEETING, meetingId=meeting["id"])

    assert again["problem"]["code"] == "OPEN_ALREADY"


async def test_those_who_write_at_once_lose_nothing(platform: Platform) -> None:
    """Hundreds of writes in orders that the dice make: new entries, and the next version of a common one; thousands
    stand in the long tests."""
    acknowledged = 0
    for seed in range(3):
        worker, detective, meeting = await an_open_meeting(platform)
        council = [worker, await platform.sign_in("lcc-2")]
        common = await written(worker, meeting, "safety", words="start")
        acknowledged += await all_at_once(meeting, common, council, detective, times=34, seed=seed)

    assert acknowledged == 306
