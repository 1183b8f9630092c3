"""Somebody who had a recovery period before: none begins by itself for what happened before it, and a further one is
granted by an approver, counted from the day of the decision."""

from typing import Any

import pytest

from tests.journeys.test_protection import protection, shown
from tests.world import stories
from tests.world.deciding import clock, decide, done, due, issue, look, propose, referred, step, unchanged
from tests.world.platform import Platform

pytestmark = pytest.mark.anyio

GRANT = f"""mutation ($input: DecideFurtherRecoveryInput!) {{
  decideFurtherRecovery(input: $input) {{ {stories.PROBLEM} }} }}"""
EARLIER = "2024-03-11"
NOTHING: dict[str, Any] = {"isProtected": False, "since": None, "atLeastUntil": None}


async def covered(platform: Platform, **changes: Any) -> dict[str, Any]:
    """A positive decision of 20 May 2026 about what happened before one of March 2024."""
    case = await referred(platform, **changes)
    await decide(platform, case, earlierDecisionOn=EARLIER)
    return case


async def test_what_an_earlier_decision_covers_begins_no_period_by_itself(platform: Platform) -> None:
    case = await covered(platform)
    maker = await platform.sign_in("sca-1")
    decided = await look(maker, case)

    assert {one["kind"]: (one["form"], one["dueOn"]) for one in decided["clocks"]["all"]} == {
        "conclusive_grounds": ("OPEN", None)
    }
    (taken,) = decided["decisions"]["steps"]
    assert (taken["kind"], taken["decisionId"]) == ("COVERED_BEFORE", decided["decisions"]["entries"][0]["id"])
    assert (await shown(platform, case))["problem"] is None
    assert await protection(await platform.sign_in("epu-1"), case) == NOTHING
    longer = await step(maker, "extendRecoveryPeriod", case, until="2026-12-01", basis="HEALTH")
    assert longer["problem"]["code"] == "NO_RECOVERY_PERIOD"
    # no minimum stands before the conclusive decision, which ends what was owed
    ended = await decide(platform, case, "NEGATIVE", kind="CONCLUSIVE_GROUNDS")
    assert clock(ended, "conclusive_grounds") is None


async def test_somebody_who_was_trafficked_anew_has_a_whole_period(platform: Platform) -> None:
    case = await referred(platform)
    decided = await decide(platform, case)  # nobody says that an earlier decision covers it
    assert due(decided, "recovery_period") == "2026-06-18"
    tried = await step(await platform.sign_in("sca-2"), "decideFurtherRecovery", case, isGranted=True)
    assert tried["problem"]["code"] == "NO_FURTHER_PERIOD"


async def test_nobody_but_an_approver_of_the_authority_grants_a_further_period(platform: Platform) -> None:
    case = await covered(platform)
    before = await unchanged(platform)
    for who in ("sca-1", "wyp-1", "tsa-1"):
        tried = await step_as(platform, who, case)
        assert tried["problem"]["__typename"] in {"Refused", "NotFound"}, who
    assert {name: rows for name, rows in (await unchanged(platform)).items() if "ledger" not in name} == {
        name: rows for name, rows in before.items() if "ledger" not in name
    }


async def test_it_is_lengthened_and_waited_for_like_any_recovery_period(platform: Platform) -> None:
    case = await covered(platform)
    approver, maker = await platform.sign_in("sca-2"), await platform.sign_in("sca-1")
    await done(approver, "decideFurtherRecovery", case, isGranted=True)
    assert (await propose(maker, case, kind="CONCLUSIVE_GROUNDS"))["problem"] is None
    assert (await issue(maker, case))["problem"]["code"] == "BEFORE_THE_MINIMUM_PERIOD"
    longer = await done(maker, "extendRecoveryPeriod", case, until="2026-08-01", basis="HEALTH")
    assert (due(longer, "further_recovery_period"), due(longer, "support_period")) == ("2026-08-01", "2026-08-01")
    again = await step(approver, "decideFurtherRecovery", case, isGranted=False)
    assert again["problem"]["code"] == "NO_FURTHER_PERIOD"


async def test_a_grant_counts_from_the_decision_and_protects_from_its_own_day(platform: Platform) -> None:
    case = await covered(platform)
    await shown(platform, case)
    await platform.set_clock("2026-05-25T10:00+01:00")
    approver = await platform.sign_in("sca-2")
    refused = await done(approver, "decideFurtherRecovery", case, isGranted=False)
    assert refused["decisions"]["steps"][-1]["kind"] == "FURTHER_RECOVERY_REFUSED"
    assert clock(refused, "further_recovery_period") is None
    await platform.set_clock("2026-05-27T10:00+01:00")
    approver = await platform.sign_in("sca-2")
    granted = await done(approver, "decideFurtherRecovery", case, isGranted=True)  # on new representations

    period = clock(granted, "further_recovery_period")
    assert period
    assert (period["form"], period["dueOn"]) == ("MINIMUM", "2026-06-18")  # 30 days with 20 May itself
    assert period["proof"]["row"] == "clock-further-recovery-period-england-2023-01-30"
    assert due(granted, "support_period") == "2026-06-18"
    assert clock(granted, "conclusive_grounds") is None
    assert await protection(await platform.sign_in("epu-1"), case) == {
        "isProtected": True, "since": "2026-05-27", "atLeastUntil": "2026-06-18",
    }  # fmt: skip
    await platform.deliver()
    assert "FURTHER_RECOVERY_DECIDED" in await stories.kinds(await platform.sign_in("wyp-1"))


