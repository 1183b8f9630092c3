"""A Home Office unit sees of its own cases whether somebody is protected from removal, since when and until when."""

from typing import Any

import pytest

from tests.world import stories
from tests.world.deciding import PROTECTION, WHOLE, clock, decide, done, look, mutation, referred, step, unchanged
from tests.world.forms import child_referral
from tests.world.platform import Person, Platform

pytestmark = pytest.mark.anyio

UNIT = "Example Port Unit"
AGES = "SELECT value, effective_from::text AS day FROM case_fact WHERE kind = 'age' ORDER BY sequence"
AGENCIES = "{ agencies(first: 100) { edges { node { id name } } } }"
NOTHING: dict[str, Any] = {"isProtected": False, "since": None, "atLeastUntil": None}
EVERYTHING = """query ($reference: String) { case(reference: $reference) {
  decisions { __typename } decisionReasons { __typename } clocks { __typename } account { __typename }
  supportPlan { __typename } disqualification { __typename } } }"""


async def protection(who: Person, case: dict[str, Any]) -> dict[str, Any] | None:
    found = (await who.ask(PROTECTION, reference=case["reference"]))["case"]
    return found and {key: said for key, said in found["protection"].items() if key != "__typename"}


async def shown(platform: Platform, case: dict[str, Any], name: str = UNIT) -> dict[str, Any]:
    """The payload of letting a unit see."""
    maker = await platform.sign_in("sca-1")
    edges = (await maker.ask(AGENCIES))["agencies"]["edges"]
    (unit,) = [edge["node"]["id"] for edge in edges if edge["node"]["name"] == name]
    return await step(maker, "showProtection", case, agencyId=unit)


async def test_a_unit_sees_it_for_its_own_case_and_nothing_else_of_the_decision(platform: Platform) -> None:
    case = await referred(platform)
    assert await protection(await platform.sign_in("epu-1"), case) is None  # no case of theirs yet
    before = await unchanged(platform)
    assert (await shown(platform, case, "Example Haven"))["problem"]["problems"][0]["path"] == "agencyId"
    assert await unchanged(platform) == before
    assert (await shown(platform, case))["problem"] is None
    await platform.deliver()
    unit = await platform.sign_in("epu-1")
    assert await stories.kinds(unit) == ["PROTECTION_SHOWN"]
    assert await protection(unit, case) == NOTHING
    await decide(platform, case)
    assert await protection(unit, case) == {
        "isProtected": True,
        "since": "2026-05-20",
        "atLeastUntil": "2026-06-18",
    }
    groups = (await unit.ask(EVERYTHING, reference=case["reference"]))["case"]
    kinds = {name: group and group["__typename"] for name, group in groups.items()}
    assert kinds.pop("disqualification") == "DisqualificationSummary"  # why it might end
    assert set(kinds.values()) == {"Withheld"}
    colleague = (await (await platform.sign_in("epu-2")).ask(PROTECTION, reference=case["reference"]))["case"]
    assert colleague["protection"]["__typename"] == "Withheld"
    asked = (await (await platform.sign_in("wyp-1")).ask(PROTECTION, reference=case["reference"]))["case"]
    assert asked["protection"]["__typename"] == "Withheld"


async def test_it_lasts_to_the_later_of_the_period_and_the_decision(platform: Platform) -> None:
    case = await referred(platform)
    await shown(platform, case)
    await decide(platform, case)
    for day, until in (("2026-06-18", "2026-06-18"), ("2026-06-19", "2026-06-19"), ("2026-09-01", "2026-09-01")):
        await platform.set_clock(f"{day}T12:00+01:00")
        told = await protection(await platform.sign_in("epu-1"), case)
        assert told == {"isProtected": True, "since": "2026-05-20", "atLeastUntil": until}
    await decide(platform, case, "NEGATIVE", kind="CONCLUSIVE_GROUNDS")
    assert (await protection(await platform.sign_in("epu-1"), case) or {})["isProtected"]  # the day itself
    await platform.set_clock("2026-09-02T00:01+01:00")
    assert await protection(await platform.sign_in("epu-1"), case) == NOTHING


