"""A child is referred on a Saturday night and nobody answers: a reminder, then the managers, each once."""

import asyncio
from typing import Any

import pytest

from services.notices import errands, store, worker
from services.tools import lost_a_race
from tests.world.administering import act_as
from tests.world.answers import ACKNOWLEDGE, ONE, acknowledge, complete, inbox, of_kind, work
from tests.world.forms import child_referral
from tests.world.platform import Person, Platform
from tests.world.stories import kinds, open_concern, refer, refer_from
from tests.world.template import WORKER_SECRET

pytestmark = pytest.mark.anyio

SATURDAY_NIGHT = "2026-05-30T23:40+01:00"
AN_HOUR_LATER = "2026-05-31T00:41+01:00"
FOUR_HOURS_LATER = "2026-05-31T03:41+01:00"
MONDAY_MORNING = "2026-06-01T10:00+01:00"
IN_BRISTOL = child_referral(currentTown="Bristol", currentRegion="Bristol")  # whose police have no account


async def a_child_is_referred(platform: Platform) -> Person:
    """By an officer; the duty worker of the children's services is told."""
    await platform.set_clock(SATURDAY_NIGHT)
    await refer(await platform.sign_in("wyp-1"), child_referral(organisation="West Yorkshire Police"))
    await work(platform)
    return await platform.sign_in("lcc-1")


async def somebody_has_to_be_told(platform: Platform) -> Person:
    """The duty worker refers a child whom a school worried about, and the police of where she is have no account."""
    await platform.set_clock(SATURDAY_NIGHT)
    concern = await open_concern(await platform.sign_in("eps-1"))
    await work(platform)
    council = await platform.sign_in("lcc-1")
    await acknowledge(council, await of_kind(council, "CHILD_CONCERN"))
    payload = await refer_from(council, concern, referral=IN_BRISTOL)
    assert payload["problem"] is None, payload
    await work(platform)
    return council


async def at(platform: Platform, moment: str, *subjects: str) -> tuple[Person, ...]:
    """Later, the worker has done its work; these people look."""
    await platform.set_clock(moment)
    await work(platform)
    return tuple([await platform.sign_in(subject) for subject in subjects])


async def followers(who: Person, notice: dict[str, Any]) -> list[tuple[str, bool]]:
    """What was sent because nobody answered: its kind, and whether it is for managers."""
    found = [(n["kind"], n["isForManagers"]) for n in await inbox(who) if n["follows"] == notice["reference"]]
    return sorted(found)


async def test_the_duty_worker_sees_whom_to_ring_at_night_and_on_monday(platform: Platform) -> None:
    council = await somebody_has_to_be_told(platform)
    task = await of_kind(council, "TELL_BODY_WITHOUT_ACCOUNT")

    assert task["about"]["name"] == "Avon and Somerset Constabulary"
    first, *others = task["contactPoints"]
    assert (first["hours"], first["reachesNow"], first["address"]) == ("OUT_OF_HOURS", True, "0117 496 0131")
    assert {point["reachesNow"] for point in others} == {False}

    (later,) = await at(platform, MONDAY_MORNING, "lcc-1")
    on_monday = next(n for n in await inbox(later) if n["reference"] == task["reference"])["contactPoints"]
    assert [(point["hours"], point["kind"]) for point in on_monday if point["reachesNow"]] == [
        ("IN_HOURS", "TELEPHONE"),
        ("IN_HOURS", "SECURE_EMAIL"),
    ]


