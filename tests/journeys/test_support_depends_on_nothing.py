"""Support never depends on working with the authorities, nor on what somebody wants: pairs of cases that differ in that
alone have the same clocks, the same agencies and the same access."""

from typing import Any

import pytest

from tests.world import stories
from tests.world.deciding import decide, done, look, step
from tests.world.next_steps import SUPPORT, leave_of, read, wish
from tests.world.platform import Platform

pytestmark = pytest.mark.anyio

INVOLVED = """SELECT a.code, i.function, i.relation, i.until_at IS NULL AS lives FROM involvement i
  JOIN agency a ON a.id = i.agency_id JOIN record r ON r.id = i.record_id
  WHERE r.reference = $1 ORDER BY 1, 2, 3"""


async def seen(platform: Platform, case: dict[str, Any]) -> tuple[Any, ...]:
    """Route and clocks, and what support may see of the case."""
    support = await platform.sign_in("tsa-1")
    found = (await support.ask(SUPPORT, reference=case["reference"]))["case"]
    told = {"WISHES", "LEAVE"}  # what the two tell differs; nothing else may
    found["access"]["groups"] = [one for one in found["access"]["groups"] if one["group"] not in told]
    rows = await platform.admin.fetch(INVOLVED, case["reference"])
    return found, [tuple(row) for row in rows]


async def lived(platform: Platform, cooperates: bool, *wants: str) -> tuple[Any, ...]:
    """A case with both decisions and wishes; what support sees of it at each step."""
    await platform.set_clock("2026-05-20T10:00+01:00")
    form = stories.supported_adult() | {"cooperates": cooperates}
    case = await stories.refer(await platform.sign_in("wyp-1"), form)
    steps = [await seen(platform, case)]
    await decide(platform, case)
    if wants:
        await wish(await platform.sign_in("tsa-1"), case, *wants, said_on="2026-05-20")
    steps.append(await seen(platform, case))
    await platform.set_clock("2026-06-22T10:00+01:00")
    await decide(platform, case, kind="CONCLUSIVE_GROUNDS")
    if cooperates:
        await done(await platform.sign_in("wyp-3"), "recordCooperation", case, cooperates=True)
    steps.append(await seen(platform, case))
    return tuple(steps)


async def test_only_cooperation_or_wishes_differ_and_support_is_the_same(platform: Platform) -> None:
    honest = await lived(platform, True, "WORK_WITH_POLICE", "STAY_IN_THE_UK")
    for other in (
        await lived(platform, False, "NOT_WORK_WITH_POLICE", "RETURN_HOME"),
        await lived(platform, False),
        await lived(platform, True),
    ):
        assert other == honest
    clocks = {one["kind"] for one in honest[1][0]["clocks"]["all"]}
    assert {"recovery_period", "support_period"} <= clocks
    assert any(relation == "support_intake" for _, _, relation, _ in honest[0][1])


async def test_nothing_about_leave_or_the_way_home_moves_a_support_clock(platform: Platform) -> None:
    await platform.set_clock("2026-05-20T10:00+01:00")
    case = await stories.refer(await platform.sign_in("wyp-1"), stories.supported_adult())
    await decide(platform, case)
    await platform.set_clock("2026-06-22T10:00+01:00")
    await decide(platform, case, kind="CONCLUSIVE_GROUNDS")
    before = await seen(platform, case)
    maker, support = await platform.sign_in("sca-1"), await platform.sign_in("tsa-1")
    await done(maker, "decideLeave", case, outcome="REFUSED", grounds=[])
    await wish(support, case, "RETURN_HOME", said_on="2026-06-22")
    await done(support, "arrangeNextStep", case, what="RETURN", parts=["FLIGHT"])
    await done(maker, "recordStatus", case, fact="TEMPORARY_ADMISSION", since="2026-06-01")
    assert await seen(platform, case) == before


async def test_a_home_office_unit_learns_that_leave_was_given_and_neither_why_nor_what_somebody_wants(
    platform: Platform,
) -> None:
    await platform.set_clock("2026-05-20T10:00+01:00")
    case = await stories.refer(await platform.sign_in("wyp-1"), stories.supported_adult())
    await decide(platform, case)
    await platform.set_clock("2026-06-22T10:00+01:00")
    await decide(platform, case, kind="CONCLUSIVE_GROUNDS")
    support = await platform.sign_in("tsa-1")
    await wish(support, case, "RETURN_HOME", said_on="2026-06-22")
    maker = await platform.sign_in("sca-1")
    agencies = (await maker.ask("{ agencies(first: 100) { edges { node { id name } } } }"))["agencies"]["edges"]
    (unit,) = [one["node"]["id"] for one in agencies if one["node"]["name"] == "Example Port Unit"]
    assert (await step(maker, "showProtection", case, agencyId=unit))["problem"] is None
    await done(maker, "decideLeave", case, outcome="GRANTED", grounds=["RECOVERY"], until="2027-01-01")
    theirs = await read(await platform.sign_in("epu-1"), case)
    assert theirs["wishes"]["__typename"] == "Withheld"
    assert theirs["leave"] == {
        "__typename": "LeaveSummary",
        "steps": [
            {"kind": "LEAVE_CONSIDERED", "happenedOn": "2026-06-22"},
            {"kind": "LEAVE_GRANTED", "happenedOn": "2026-06-22"},
        ],
    }
    assert (await leave_of(maker, case))[-1]["grounds"] == ["RECOVERY"]
    tried: dict[str, dict[str, Any]] = {
        "recordWish": {"wants": ["OTHER"], "saidOn": "2026-06-22"},
        "decideLeave": {"outcome": "REFUSED", "grounds": []},
        "recordStatus": {"fact": "ASYLUM_CLAIMED", "since": "2026-06-01"},
    }
    for about, sent in tried.items():
        refused = await step(await platform.sign_in("epu-1"), about, case, **sent)
        assert refused["problem"]["__typename"] == "Refused"
    assert (await look(support, case))["decisions"]["__typename"] == "Decisions"
