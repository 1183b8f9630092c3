"""What is added to a referral is read by whoever reads the answers that it concerns, and by nobody else."""

from typing import Any

import pytest

from tests.world import stories
from tests.world.deciding import done, referred, step, unchanged
from tests.world.everybody import acting_as, roles
from tests.world.platform import Platform
from tests.world.sharing import give

pytestmark = pytest.mark.anyio

GROUPS = {
    "identity": "identity.nickname",
    "contact": "contact.street",
    "account": "account.howLeft",
    "exploiters": "exploiters.who",
    "evidence": "evidence.description",
    "referrer": "consent",
    "immigration": "immigration.homeOfficeReference",
    "criminalJustice": "cooperates",
    "supportPlan": "supportPlan.wanted",
    "childProtection": "childProtection.localAuthority",
    "credibility": "credibility.concernsDetails",
}
READ = f"""query ($reference: String) {{ case(reference: $reference) {{ {
    " ".join(
        f"{name} {{ __typename ... on {name[0].upper() + name[1:]} {{ additions {{ words concerns }} }} }}"
        for name in GROUPS
    )
} }} }}"""


async def additions(platform: Platform, subject: str, function: str, case: dict[str, Any]) -> dict[str, Any] | None:
    """By group: None where it is not read whole, and what was added to it where it is."""
    who = await acting_as(platform, subject, function)
    found = (await who.ask(READ, reference=case["reference"]))["case"]
    return found and {name: (found[name] or {}).get("additions") for name in GROUPS}


def canary(name: str) -> str:
    return f"A canary sang of the {name}."


async def test_what_is_added_is_read_with_the_answers_it_concerns_by_everybody_and_whatever_is_shared(
    platform: Platform,
) -> None:
    await platform.set_clock("2026-05-20T10:00+01:00")
    officer = await platform.sign_in("wyp-1")
    case = await stories.refer(officer, stories.supported_adult())
    await platform.deliver()
    for name, key in GROUPS.items():
        await done(officer, "addToReferral", case, words=canary(name), concerns=[key])
    shared = await give(
        platform,
        officer,
        case | await stories.seen(officer, case),
        ("the-salvation-army", "SUPPORT_PRIME"),
        [{"group": "ACCOUNT", "live": True, "necessity": "Needed.", "proportionality": "No less would do."}],
    )
    assert shared["problem"] is None, shared
    await platform.deliver()

    read_by: dict[str, set[tuple[str, str]]] = {name: set() for name in GROUPS}
    for subject, function in roles():
        for name, added in ((await additions(platform, subject, function, case)) or {}).items():
            if added is not None:
                assert added == [{"words": canary(name), "concerns": [GROUPS[name]]}], (subject, name)
                read_by[name].add((subject, function))

    whoever_sent_it = {("wyp-1", "first_responder"), ("wyp-4", "first_responder")}
    authority = {("sca-1", "decision_maker"), ("sca-2", "decision_maker")}
    assert read_by["credibility"] == whoever_sent_it | authority
    support = {name for name in GROUPS if ("tsa-1", "support_prime") in read_by[name]}
    assert support == {"identity", "contact", "referrer", "supportPlan", "account"}  # the last by the share alone
    police = {name for name in GROUPS if ("wyp-3", "investigating_police") in read_by[name]}
    assert {"account", "evidence"} <= police <= set(GROUPS) - {"immigration", "credibility"}


async def test_a_return_that_asks_about_several_parts_is_answered_part_by_part(platform: Platform) -> None:
    case = await referred(platform)
    asked = ["contact.street", "referrer.consentOn"]
    await done(await platform.sign_in("sca-1"), "returnReferral", case, missing=asked)
    officer = await platform.sign_in("wyp-1")
    before = await unchanged(platform)

    async def wrong(*concerns: str) -> list[tuple[str, str]]:
        problem = (await step(officer, "addToReferral", case, words=canary("both"), concerns=concerns))["problem"]
        return [(one["path"], one["code"]) for one in problem["problems"]]

    assert await wrong(*asked) == [("concerns.1", "read_by_others")]
    assert await wrong("contact.street", "currentTown", "nation") == [("concerns.2", "read_by_others")]
    assert await wrong("dutyToNotify.offered") == [("concerns.0", "unknown_key")]
    assert await unchanged(platform) == before
    assert canary("both") not in await platform.everything()

    completed = await done(officer, "addToReferral", case, words=canary("street"), concerns=["contact.street"])
    assert [one["kind"] for one in completed["decisions"]["steps"]] == ["RETURNED", "COMPLETED"]
    await done(officer, "addToReferral", case, words=canary("consent"), concerns=["referrer.consentOn", "consent"])
    read = await additions(platform, "sca-1", "decision_maker", case)
    assert read
    assert [read[name][0]["words"] for name in ("contact", "referrer")] == [canary("street"), canary("consent")]
    assert read["account"] == []
