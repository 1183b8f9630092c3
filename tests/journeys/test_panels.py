"""A decision that needs a panel is not issued before the panel that counts on that day looked at it."""

from typing import Any

import pytest

from tests.journeys.test_as_the_pages_tell import the_authority_was
from tests.world.administering import agreed
from tests.world.arrivals import participants
from tests.world.deciding import decide, done, issue, look, propose, referred, unchanged
from tests.world.forms import child_referral
from tests.world.platform import Platform
from tests.world.stories import refer

pytestmark = pytest.mark.anyio
POLICE = {"name": "Petra Invented", "seat": "POLICE", "isChair": True, "workedOnCase": False}
COUNCIL = {"name": "Lars Invented", "seat": "LOCAL_AUTHORITY", "isChair": False, "workedOnCase": False}
VOLUNTARY = {"name": "Vera Invented", "seat": "VOLUNTARY_SECTOR", "isChair": False, "workedOnCase": False}
HEALTH = {"name": "Hana Invented", "seat": "HEALTH", "isChair": False, "workedOnCase": False}
ASSURANCE = [POLICE, COUNCIL, VOLUNTARY]
CG: dict[str, Any] = {"kind": "CONCLUSIVE_GROUNDS"}
PARTS = {"childsViews": "Asked.", "bestInterests": "Considered."}


def panel(members: list[dict[str, Any]], met_on: str) -> dict[str, Any]:
    return {"panel": {"metOn": met_on, "members": members}}


async def conclusive(platform: Platform, year: int) -> tuple[dict[str, Any], str]:
    """An adult whose conclusive decision may be made, and the day."""
    case = await referred(platform, f"{year}-03-01T10:00+00:00")
    await decide(platform, case)
    await platform.set_clock(f"{year}-05-03T10:00+01:00")
    return case, f"{year}-05-02"


@pytest.mark.parametrize(
    ("members", "code", "named"),
    [
        (None, "PANEL_NEEDED", "multi-agency assurance panel"),
        ([POLICE], "PANEL_INCOMPLETE", "the local authority, the voluntary sector"),
        ([POLICE | {"isChair": False}, COUNCIL, VOLUNTARY], "PANEL_WITHOUT_CHAIR", "one chair"),
        ([*ASSURANCE, HEALTH | {"isChair": True}], "PANEL_WITHOUT_CHAIR", "one chair"),
        ([POLICE, COUNCIL | {"workedOnCase": True}, VOLUNTARY], "PANEL_NOT_INDEPENDENT", "Lars Invented"),
        ([*ASSURANCE, HEALTH | {"seat": "COMPETENT_AUTHORITY"}], "PANEL_NOT_INDEPENDENT", "Hana Invented"),
    ],
)
async def test_a_negative_conclusive_decision_names_what_its_panel_lacks(
    platform: Platform, members: list[dict[str, Any]] | None, code: str, named: str
) -> None:
    case, day = await conclusive(platform, 2022)
    about = panel(members, day) if members else {}
    assert (await propose(await platform.sign_in("sca-1"), case, "NEGATIVE", **CG, **about))["problem"] is None
    second = await platform.sign_in("sca-2")
    before = await unchanged(platform), await look(second, case)

    problem = (await issue(second, case))["problem"]
    assert (problem["__typename"], problem["code"]) == ("Conflict", code)
    assert named in problem["message"]
    assert (await unchanged(platform), await look(second, case)) == before


async def test_with_its_panel_it_is_issued_and_nobody_outside_reads_who_sat_there(platform: Platform) -> None:
    case, day = await conclusive(platform, 2022)
    seen = await decide(platform, case, "NEGATIVE", **CG, **panel(ASSURANCE, day))
    assert seen["stage"] == "DECIDED"
    reasons = await platform.admin.fetchval(
        "SELECT string_agg(content::text, '') FROM group_content WHERE data_group = 'decision_reasons'"
    )
    assert "Petra" not in reasons


@pytest.mark.parametrize(("year", "outcome"), [(2018, "NEGATIVE"), (2022, "POSITIVE"), (2026, "NEGATIVE")])
async def test_before_and_after_the_panels_and_for_a_yes_none_is_needed(
    platform: Platform, year: int, outcome: str
) -> None:
    if year < 2019:
        await the_authority_was(platform, "ukhtc", "UK Human Trafficking Centre")
    case, _ = await conclusive(platform, year)
    assert (await decide(platform, case, outcome, **CG))["stage"] == "DECIDED"


@pytest.mark.parametrize(
    ("members", "met_on", "path"),
    [
        ([], "2026-05-19", "panel.members"),
        ([POLICE, POLICE], "2026-05-19", "panel.members"),
        ([POLICE | {"name": " "}], "2026-05-19", "panel.members.0.name"),
        ([POLICE], "2026-05-21", "panel.metOn"),
    ],
)
async def test_a_panel_that_cannot_have_been_is_refused_by_name(
    platform: Platform, members: list[dict[str, Any]], met_on: str, path: str
) -> None:
    case = await referred(platform)
    maker = await platform.sign_in("sca-1")
    before = await unchanged(platform), await look(maker, case)
    problem = (await propose(maker, case, **panel(members, met_on)))["problem"]
    assert [one["path"] for one in problem["problems"]] == [path]
    assert (await unchanged(platform), await look(maker, case)) == before


