"""What is recorded of an adult brings four groups before the second authority; of a child it changes nothing."""

from typing import Any

import pytest

from tests.world import stories
from tests.world.arrivals import participants
from tests.world.deciding import REASONS, decide, done, referred
from tests.world.forms import child_referral
from tests.world.next_steps import SUPPORT
from tests.world.platform import Person, Platform

pytestmark = pytest.mark.anyio
CIRCUMSTANCES = (
    "OFFENDER_IN_CUSTODY", "OFFENDER_FACING_DEPORTATION", "IMMIGRATION_DETENTION", "INADMISSIBLE_ASYLUM_CLAIM",
)  # fmt: skip
LAST, FIRST = "2021-11-07T23:59+00:00", "2021-11-08T00:00+00:00"
ROW = "SELECT authority_row FROM referral f JOIN record r ON r.id = f.record_id WHERE r.reference = $1"
IMMIGRATION = """query ($reference: String) { case(reference: $reference) { immigration {
  ... on Immigration { circumstances } ... on ImmigrationSummary { hasHomeOfficeReference } ... on Withheld { reason }
} } }"""


async def authority(platform: Platform, case: dict[str, Any]) -> tuple[str, str]:
    row: str = await platform.admin.fetchval(ROW, case["reference"])
    return (await participants(platform, case["reference"]))["decision_maker"], row


def known(*circumstances: str) -> dict[str, Any]:
    return {"immigration": {"circumstances": list(circumstances)}}


@pytest.mark.parametrize("circumstance", CIRCUMSTANCES)
async def test_each_of_the_four_groups_of_adults_goes_to_the_second_authority(
    platform: Platform, circumstance: str
) -> None:
    case = await referred(platform, **known(circumstance))
    name = circumstance.lower().replace("_", "-")
    assert await authority(platform, case) == ("ieca", f"remit-{name}-2021-11-08")


@pytest.mark.parametrize("changes", [{}, {"immigration": {"homeOfficeReference": "An invented reference"}}, known()])
async def test_without_such_a_fact_an_adult_goes_to_the_first(platform: Platform, changes: dict[str, Any]) -> None:
    assert await authority(platform, await referred(platform, **changes)) == ("sca", "route-police-2021-11-08")


@pytest.mark.parametrize(("moment", "code"), [(LAST, "sca"), (FIRST, "ieca")])
async def test_from_the_eighth_of_november_2021_in_london(platform: Platform, moment: str, code: str) -> None:
    case = await referred(platform, moment, **known("IMMIGRATION_DETENTION"))
    assert (await authority(platform, case))[0] == code


PARTS: dict[str, Any] = {"childsViews": "Asked.", "bestInterests": "Considered.", "evidence": ["ACCOUNT"]}
LETTERS = """SELECT l.addressee, l.matter, l.on_day, l.until, l.template_row, l.not_sent_because
  FROM letter l JOIN record r ON r.id = l.record_id WHERE r.reference = $1 ORDER BY 1, 2"""
TOLD = """SELECT o.kind, a.code, o.function FROM outbox o JOIN agency a ON a.id = o.agency_id
  JOIN record r ON r.id = o.record_id WHERE r.reference = $1 ORDER BY 1, 2, 3"""
INVOLVED = """SELECT a.code, i.function, i.relation, i.purpose FROM involvement i JOIN agency a ON a.id = i.agency_id
  JOIN record r ON r.id = i.record_id WHERE r.reference = $1 ORDER BY 1, 2, 3"""


