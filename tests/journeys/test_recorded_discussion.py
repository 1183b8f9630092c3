"""A discussion held by telephone in the night is recorded afterwards, in one operation."""

from typing import Any

import pytest

from tests.world.meetings import (
    BRIEF,
    DISCUSS,
    HEALTH,
    POLICE,
    a_childs_case,
    arrangement,
    entries,
    own_body,
    seen,
)
from tests.world.platform import Person, Platform
from tests.world.stories import kinds

pytestmark = pytest.mark.anyio

TABLES = ("meeting", "meeting_entry", "meeting_invitation", "involvement", "outbox", "idempotency")


def at(clock: str) -> str:
    return f"2026-04-12T{clock}:00+01:00"


async def the_night(who: Person, case: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """At ten past two: the emergency duty social worker, the manager, a detective and a nurse who had to go."""
    council = await own_body(who, "Leeds City Council", "CHILDRENS_SERVICES")
    people = [
        ("Ella", council, "SOCIAL_WORKER", None),
        ("Farid", council, "MANAGER", None),
        ("Cora", await own_body(who, POLICE, "INVESTIGATING_POLICE"), "POLICE", None),
        ("Noor", await own_body(who, HEALTH, "HEALTH"), "HEALTH", at("02:25")),
    ]
    attendances = [
        {"person": name, "body": body, "profession": as_what, "stretches": [{"arrivedAt": at("02:10"), "leftAt": left}]}
        for name, body, as_what, left in people
    ]
    decision = {"decision": "S47_JOINT", "words": "Tonight.", "decidedAt": at("02:20")}
    arranged = {"mode": "TELEPHONE", "startsAt": at("02:10"), "endsAt": at("02:40"), "place": "By telephone"}
    usual = {
        "caseId": case["id"],
        "nation": "ENGLAND",
        "arrangement": await arrangement(who, **arranged),
        "brief": BRIEF,
        "attendances": attendances,
        "entries": [{"decision": decision}, {"safety": {"words": "With her aunt."}}],
    }
    return usual | changes


async def test_one_operation_records_it_all(platform: Platform) -> None:
    await platform.set_clock("2026-04-12T09:00+01:00")
    worker, case = await a_childs_case(platform)

    payload = await worker.do(DISCUSS, **await the_night(worker, case))
    await platform.deliver()

    assert payload["problem"] is None, payload
    (meeting,) = payload["meetings"]
    detective = await platform.sign_in("wyp-3")
    shown = await seen(detective, meeting)
    assert (shown["state"], shown["arrangement"]["mode"]) == ("OPEN", "TELEPHONE")
    (decision,) = entries(shown, "DECISION")
    assert decision["quorum"]["isQuorate"] is True
    assert [len(entries(shown, kind)) for kind in ("BRIEF", "ATTENDANCE", "SAFETY")] == [1, 4, 1]
    assert {one["name"] for one in shown["invitations"]} == {POLICE, HEALTH}
    assert (await kinds(detective))[0] == "MEETING_INVITATION"


@pytest.mark.parametrize("wrong", ["without a nurse", "not over", "two kinds", "a position", "nothing", "stranger"])
async def test_what_is_wrong_records_nothing(platform: Platform, wrong: str) -> None:
    await platform.set_clock("2026-04-12T09:00+01:00")
    worker, case = await a_childs_case(platform)
    decision = {"decision": "S47_JOINT", "words": "Tonight.", "decidedAt": at("02:30")}
    body = await own_body(worker, POLICE, "INVESTIGATING_POLICE")
    position = {"onEntryId": "TWVldGluZ0VudHJ5OjA=", "body": body, "agrees": True}
    changes: dict[str, dict[str, Any]] = {
        "without a nurse": {"entries": [{"decision": decision}]},
        "not over": {"arrangement": await arrangement(worker)},
        "two kinds": {"entries": [{"risk": {"words": "A"}, "note": {"words": "B"}}]},
        "a position": {"entries": [{"position": position}]},
        "nothing": {"entries": [], "attendances": []},
        "stranger": {},
    }
    sent = await the_night(worker, case, **changes[wrong])
    who = await platform.sign_in("gmp-1") if wrong == "stranger" else worker
    before = {name: await platform.admin.fetchval(f"SELECT count(*) FROM {name}") for name in TABLES}

    problem = (await who.do(DISCUSS, **sent))["problem"]

    expected = {"without a nurse": "entries.0.inquorateBecause", "not over": "arrangement.endsAt"}
    expected |= {"two kinds": "entries.0", "a position": "entries.0", "nothing": "entries"}
    if wrong == "stranger":
        assert problem["__typename"] == "NotFound"
    else:
        assert problem["problems"][0]["path"] == expected[wrong]
    assert {name: await platform.admin.fetchval(f"SELECT count(*) FROM {name}") for name in TABLES} == before