LEEDS = {
    "authority": "child-panel-leeds", "name": "Devolved panel in Leeds", "area_kind": "local_authority",
    "area": "leeds-city-council", "ages": "child", "days_before_18": "100",
}  # fmt: skip


async def a_site(platform: Platform) -> None:
    """Two administrators of the platform bring in a panel for Leeds, and say from when it decides there."""
    await platform.set_clock("2026-06-01T11:00+01:00")
    first, second = await platform.sign_in("con-1"), await platform.sign_in("con-2")
    body = {"code": "child-panel-leeds", "name": "Devolved panel in Leeds", "functions": ["DECISION_MAKER"]}
    await agreed(first, second, onboardAgency=body)
    columns = [{"name": name, "value": value} for name, value in LEEDS.items()]
    row = {"table": "PILOT_AREAS", "since": "2026-07-01", "columns": columns}
    await agreed(first, second, enterRegimeRow=row | {"source": "An invented agreement", "status": "FOUND"})


async def child(platform: Platform, moment: str, born: str | None, **changes: Any) -> dict[str, Any]:
    await platform.set_clock(moment)
    form = child_referral()
    identity = form["identity"] | ({"dateOfBirth": born} if born else {})
    return await refer(await platform.sign_in("lcc-1"), form | {"identity": identity} | changes)


@pytest.mark.parametrize(
    ("moment", "born", "code"),
    [
        ("2026-06-30T23:50+01:00", "2012-01-01", "sca"),
        ("2026-07-01T00:10+01:00", "2012-01-01", "child-panel-leeds"),
        ("2026-07-01T10:00+01:00", "2008-10-10", "child-panel-leeds"),  # 101 days before the birthday
        ("2026-07-01T10:00+01:00", "2008-10-09", "sca"),  # exactly 100
        ("2026-07-01T10:00+01:00", "2008-10", "sca"),  # it may be fewer
        ("2026-07-01T10:00+01:00", None, "sca"),
    ],
)
async def test_an_area_takes_a_child_whose_birthday_is_far_enough(
    platform: Platform, moment: str, born: str | None, code: str
) -> None:
    await a_site(platform)
    case = await child(platform, moment, born)
    assert (await participants(platform, case["reference"]))["decision_maker"] == code


async def test_a_child_of_such_an_area_stays_there_detained_or_in_another_councils_care(platform: Platform) -> None:
    await a_site(platform)
    held = {"immigration": {"circumstances": ["IMMIGRATION_DETENTION"]}}
    case = await child(platform, "2026-07-01T10:00+01:00", "2012-01-01", **held)
    assert (await participants(platform, case["reference"]))["decision_maker"] == "child-panel-leeds"

    named = child_referral()["childProtection"] | {"localAuthority": "Kent County Council"}
    elsewhere = await child(platform, "2026-07-01T11:00+01:00", "2012-01-01", childProtection=named)
    assert (await participants(platform, elsewhere["reference"]))["decision_maker"] == "sca"
    await platform.set_clock("2026-07-01T12:00+01:00")
    await done(await platform.sign_in("sca-1"), "transferCase", elsewhere, authority="child-panel-leeds")
    assert (await participants(platform, elsewhere["reference"]))["decision_maker"] == "child-panel-leeds"


async def test_a_devolved_panel_makes_both_decisions_and_needs_three_agencies_for_each(platform: Platform) -> None:
    await a_site(platform)
    await the_authority_was(platform, "child-panel-leeds", "Devolved panel in Leeds")
    case = await child(platform, "2026-07-01T10:00+01:00", "2012-01-01")
    await platform.set_clock("2026-07-02T10:00+01:00")
    proposed = await propose(await platform.sign_in("sca-1"), case, **PARTS, **panel([POLICE, COUNCIL], "2026-07-01"))
    assert proposed["problem"] is None
    problem = (await issue(await platform.sign_in("sca-2"), case))["problem"]
    assert (problem["code"], "health" in problem["message"]) == ("PANEL_INCOMPLETE", True)
    (waiting,) = proposed["case"]["decisions"]["proposals"]
    sent = {"caseId": case["id"], "proposalId": waiting["id"], "reason": "Health did not sit."}
    returned = "mutation ($input: ReturnDecisionInput!) { returnDecision(input: $input) { case { id } } }"
    await (await platform.sign_in("sca-2")).do(returned, **sent)

    whole = panel([POLICE, COUNCIL | {"workedOnCase": True}, HEALTH], "2026-07-01")
    await decide(platform, case, **PARTS, **whole)
    await platform.set_clock("2026-07-02T11:00+01:00")
    seen = await decide(platform, case, **CG, **PARTS, **whole)  # at once: both are made together there
    found = [(one["kind"], one["authority"]["name"]) for one in seen["decisions"]["entries"]]
    assert found == [
        ("REASONABLE_GROUNDS", "Devolved panel in Leeds"),
        ("CONCLUSIVE_GROUNDS", "Devolved panel in Leeds"),
    ]


@pytest.mark.parametrize(
    ("day", "code"),
    [
        ("2015-07-31", "ukhtc"),
        ("2015-08-01", "nrm-pilot-west-yorkshire"),
        ("2016-12-31", "nrm-pilot-west-yorkshire"),
        ("2017-01-01", "ukhtc"),
    ],
)
async def test_the_pilot_in_west_yorkshire_decides_while_it_lasts(platform: Platform, day: str, code: str) -> None:
    case = await referred(platform, f"{day}T10:00+00:00")
    assert (await participants(platform, case["reference"]))["decision_maker"] == code