async def step_as(platform: Platform, who: str, case: dict[str, Any]) -> dict[str, Any]:
    """The payload of granting, by somebody who may see the case at most."""
    maker = await look(await platform.sign_in("sca-1"), case)
    about = {"caseId": maker["id"], "expectedVersion": maker["version"], "words": "An invented reason."}
    person = await platform.sign_in(who)
    return await person.do(GRANT, **about, isGranted=True)


async def test_who_is_disqualified_has_no_further_period(platform: Platform) -> None:
    case = await covered(platform)
    maker, approver = await platform.sign_in("sca-1"), await platform.sign_in("sca-2")
    await done(maker, "weighDisqualification", case, ground="PUBLIC_ORDER")
    parts = dict.fromkeys(("facts", "threat", "recoveryNeeds", "retraffickingRisk", "balance"), "Looked at.")
    told = {"toldOn": "2026-05-20", "isDisqualified": True}
    await done(approver, "decideDisqualification", case, **parts, **told)
    before = await unchanged(platform)
    tried = await step(approver, "decideFurtherRecovery", case, isGranted=True)
    assert tried["problem"]["code"] == "DISQUALIFIED"
    assert await unchanged(platform) == before


async def test_a_granted_period_is_lost_with_a_disqualification(platform: Platform) -> None:
    case = await covered(platform)
    await shown(platform, case)
    maker, approver = await platform.sign_in("sca-1"), await platform.sign_in("sca-2")
    await done(approver, "decideFurtherRecovery", case, isGranted=True)
    assert (await protection(await platform.sign_in("epu-1"), case) or {})["isProtected"]
    await done(maker, "weighDisqualification", case, ground="PUBLIC_ORDER")
    parts = dict.fromkeys(("facts", "threat", "recoveryNeeds", "retraffickingRisk", "balance"), "Looked at.")
    await done(approver, "decideDisqualification", case, **parts, toldOn="2026-05-20", isDisqualified=True)
    assert await protection(await platform.sign_in("epu-1"), case) == NOTHING


async def test_that_no_period_begins_needs_a_second_look(platform: Platform) -> None:
    case = await referred(platform)
    approver = await platform.sign_in("sca-2")
    assert (await propose(approver, case, earlierDecisionOn=EARLIER))["problem"] is None
    before = await unchanged(platform)
    tried = await issue(approver, case)
    assert tried["problem"]["message"].startswith("That no recovery period begins needs a second look")
    assert await unchanged(platform) == before


@pytest.mark.parametrize(
    ("when", "changes", "problem"),
    [
        ("2026-05-20T10:00+01:00", {"outcome": "NEGATIVE", "grounds": ["DEFINITION_NOT_MET"]}, "not_here"),
        ("2026-05-20T10:00+01:00", {"kind": "CONCLUSIVE_GROUNDS"}, "not_here"),
        ("2026-05-20T10:00+01:00", {"earlierDecisionOn": "2026-05-20"}, "not_earlier"),
        ("2023-01-29T10:00+00:00", {"earlierDecisionOn": "2022-05-20"}, "NOT_IN_FORCE"),
    ],
)
async def test_what_cannot_be_covered_is_named(
    platform: Platform, when: str, changes: dict[str, Any], problem: str
) -> None:
    case = await referred(platform, when)
    before = await unchanged(platform)
    tried = await propose(await platform.sign_in("sca-1"), case, **({"earlierDecisionOn": EARLIER} | changes))
    found = tried["problem"]
    assert (found.get("code") or found["problems"][0]["code"]) == problem
    assert await unchanged(platform) == before


async def test_scottish_support_has_a_length_of_its_own_all_the_same(platform: Platform) -> None:
    case = await covered(platform, nation="SCOTLAND")
    decided = await look(await platform.sign_in("sca-1"), case)
    assert due(decided, "support_period") == "2026-08-18"  # ninety days, whichever positive decision it is
    granted = await done(await platform.sign_in("sca-2"), "decideFurtherRecovery", case, isGranted=True)
    assert [one["dueOn"] for one in granted["clocks"]["all"] if one["kind"] == "support_period"] == ["2026-08-18"]
