"""Forty cases at a glance: an officer sees what is next, what waits, what is perhaps one person, and goes on leave."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.contract.storyteller import OPERATIONS
from tests.journeys.test_related_cases import TWICE, Case, hand, link, links, named
from tests.journeys.test_worklist import note
from tests.services.database.test_statement_count import counting
from tests.world.platform import Person, Platform
from tests.world.stories import counted, id_of, refer, worklist

pytestmark = pytest.mark.anyio
FORTY = 40
FIRST_DAY = date(2026, 5, 18)  # a Monday
TODAY = "2026-05-29T09:00+01:00"  # the Friday of the week after
WAITS: dict[str, Any] = {
    "waitsFor": "A letter about the operation.",
    "whom": "An invented clinic",
    "wakesOn": "2026-06-08",
}


async def rows(who: Person, scope: str = "ASSIGNED", first: int = FORTY, **wanted: Any) -> list[dict[str, Any]]:
    """One page, as the published operation reads it."""
    page = (await who.ask(OPERATIONS["ListCases"].query, scope=scope, first=first, **wanted))["worklist"]
    return [edge["node"] for edge in page["edges"]]


def names(cases: list[dict[str, Any]]) -> set[str]:
    return {case["reference"] for case in cases}


def by_day(cases: list[dict[str, Any]]) -> list[set[str]]:
    """Four to a day; whatever came on one day is due on one day, and stands in any order."""
    return [names(cases[start : start + 4]) for start in range(0, len(cases), 4)]


async def forty(platform: Platform) -> tuple[list[dict[str, Any]], int]:
    """Four on each of ten days, each somebody else but the first and the last; and what a list of one costs."""
    cases: list[dict[str, Any]] = []
    few = 0
    for day in range(10):
        moment = FIRST_DAY + timedelta(days=day + 2 * (day // 5))
        await platform.set_clock(f"{moment}T09:00+01:00")
        asha = await platform.sign_in("wyp-1")
        for place in range(4):
            number = 0 if (day, place) == (9, 3) else len(cases)
            cases.append(
                await refer(asha, named("Ana", f"Invented{chr(97 + number // 26)}{chr(97 + number % 26)}", None))
            )
            few = few or await statements(asha)
    return cases, few


async def statements(who: Person) -> int:
    with counting() as sent:
        await rows(who)
    return len(sent)


async def test_an_officer_has_forty_cases_at_a_glance_and_goes_on_leave(platform: Platform) -> None:
    cases, few = await forty(platform)
    await platform.set_clock(TODAY)
    asha, ben, manager = [await platform.sign_in(who) for who in ("wyp-1", "wyp-2", "wyp-4")]
    assert await statements(asha) == few  # forty cost what one costs
    await what_is_next(asha, cases)
    await what_waits(asha, cases[5:9])
    await what_belongs_together(asha, cases)
    await nothing_to_a_colleague(ben)
    await goes_on_leave(platform, asha, ben, manager, cases)
    assert names(await rows(ben, filter={"asleep": True})) == names(cases[5:9])  # what waits is the agency's, and stays


async def what_is_next(asha: Person, cases: list[dict[str, Any]]) -> None:
    """The next date of each, whom it waits for, what is late, and another order."""
    seen = await rows(asha)
    assert by_day(seen) == by_day(cases)
    clocks = [case["clocks"]["next"] for case in seen]
    assert [one["dueOn"] for one in clocks] == sorted(one["dueOn"] for one in clocks)
    assert {one["waitsForAgency"]["name"] for one in clocks} == {"Single Competent Authority"}
    late = [case for case in seen if case["clocks"]["next"]["daysLeft"] < 0]
    assert names(await rows(asha, filter={"overdue": True})) == names(late) == names(cases[: len(late)])
    assert 0 < len(late) < FORTY
    assert by_day(await rows(asha, order="NEWEST")) == by_day(cases)[::-1]


async def what_waits(asha: Person, some: list[dict[str, Any]]) -> None:
    """For whom, and until which day."""
    for case in some:
        assert (await note(asha, case, **WAITS))["problem"] is None
    asleep = await rows(asha, filter={"asleep": True})
    assert names(asleep) == names(some)
    for each in asleep:
        assert {name: each["clocks"]["waiting"][name] for name in WAITS} == WAITS
    assert len(await rows(asha, filter={"asleep": False})) == FORTY - len(some)


async def what_belongs_together(asha: Person, cases: list[dict[str, Any]]) -> None:
    """The first and the last may be one person; two are linked."""
    (pair,) = (await asha.ask(TWICE))["possibleDuplicates"]
    assert {one["reference"] for one in pair["cases"]} == {cases[0]["reference"], cases[-1]["reference"]}
    await link(asha, cases[1], cases[2])
    assert [linked for _, _, linked in await links(asha)] == [names(cases[1:3])]


async def nothing_to_a_colleague(ben: Person) -> None:
    """Ben knows of the cases; what he does not read narrows nothing."""
    assert len(await rows(ben, "AGENCY")) == FORTY
    for wanted in ({"overdue": True}, {"asleep": True}, {"dueBy": "2030-01-01"}):
        assert await rows(ben, "AGENCY", filter=wanted) == []
    assert (await ben.ask(TWICE))["possibleDuplicates"] == []


async def goes_on_leave(
    platform: Platform, asha: Person, ben: Person, manager: Person, cases: list[dict[str, Any]]
) -> None:
    """All forty go to Ben in one act, or none."""
    giver, taker = await id_of(asha), await id_of(asha, "PC Ben Invented")
    before = await counted(platform)
    chosen: list[Case] = list(cases)
    moved = [*chosen[:-1], cases[-1] | {"assignmentVersion": 7}]
    assert (await hand(manager, moved, giver, toMemberId=taker))["problem"]["__typename"] == "Conflict"
    assert await counted(platform) == before
    payload = await hand(manager, chosen, giver, toMemberId=taker)
    assert payload["problem"] is None
    assert len(payload["cases"]) == FORTY
    assert (await worklist(asha), by_day(await rows(ben))) == ([], by_day(cases))
