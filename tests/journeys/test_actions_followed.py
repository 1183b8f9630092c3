"""Actions of strategy meetings are followed by their owners over all meetings, chased, and reported to the next one."""

from typing import Any

import pytest

from tests.world.actions import ACTIONS, agreed, follow_up, give, open_actions, report, reported
from tests.world.answers import acknowledge, inbox, of_kind, work
from tests.world.meetings import GUARDIAN, HEALTH, POLICE, a_childs_case, arrangement, convened, invitee, opened, seen
from tests.world.platform import Person, Platform
from tests.world.stories import id_of, kinds

pytestmark = pytest.mark.anyio

COUNCIL = "Leeds City Council"
TABLES = ("action_report", "action_charge", "assignment", "outbox", "idempotency", "notice_acknowledgement")


async def counted(platform: Platform) -> dict[str, int]:
    found = {name: await platform.admin.fetchval(f"SELECT count(*) FROM {name}") for name in TABLES}
    states = await platform.admin.fetch("SELECT state, reports FROM meeting_action ORDER BY entry_id")
    return found | {"states": [tuple(row) for row in states]}


async def a_meeting_on(worker: Person, case: dict[str, Any], start: str, *invited: tuple[str, str]) -> dict[str, Any]:
    """An open meeting at ten on this day with these invited."""
    arranged = await arrangement(worker, startsAt=f"{start}T10:00:00+01:00", endsAt=f"{start}T11:00:00+01:00")
    invite = [await invitee(worker, name, function) for name, function in invited]
    return await opened(worker, await convened(worker, case, arrangement=arranged, invite=invite))


async def a_meeting_with_actions(platform: Platform) -> tuple[Person, dict[str, Any], dict[str, Any]]:
    """On 14 April: two for the police, one for the surgery, one for a school without an account."""
    await platform.set_clock("2026-04-14T10:30+01:00")
    worker, case = await a_childs_case(platform)
    both = ((POLICE, "INVESTIGATING_POLICE"), (HEALTH, "HEALTH"))
    meeting = await a_meeting_on(worker, case, "2026-04-14", *both)
    await agreed(worker, meeting, "Seize the telephone.", POLICE, "INVESTIGATING_POLICE", "2026-04-16")
    await agreed(worker, meeting, "Visit the address.", POLICE, "INVESTIGATING_POLICE", "2026-04-15")
    await agreed(worker, meeting, "Send the chronology.", HEALTH, "HEALTH", "2026-04-17")
    await agreed(worker, meeting, "Keep attendance.", None, "EDUCATION", "2026-04-20")
    return worker, case, meeting


async def test_an_agency_sees_its_own_open_actions_over_all_meetings_the_longest_overdue_first(
    platform: Platform,
) -> None:
    worker, _, _ = await a_meeting_with_actions(platform)
    other = await a_childs_case(platform)
    second = await a_meeting_on(worker, other[1], "2026-04-14", (POLICE, "INVESTIGATING_POLICE"))
    await agreed(worker, second, "Interview the driver.", POLICE, "INVESTIGATING_POLICE", "2026-04-14")
    await platform.set_clock("2026-04-16T09:00+01:00")
    detective, nurse, worker = [await platform.sign_in(who) for who in ("wyp-3", "ess-1", "lcc-1")]

    listed = await open_actions(detective)
    assert [(one["what"], one["isOverdue"]) for one in listed] == [
        ("Interview the driver.", True),
        ("Visit the address.", True),
        ("Seize the telephone.", False),  # the day itself still counts
    ]
    assert [one["what"] for one in await open_actions(nurse)] == ["Send the chronology."]
    # Nobody at the school can follow its action: whoever holds the meeting does.
    assert [(one["what"], one["isYours"]) for one in await open_actions(worker)] == [("Keep attendance.", True)]

    await reported(detective, listed[1], "DONE", "Visited with a colleague.")
    assert [one["what"] for one in await open_actions(detective)] == ["Interview the driver.", "Seize the telephone."]