async def test_nobody_answers_so_the_inbox_is_reminded_and_then_the_managers_are_told(platform: Platform) -> None:
    notice = await of_kind(await a_child_is_referred(platform), "CHILD_REFERRAL")
    assert (notice["acknowledgement"], notice["chaseAt"]) == (None, "2026-05-30T23:40:00+00:00")

    council, manager = await at(platform, AN_HOUR_LATER, "lcc-1", "lcc-2")
    assert await followers(council, notice) == [("NOT_ANSWERED", False)]
    assert await followers(manager, notice) == [("NOT_ANSWERED", False)]

    council, colleague, manager = await at(platform, FOUR_HOURS_LATER, "lcc-1", "lcc-3", "lcc-2")
    assert await followers(council, notice) == await followers(colleague, notice) == [("NOT_ANSWERED", False)]
    assert await followers(manager, notice) == [("NOT_ANSWERED", False), ("NOT_ANSWERED_BY_TEAM", True)]
    told = next(n for n in await inbox(manager) if n["isForManagers"] and n["follows"] == notice["reference"])
    assert told["record"]["reference"] == notice["record"]["reference"]
    assert (await colleague.ask(ONE, reference=told["reference"]))["notice"] is None
    assert (await acknowledge(colleague, told))["problem"]["__typename"] == "NotFound"

    payload = await acknowledge(manager, told)
    assert payload["problem"] is None
    (taken,) = [n for n in await inbox(colleague) if n["reference"] == notice["reference"]]
    assert (taken["acknowledgement"]["name"], taken["chaseAt"], taken["escalateAt"]) == ("Farid Invented", None, None)
    before = await platform.admin.fetchval("SELECT count(*) FROM notice WHERE kind LIKE 'not_answered%'")
    (manager,) = await at(platform, MONDAY_MORNING, "lcc-2")
    assert await platform.admin.fetchval("SELECT count(*) FROM notice WHERE kind LIKE 'not_answered%'") == before


async def test_who_answers_in_time_is_shown_to_colleagues_and_nobody_is_reminded(platform: Platform) -> None:
    council = await a_child_is_referred(platform)
    notice = await of_kind(council, "CHILD_REFERRAL")

    first = await acknowledge(council, notice)
    later = await acknowledge(await platform.sign_in("lcc-3"), notice)

    assert first["notice"]["acknowledgement"]["name"] == "Ella Invented"
    assert later["notice"]["acknowledgement"] == first["notice"]["acknowledgement"]
    council, manager = await at(platform, FOUR_HOURS_LATER, "lcc-1", "lcc-2")
    assert await followers(council, notice) == await followers(manager, notice) == []


async def test_the_police_of_the_area_are_held_to_the_same_rule(platform: Platform) -> None:
    await a_child_is_referred(platform)

    officer, manager = await at(platform, FOUR_HOURS_LATER, "wyp-3", "wyp-4")

    assert await kinds(officer) == ["NOT_ANSWERED", "CHILD_REFERRAL"]
    await act_as(manager, "INVESTIGATING_POLICE")
    notice = await of_kind(manager, "CHILD_REFERRAL")
    assert await followers(officer, notice) == [("NOT_ANSWERED", False)]
    assert await followers(manager, notice) == [("NOT_ANSWERED", False), ("NOT_ANSWERED_BY_TEAM", True)]


async def test_where_nobody_manages_the_team_its_people_are_told(platform: Platform) -> None:
    await a_child_is_referred(platform)
    await platform.admin.execute(
        "UPDATE team_membership tm SET until_at = from_at FROM team t"
        " WHERE t.id = tm.team_id AND t.name = 'Modern slavery unit' AND tm.standing = 'manager'"
    )

    (officer,) = await at(platform, FOUR_HOURS_LATER, "wyp-3")

    assert await followers(officer, await of_kind(officer, "CHILD_REFERRAL")) == [
        ("NOT_ANSWERED", False),
        ("NOT_ANSWERED_BY_TEAM", True),
    ]


async def test_a_task_that_is_in_hand_is_still_chased_until_it_is_done(platform: Platform) -> None:
    council = await somebody_has_to_be_told(platform)
    task = await of_kind(council, "TELL_BODY_WITHOUT_ACCOUNT")
    assert (await acknowledge(council, task))["notice"]["chaseAt"] is not None

    (council,) = await at(platform, AN_HOUR_LATER, "lcc-1")
    assert await followers(council, task) == [("NOT_ANSWERED", False)]
    done = await complete(council, task, channel="TELEPHONE", toldAt="2026-05-31T00:30+01:00")

    assert done["problem"] is None
    assert done["notice"]["completion"] == {
        "name": "Ella Invented",
        "at": "2026-05-30T23:41:00+00:00",
        "channel": "TELEPHONE",
        "toldAt": "2026-05-30T23:30:00+00:00",
        "note": "Told the duty sergeant.",
    }
    (manager,) = await at(platform, FOUR_HOURS_LATER, "lcc-2")
    assert await followers(manager, task) == [("NOT_ANSWERED", False)]
    again = await complete(manager, task, channel="TELEPHONE", toldAt="2026-05-31T00:30+01:00")
    assert again["problem"]["code"] == "DONE_ALREADY"


