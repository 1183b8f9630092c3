"""What is recorded of an adult brings four groups before the second authority; of a child it changes nothing."""

from typing import Any

import pytest

from tests.world import stories
from tests.world.arrivals import participants
from tests.world.deciding import clock, decide, done, referred
from tests.world.forms import child_referral
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


async def child(platform: Platform, subject: str, **changes: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """A child's case as it was sent, and as its authority reads it after a positive decision."""
    await platform.set_clock("2026-05-20T10:00+01:00")
    form = child_referral()
    identity = form["identity"] | changes.pop("identity", {})
    case = await stories.refer(await platform.sign_in(subject), form | {"identity": identity} | changes)
    await platform.set_clock("2026-05-21T10:00+01:00")
    parts = {"childsViews": "Asked.", "bestInterests": "Considered."}
    return case, await decide(platform, case, evidence=["ACCOUNT"], **parts)


@pytest.mark.parametrize("age", ["CHILD", "NOT_SURE"])
async def test_of_a_child_neither_status_nor_nationality_changes_route_clocks_or_words(
    platform: Platform, age: str
) -> None:
    plain, decided = await child(platform, "lcc-1", age=age, identity={"nationality": "British"})
    other, again = await child(
        platform, "lcc-1", age=age, identity={"nationality": "Albanian"}, **known(*CIRCUMSTANCES)
    )
    assert await authority(platform, plain) == await authority(platform, other)
    assert (await authority(platform, other))[0] == "sca"
    kinds = ("recovery_period", "support_period")
    assert [clock(decided, kind) for kind in kinds] == [clock(again, kind) for kind in kinds]
    assert decided["stage"] == again["stage"]


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
