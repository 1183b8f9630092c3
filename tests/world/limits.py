"""Keeping somebody from a record, and letting them in again, in stories."""

from collections.abc import Mapping
from typing import Any

from tests.world.platform import Person, Platform
from tests.world.stories import PROBLEM

LIMITS = """limits { recordReference isRestricted bars { id person agency reason setBy state endProposedBy endReason
  endedBy } }"""
READ = f"query ($reference: String!) {{ accessLimits(reference: $reference) {LIMITS[7:]} }}"
SET_BAR = f"mutation ($input: SetAccessBarInput!) {{ setAccessBar(input: $input) {{ {LIMITS} {PROBLEM} }} }}"
END_BAR = f"mutation ($input: EndAccessBarInput!) {{ endAccessBar(input: $input) {{ {LIMITS} {PROBLEM} }} }}"
RESTRICT = f"mutation ($input: RestrictRecordInput!) {{ restrictRecord(input: $input) {{ {LIMITS} {PROBLEM} }} }}"
LIFT = f"mutation ($input: LiftRestrictionInput!) {{ liftRestriction(input: $input) {{ {LIMITS} {PROBLEM} }} }}"
ACT_AS = f"mutation ($input: ActAsInput!) {{ actAs(input: $input) {{ viewer {{ name }} {PROBLEM} }} }}"
WHY = {"reason": "An invented reason."}


async def police_approver(platform: Platform) -> Person:
    """The inspector, at the desk that refers."""
    inspector = await platform.sign_in("wyp-4")
    assert (await inspector.do(ACT_AS, function="FIRST_RESPONDER"))["problem"] is None
    return inspector


async def bar(who: Person, case: Mapping[str, Any], **whom: str) -> dict[str, Any]:
    """The payload of setting a bar."""
    return await who.do(SET_BAR, reference=case["reference"], **(WHY | whom))


async def limits(who: Person, case: Mapping[str, Any]) -> dict[str, Any] | None:
    """What limits the record, as this person is told."""
    found: dict[str, Any] | None = (await who.ask(READ, reference=case["reference"]))["accessLimits"]
    return found


def refusal(payload: Mapping[str, Any]) -> str:
    """How the act was refused."""
    assert payload["limits"] is None
    problem = payload["problem"]
    return str(problem.get("code") or problem["__typename"])