PARTS = {
    "facts": "Convicted of an invented offence.",
    "threat": "Low.",
    "recoveryNeeds": "Treatment.",
    "retraffickingRisk": "Assessed as low.",
    "balance": "Weighed.",
    "toldOn": "2026-05-20",
}


async def test_a_disqualification_is_weighed_by_one_and_decided_by_another(platform: Platform) -> None:
    case = await referred(platform)
    await shown(platform, case)
    maker, other, unit = [await platform.sign_in(subject) for subject in ("sca-1", "sca-2", "epu-1")]
    assert (await step(maker, "weighDisqualification", case, ground="PUBLIC_ORDER"))["problem"][
        "code"
    ] == "NO_PROTECTION"
    await decide(platform, case)
    assert (await step(maker, "decideDisqualification", case, isDisqualified=False))["problem"]["code"] == "NOT_WEIGHED"
    await done(maker, "weighDisqualification", case, ground="PUBLIC_ORDER")
    assert (await protection(unit, case) or {})["isProtected"]
    before = await unchanged(platform)
    hasty = await step(other, "decideDisqualification", case, isDisqualified=True, facts="Convicted.")
    assert [one["path"] for one in hasty["problem"]["problems"]] == [
        "threat",
        "recoveryNeeds",
        "retraffickingRisk",
        "balance",
        "toldOn",
    ]
    alone = await step(maker, "decideDisqualification", case, isDisqualified=True, **PARTS)
    assert alone["problem"]["message"].startswith("A disqualification is decided by somebody other")
    assert await unchanged(platform) == before
    await done(other, "decideDisqualification", case, isDisqualified=True, **PARTS)
    assert await protection(unit, case) == NOTHING
    seen = (await maker.ask(WHOLE, reference=case["reference"]))["case"]["disqualification"]
    assert [one["kind"] for one in seen["weighed"]] == ["DISQUALIFICATION_WEIGHED", "DISQUALIFIED"]
    told = (await (await platform.sign_in("wyp-1")).ask(WHOLE, reference=case["reference"]))["case"]
    assert [one["kind"] for one in told["disqualification"]["steps"]] == ["DISQUALIFICATION_WEIGHED", "DISQUALIFIED"]
    assert (await look(maker, case))["stage"] == "AWAITING_CONCLUSIVE_GROUNDS"  # the decision is owed all the same
    await platform.deliver()
    assert "DISQUALIFICATION_DECIDED" in await stories.kinds(unit)
    await done(other, "weighDisqualification", case, ground="PUBLIC_ORDER")
    await done(maker, "decideDisqualification", case, isDisqualified=False)
    assert (await protection(unit, case) or {})["isProtected"]


async def test_nobody_was_disqualified_before_the_law_said_so(platform: Platform) -> None:
    case = await referred(platform, "2023-01-28T10:00+00:00")
    await decide(platform, case)
    maker = await platform.sign_in("sca-1")
    early = await step(maker, "weighDisqualification", case, ground="BAD_FAITH")
    assert early["problem"]["code"] == "NOT_IN_FORCE"
    await platform.set_clock("2023-01-30T10:00+00:00")
    await done(await platform.sign_in("sca-1"), "weighDisqualification", case, ground="BAD_FAITH")


async def test_an_age_in_doubt_is_dated_and_changes_nothing_backwards(platform: Platform) -> None:
    case = await referred(platform)
    await decide(platform, case)
    await platform.set_clock("2026-05-22T10:00+01:00")
    maker = await platform.sign_in("sca-1")
    before = await unchanged(platform)
    nowhere = await step(maker, "doubtAge", case, localAuthority="Nowhere")
    assert nowhere["problem"]["problems"][0]["path"] == "localAuthority"
    assert await unchanged(platform) == before
    dates = (await look(maker, case))["clocks"]
    await done(maker, "doubtAge", case, localAuthority="Leeds City Council")
    assert (await look(maker, case))["clocks"] == dates
    await platform.deliver()
    await assessed(platform, case, maker)


