"""Whoever is refused a look is told of to their agency's governance officer: once for many, with nothing of a case."""

import json

import pytest

from services.notices import worker
from tests.world.forms import CONCERN
from tests.world.ledger import lines
from tests.world.limits import RESTRICT, WHY
from tests.world.platform import Person, Platform
from tests.world.stories import OPEN, assign, close, inbox, look, open_concern, refer, seen
from tests.world.template import WORKER_SECRET

pytestmark = pytest.mark.anyio

TOLD = """{ notices { edges { node { kind title toDo about { name } record { __typename }
  refusedLooks { person count } } } } }"""
RANDOM = {"reference": "C-2345-67890"}


async def told(platform: Platform, subject: str) -> list[tuple[str | None, int, str | None]]:
    """Who was refused how often, as this person's inbox has it once the worker was there."""
    await worker.run_errands(platform.tools, WORKER_SECRET, None)
    await platform.deliver()
    page = await (await platform.sign_in(subject)).ask(TOLD)
    alerts = [edge["node"] for edge in page["notices"]["edges"] if edge["node"]["kind"] == "REFUSED_LOOKS"]
    return [(a["refusedLooks"]["person"], a["refusedLooks"]["count"], (a["about"] or {}).get("name")) for a in alerts]


async def a_case(platform: Platform) -> tuple[Person, dict[str, str]]:
    officer = await platform.sign_in("wyp-1")
    return officer, await refer(officer)


async def test_a_hundred_refusals_of_one_person_are_one_notice_and_count_on(platform: Platform) -> None:
    _, case = await a_case(platform)
    curious = await platform.sign_in("gmp-2")
    for _ in range(60):
        assert await look(curious, case) is None
    assert await told(platform, "gmp-ig") == [("PC Quentin Invented", 60, None)]
    for _ in range(40):
        await look(curious, case)
    assert await told(platform, "gmp-ig") == [("PC Quentin Invented", 100, None)]
    assert await told(platform, "wyp-ig") == await told(platform, "gmp-1") == []


async def test_a_new_day_is_a_new_notice_and_two_people_are_two(platform: Platform) -> None:
    await platform.set_clock("2026-05-26T09:00+01:00")
    _, case = await a_case(platform)
    for subject in ("gmp-1", "gmp-2"):
        await look(await platform.sign_in(subject), case)
    await platform.set_clock("2026-05-26T10:00+01:00")
    assert sorted(who or "" for who, _, _ in await told(platform, "gmp-ig")) == [
        "DC Pia Invented",
        "PC Quentin Invented",
    ]
    await platform.set_clock("2026-05-27T11:00+01:00")
    await look(await platform.sign_in("gmp-2"), case)
    assert len(await told(platform, "gmp-ig")) == 3


async def test_a_record_that_is_not_there_is_told_in_the_same_words(platform: Platform) -> None:
    _, case = await a_case(platform)
    await look(await platform.sign_in("gmp-1"), case)
    await look(await platform.sign_in("gmp-2"), RANDOM)
    await told(platform, "gmp-ig")
    page = await (await platform.sign_in("gmp-ig")).ask(TOLD)

    one, other = (edge["node"] | {"refusedLooks": None} for edge in page["notices"]["edges"])
    assert one == other
    assert one["record"] is None
    assert case["reference"] not in json.dumps(page)


async def test_an_agency_without_an_officer_is_told_of_to_the_platform(platform: Platform) -> None:
    _, case = await a_case(platform)
    await look(await platform.sign_in("exh-1"), case)

    assert await told(platform, "con-1") == [(None, 1, "Example Haven")]


async def test_nobody_is_told_of_their_own_refusals(platform: Platform) -> None:
    _, case = await a_case(platform)
    await look(await platform.sign_in("gmp-ig"), case)

    assert await told(platform, "gmp-ig") == []


async def test_who_was_slow_or_had_gaps_is_told_of_to_nobody_and_the_line_says_how_they_stood(
    platform: Platform,
) -> None:
    officer, case = await a_case(platform)
    stale = await seen(officer, case)
    assert (await assign(officer, stale | {"assignmentVersion": 99}, memberId="nobody"))["problem"] is not None
    gaps = await officer.do(OPEN, concern=CONCERN | {"currentRegion": "Nowhere at all"})
    assert gaps["problem"]["__typename"] == "Invalid"
    head = await platform.sign_in("wyp-ig")

    assert await told(platform, "wyp-ig") == []
    line = next(one for one in await lines(head, verdicts=["REFUSED"]) if one["act"] == "case.assign")
    assert (line["relations"], line["rules"], bool(line["purposes"])) == (["REFERRER"], ["R921"], True)


async def test_an_act_that_the_rules_refuse_is_told_of(platform: Platform) -> None:
    officer, case = await a_case(platform)
    assert (await officer.do(RESTRICT, reference=case["reference"], **WHY))["problem"]["__typename"] == "Refused"
    concern = await open_concern(await platform.sign_in("eps-1"))
    assert (await close(await platform.sign_in("gmp-1"), concern))["problem"]["__typename"] == "NotFound"

    assert await told(platform, "wyp-ig") == [("PC Asha Invented", 1, None)]
    assert [who for who, _, _ in await told(platform, "gmp-ig")] == ["DC Pia Invented"]
    assert await inbox(await platform.sign_in("wyp-4")) is not None