async def test_pages_of_one_action_join_to_the_whole(platform: Platform) -> None:
    await a_meeting_with_actions(platform)
    detective = await platform.sign_in("wyp-3")
    first = (await detective.ask(ACTIONS, first=1))["openActions"]
    second = (await detective.ask(ACTIONS, first=1, after=first["pageInfo"]["endCursor"]))["openActions"]

    assert [page["edges"][0]["node"]["what"] for page in (first, second)] == [
        "Visit the address.",
        "Seize the telephone.",
    ]
    assert (first["pageInfo"]["hasNextPage"], second["pageInfo"]["hasNextPage"]) == (True, False)


async def test_what_became_of_it_is_reported_to_the_next_meeting_about_this_child(platform: Platform) -> None:
    _, case, first = await a_meeting_with_actions(platform)
    detective, nurse = await platform.sign_in("wyp-3"), await platform.sign_in("ess-1")
    visit, seize = await open_actions(detective)
    await reported(detective, visit, "DONE", "Nobody lives there.")
    await reported(detective, seize, "BLOCKED", "The warrant was refused.")
    await platform.set_clock("2026-04-21T10:30+01:00")
    worker = await platform.sign_in("lcc-1")
    second = await a_meeting_on(worker, case, "2026-04-21", (POLICE, "INVESTIGATING_POLICE"), (GUARDIAN, "GUARDIAN"))

    shown = (await follow_up(worker, second))["earlier"]
    assert {(one["what"], one["state"], one["isOverdue"]) for one in shown} == {
        ("Visit the address.", "DONE", False),
        ("Seize the telephone.", "BLOCKED", True),
        ("Send the chronology.", "OPEN", True),
        ("Keep attendance.", "OPEN", True),
    }
    assert next(one["report"]["note"] for one in shown if one["state"] == "BLOCKED") == "The warrant was refused."
    # The guardian was not at the first meeting and hears nothing of it here; the nurse is not at the second.
    assert await follow_up(await platform.sign_in("eha-2"), second) == {"actions": [], "earlier": []}
    nurse = await platform.sign_in("ess-1")
    assert len((await follow_up(nurse, first))["actions"]) == 4

    await platform.set_clock("2026-05-05T10:30+01:00")
    third = await a_meeting_on(await platform.sign_in("lcc-1"), case, "2026-05-05")
    shown = (await follow_up(await platform.sign_in("lcc-1"), third))["earlier"]
    assert "Visit the address." not in {one["what"] for one in shown}  # reported to the second meeting already


async def test_nobody_else_says_what_became_of_an_action(platform: Platform) -> None:
    worker, _, meeting = await a_meeting_with_actions(platform)
    detective, nurse, stranger = [await platform.sign_in(who) for who in ("wyp-3", "ess-1", "gmp-1")]
    (visit, *_) = await open_actions(detective)
    before = await counted(platform)

    assert (await report(nurse, visit, "DONE"))["problem"]["__typename"] == "Refused"
    assert (await report(worker, visit, "DONE"))["problem"]["__typename"] == "Refused"
    assert (await report(stranger, visit, "DONE"))["problem"]["__typename"] == "NotFound"
    assert (await give(nurse, visit, memberId=await id_of(nurse)))["problem"]["__typename"] == "Refused"
    assert (await give(detective, visit, memberId=await id_of(nurse)))["problem"]["__typename"] == "Invalid"
    assert (await report(detective, visit, "OPEN"))["problem"]["code"] == "NO_SUCH_STEP"
    assert (await report(detective, visit, "DONE", " "))["problem"]["__typename"] == "Invalid"
    assert (await report(detective, visit, "DONE", expectedVersion=3))["problem"]["code"] == "VERSION_MOVED"

    assert await counted(platform) == before
    assert await open_actions(stranger) == []
    assert (await seen(worker, meeting))["entries"]