async def assessed(platform: Platform, case: dict[str, Any], maker: Person) -> None:
    """Children's services alone assess and settle it; until then nobody withdraws."""
    council = await platform.sign_in("lcc-1")
    assert "AGE_IN_DOUBT" in await stories.kinds(council)
    seen = await look(council, case)
    sent = {"caseId": seen["id"], "expectedVersion": seen["version"], "words": " "}
    silent = await council.do(mutation("startAgeAssessment"), **sent)
    assert silent["problem"]["problems"][0]["path"] == "words"  # an assessment has a stated reason
    assert (await step(maker, "startAgeAssessment", case))["problem"]["__typename"] == "Refused"
    assert (await step(council, "settleAge", case, age="ADULT"))["problem"]["code"] == "NO_ASSESSMENT"
    await done(council, "startAgeAssessment", case)
    written = {"form": "WRITTEN", "saidOn": "2026-05-22"}
    assert (await step(maker, "recordWithdrawal", case, statement=written))["problem"]["__typename"] == "Refused"
    await platform.set_clock("2026-06-03T10:00+01:00")
    council = await platform.sign_in("lcc-1")
    assert (await step(council, "settleAge", case, age="NOT_SURE"))["problem"]["__typename"] == "Invalid"
    assert (await step(council, "settleAge", case, age="ADULT"))["problem"] is None
    assert [tuple(row) for row in await platform.admin.fetch(AGES)] == [
        ("adult", "2026-05-20"),
        ("not_sure", "2026-05-22"),
        ("adult", "2026-06-03"),
    ]
    await done(await platform.sign_in("sca-1"), "recordWithdrawal", case, statement=written | {"saidOn": "2026-06-03"})


async def a_doubted_child(platform: Platform) -> dict[str, Any]:
    """Somebody referred as a child, whose age the authority doubts; a child's rules go on."""
    await platform.set_clock("2026-05-20T10:00+01:00")
    council, maker = await platform.sign_in("lcc-1"), await platform.sign_in("sca-1")
    form = child_referral()
    form["identity"] = form["identity"] | {"dateOfBirthKnown": True, "dateOfBirth": "2010-02-03"}
    case = await stories.refer(council, form)
    assert (await step(council, "startAgeAssessment", case))["problem"]["code"] == "AGE_NOT_IN_DOUBT"
    doubted = await done(maker, "doubtAge", case, localAuthority="Leeds City Council")
    assert clock(doubted, "consent_at_18") is None  # no date of birth is believed any more
    before = await unchanged(platform)
    again = await step(maker, "doubtAge", case, localAuthority="Leeds City Council")
    assert again["problem"]["code"] == "AGE_IN_DOUBT"
    assert (await step(maker, "recordWithdrawal", case, statement=SAID))["problem"]["__typename"] == "Refused"
    assert await unchanged(platform) == before
    return case


SAID = {"form": "WRITTEN", "saidOn": "2026-06-03"}


@pytest.mark.parametrize(("found", "withdraws"), [("CHILD", False), ("ADULT", True)])
async def test_the_age_of_somebody_referred_as_a_child_is_doubted_too(
    platform: Platform, found: str, withdraws: bool
) -> None:
    case = await a_doubted_child(platform)
    await platform.deliver()
    council = await platform.sign_in("lcc-1")
    assert (await stories.kinds(council)).count("AGE_IN_DOUBT") == 1
    seen = await stories.seen(council, case)
    assert (seen["identity"]["age"], seen["account"]["__typename"]) == ("NOT_SURE", "Account")
    await platform.set_clock("2026-06-03T10:00+01:00")
    council, maker = await platform.sign_in("lcc-1"), await platform.sign_in("sca-1")
    await done(council, "startAgeAssessment", case)
    assert (await step(council, "settleAge", case, age=found))["problem"] is None
    said = [tuple(row) for row in await platform.admin.fetch(AGES)]
    assert said == [("child", "2026-05-20"), ("not_sure", "2026-05-20"), (found.lower(), "2026-06-03")]
    told = (await step(maker, "recordWithdrawal", case, statement=SAID))["problem"]
    assert (told is None) == withdraws
    assert (clock(await look(maker, case), "consent_at_18") is not None) == (found == "CHILD")