async def so_far(platform: Platform, case: dict[str, Any]) -> tuple[Any, ...]:
    """What nobody's nationality or status may change: who works on it and who is told, each clock, wording, letter and
    support."""
    await platform.deliver()
    maker, worker = await platform.sign_in("sca-1"), await platform.sign_in("lcc-1")
    reasons = (await maker.ask(REASONS, reference=case["reference"]))["case"]["decisionReasons"] or {"entries": []}
    support = [(await who.ask(SUPPORT, reference=case["reference"]))["case"] for who in (maker, worker)]
    for seen in support:  # what is recorded of status is shown, and is nothing that it may change
        seen["access"]["groups"] = [one for one in seen["access"]["groups"] if one["group"] != "IMMIGRATION"]
    letters = [tuple(row) for row in await platform.admin.fetch(LETTERS, case["reference"])]
    involved = [tuple(row) for row in await platform.admin.fetch(INVOLVED, case["reference"])]
    tests = [one["test"] for one in reasons["entries"]]
    told = [tuple(row) for row in await platform.admin.fetch(TOLD, case["reference"])]
    return await authority(platform, case), tests, support, letters, involved, told


async def lived(platform: Platform, age: str, nationality: str, **changes: Any) -> list[tuple[Any, ...]]:
    """A child's case as it stands after the referral and after each decision."""
    await platform.set_clock("2026-05-20T10:00+01:00")
    form = child_referral(**changes)
    identity = form["identity"] | {"nationality": nationality}
    case = await stories.refer(await platform.sign_in("lcc-1"), form | {"identity": identity, "age": age})
    steps = [await so_far(platform, case)]
    for day, kind in (("2026-05-21", "REASONABLE_GROUNDS"), ("2026-06-22", "CONCLUSIVE_GROUNDS")):
        await platform.set_clock(f"{day}T10:00+01:00")
        await decide(platform, case, kind=kind, **PARTS)
        steps.append(await so_far(platform, case))
    return steps


@pytest.mark.parametrize("age", ["CHILD", "NOT_SURE"])
async def test_of_a_child_neither_status_nor_nationality_changes_route_clocks_words_or_support(
    platform: Platform, age: str
) -> None:
    plain = await lived(platform, age, "British")
    other = await lived(platform, age, "Albanian", **known(*CIRCUMSTANCES))
    for one, same in zip(plain, other, strict=True):
        for part, again in zip(one, same, strict=True):
            assert part == again
    assert plain[0][0][0] == "sca"
    kinds = {one["kind"] for one in plain[1][2][0]["clocks"]["all"]}
    assert {"recovery_period", "support_period"} <= kinds
    assert [len(tests) for _, tests, *_ in plain] == [0, 1, 2]
    assert {matter for _, matter, *_ in plain[2][3]} >= {"reasonable_grounds_positive", "conclusive_grounds_positive"}
    assert len(plain[2][4]) >= 4
    assert {kind for kind, *_ in plain[2][5]} >= {"child_referral", "decision_issued"}


async def test_a_later_fact_moves_nothing_until_somebody_transfers_the_case(platform: Platform) -> None:
    case = await referred(platform)
    maker = await platform.sign_in("sca-1")
    await done(maker, "recordStatus", case, fact="ASYLUM_CLAIMED", since="2026-05-19")
    assert await authority(platform, case) == ("sca", "route-police-2021-11-08")
    await done(maker, "transferCase", case, authority="ieca")
    assert await authority(platform, case) == ("ieca", "route-police-2021-11-08")


async def immigration(who: Person, case: dict[str, Any]) -> Any:
    found = (await who.ask(IMMIGRATION, reference=case["reference"]))["case"]
    return found and found["immigration"]


async def test_why_it_went_there_is_read_with_what_is_recorded_of_status_and_nowhere_else(platform: Platform) -> None:
    case = await referred(platform, **known("INADMISSIBLE_ASYLUM_CLAIM"))
    said = {"circumstances": ["INADMISSIBLE_ASYLUM_CLAIM"]}
    assert await immigration(await platform.sign_in("wyp-1"), case) == said
    assert await immigration(await platform.sign_in("ieca-1"), case) == said
    for subject in ("tsa-1", "wyp-3", "sca-1"):  # who helps, who investigates, and the other authority
        seen = await immigration(await platform.sign_in(subject), case)
        assert seen is None or "circumstances" not in seen
    texts = await platform.admin.fetch("SELECT to_jsonb(o)::text AS text FROM outbox o")
    assert not [row["text"] for row in texts if "inadmissible" in row["text"] or "remit" in row["text"]]