async def test_for_a_body_without_an_account_the_convenor_writes_it_down(platform: Platform) -> None:
    worker, _, _ = await a_meeting_with_actions(platform)
    (kept,) = await open_actions(worker)

    said = await reported(worker, kept, "DONE", "The head teacher rang.")

    assert (said["report"]["forThem"], said["report"]["agency"], said["version"]) == (True, COUNCIL, 1)
    assert await open_actions(worker) == []


async def test_somebody_in_the_agency_has_it_in_hand_and_gets_the_record_with_it(platform: Platform) -> None:
    worker, _, meeting = await a_meeting_with_actions(platform)
    action = await agreed(worker, meeting, "See the child.", COUNCIL, "CHILDRENS_SERVICES", "2026-04-15")
    greta = await platform.sign_in("lcc-3")
    assert await open_actions(greta) == []  # the record is not hers

    known = {"id": action["id"], "meetingId": meeting["id"]}
    given = await give(worker, known, memberId=await id_of(worker, "Greta Invented"))

    assert given["action"]["holder"] == {"name": "Greta Invented", "isTeam": False}
    me = await id_of(greta)
    assert [one["what"] for one in await open_actions(greta, heldBy=me)] == ["See the child."]
    assert [one["what"] for one in await open_actions(worker, scope="ASSIGNED")] == ["Keep attendance."]
    detective = await platform.sign_in("wyp-3")
    told = next(one for one in (await follow_up(detective, meeting))["actions"] if one["what"] == "See the child.")
    assert told["holder"] is None  # who does it inside the council is the council's


async def worked_at(platform: Platform, moment: str, who: str) -> Person:
    """The worker has put reminders into the outbox, and delivered them."""
    await platform.set_clock(moment)
    await work(platform)
    await work(platform)
    return await platform.sign_in(who)


async def chases(who: Person) -> int:
    """How often somebody was reminded of a reminder."""
    notices = await inbox(who)
    reminders = {one["reference"] for one in notices if one["kind"] == "ACTION_OVERDUE"}
    return len([one for one in notices if one["follows"] in reminders])


async def test_an_overdue_action_is_chased_until_somebody_says_something(platform: Platform) -> None:
    await a_meeting_with_actions(platform)
    detective = await worked_at(platform, "2026-04-15T23:30+01:00", "wyp-3")
    assert "ACTION_OVERDUE" not in await kinds(detective)  # its day has not ended

    detective = await worked_at(platform, "2026-04-16T08:30+01:00", "wyp-3")
    assert ((await kinds(detective)).count("ACTION_OVERDUE"), await chases(detective)) == (1, 0)
    assert "ACTION_OVERDUE" not in await kinds(await platform.sign_in("ess-1"))

    detective = await worked_at(platform, "2026-04-17T17:00+01:00", "wyp-3")  # a working day later; and one more is due
    assert ((await kinds(detective)).count("ACTION_OVERDUE"), await chases(detective)) == (2, 1)


@pytest.mark.parametrize("answer", ["it is blocked", "it is in hand"])
async def test_a_report_answers_the_reminder_and_so_does_acknowledging_it(platform: Platform, answer: str) -> None:
    await a_meeting_with_actions(platform)
    detective = await worked_at(platform, "2026-04-16T08:30+01:00", "wyp-3")
    if answer == "it is blocked":
        await reported(detective, (await open_actions(detective))[0], "BLOCKED", "Nobody opens.")
    else:
        await acknowledge(detective, await of_kind(detective, "ACTION_OVERDUE"))

    assert await chases(await worked_at(platform, "2026-04-17T17:00+01:00", "wyp-3")) == 0


async def test_an_agency_that_no_longer_reads_the_meeting_leaves_its_action_to_the_convenor(platform: Platform) -> None:
    await a_meeting_with_actions(platform)
    await platform.admin.execute(
        "UPDATE involvement SET until_at = moment() WHERE relation = 'attendee' AND function = 'health'"
    )

    nurse, worker = await platform.sign_in("ess-1"), await platform.sign_in("lcc-1")

    assert await open_actions(nurse) == []
    assert {one["what"] for one in await open_actions(worker)} == {"Keep attendance.", "Send the chronology."}