@pytest.mark.parametrize(
    ("content", "wrong"),
    [
        ({}, {"channel", "toldAt"}),
        ({"channel": "TELEPHONE"}, {"toldAt"}),
        ({"channel": "POST", "toldAt": "2026-06-03T10:00+01:00"}, {"toldAt"}),
        ({"channel": "POST", "toldAt": "2026-05-30T23:39+01:00", "note": " "}, {"note"}),
    ],
)
async def test_telling_is_recorded_with_how_and_when_or_not_at_all(
    platform: Platform, content: dict[str, str], wrong: set[str]
) -> None:
    council = await somebody_has_to_be_told(platform)

    payload = await complete(council, await of_kind(council, "TELL_BODY_WITHOUT_ACCOUNT"), **content)

    assert {problem["path"] for problem in payload["problem"]["problems"]} == wrong
    assert await platform.admin.fetchval("SELECT count(*) FROM task_completion") == 0


async def test_only_a_task_is_done_and_only_by_those_who_have_it(platform: Platform) -> None:
    council = await somebody_has_to_be_told(platform)
    notice, task = await of_kind(council, "CHILD_CONCERN"), await of_kind(council, "TELL_BODY_WITHOUT_ACCOUNT")
    told = {"channel": "TELEPHONE", "toldAt": SATURDAY_NIGHT}

    assert (await complete(council, notice, **told))["problem"]["__typename"] == "Refused"
    for stranger in ("wyp-3", "sca-1", "exh-1"):
        person = await platform.sign_in(stranger)
        assert (await complete(person, task, **told))["problem"]["__typename"] == "NotFound"
        assert (await acknowledge(person, notice))["problem"]["__typename"] == "NotFound"
        assert (await person.ask(ONE, reference=notice["reference"]))["notice"] is None
    assert (await council.do(ACKNOWLEDGE, noticeId="nothing"))["problem"]["__typename"] == "NotFound"
    assert await platform.admin.fetchval("SELECT count(*) FROM task_completion") == 0


class _KilledError(Exception):
    """The worker is gone, in the middle of its work."""


async def _killed_after(platform: Platform, steps: int) -> None:
    async with platform.tools.enter(WORKER_SECRET) as reading:
        assert reading is not None
        await store.deliver(reading, steps)
        await errands.take_due_steps(reading, steps)
        raise _KilledError


async def test_t58_each_step_happens_once_however_often_workers_are_killed(platform: Platform) -> None:
    await a_child_is_referred(platform)
    await platform.set_clock(FOUR_HOURS_LATER)

    for killed in range(10):
        with pytest.raises(_KilledError):
            await _killed_after(platform, killed)
    assert await platform.admin.fetchval("SELECT count(*) FROM notice WHERE follows IS NOT NULL") == 0
    await asyncio.gather(*(_as_the_worker_does(platform) for _ in range(3)))

    sent = await platform.admin.fetch("SELECT kind, count(*) AS n FROM notice WHERE follows IS NOT NULL GROUP BY kind")
    assert {row["kind"]: row["n"] for row in sent} == {"not_answered": 2, "not_answered_by_team": 2}
    assert await platform.admin.fetchval("SELECT count(*) FROM notice_step WHERE outcome = 'sent'") == 4


async def _as_the_worker_does(platform: Platform) -> None:
    while True:
        try:
            return await worker.run_errands(platform.tools, WORKER_SECRET, None)
        except Exception as error:
            if not lost_a_race(error):
                raise
