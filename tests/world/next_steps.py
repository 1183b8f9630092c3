"""What happens next, in stories; through HTTP only."""

from collections.abc import Mapping
from typing import Any

from tests.world.deciding import decide, look, mutation, referred
from tests.world.platform import Person, Platform

WISHES = """wishes { __typename ... on Wishes { steps { kind wants saidOn words organisation route scheme regimeRow
  parts agency { name } } } }"""
LEAVE = """leave { __typename ... on Leave { leave: steps { kind question circumstance regimeRows grounds until
  bestInterests words } } ... on LeaveSummary { steps { kind happenedOn } } }"""
FACTS = """immigration { __typename ... on Immigration { steps { kind since until words } } }
  criminalJustice { __typename ... on CriminalJustice { steps { kind words agency { name } } } }"""
NEXT = f"query ($reference: String) {{ case(reference: $reference) {{ {WISHES} {LEAVE} {FACTS} }} }}"
SUPPORT = """query ($reference: String) { case(reference: $reference) { stage lead { name }
  clocks { ... on Clocks { all { kind form dueOn waitsFor waitsForAgency { name } proof { row counted
    skipped { day } } } } }
  supportPlan { __typename ... on SupportPlan { wanted } }
  access { standing groups { group verdict rules { number } } } } }"""


async def read(who: Person, case: Mapping[str, Any]) -> dict[str, Any]:
    """What this person reads about what happens next."""
    found: dict[str, Any] = (await who.ask(NEXT, reference=case["reference"]))["case"]
    return found


async def leave_of(who: Person, case: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The question of leave as this person reads it whole."""
    found: list[dict[str, Any]] = (await read(who, case))["leave"]["leave"]
    return found


async def wish(who: Person, case: Mapping[str, Any], *wants: str, said_on: str) -> dict[str, Any]:
    """The payload of recording what the person wants."""
    seen = await look(who, case)
    about = {"caseId": seen["id"], "expectedVersion": seen["version"], "words": "Said at the house."}
    return await who.do(mutation("recordWish"), **about, wants=list(wants), saidOn=said_on)


async def found_to_be_a_victim(
    platform: Platform, first: str = "2026-05-20", second: str = "2026-06-22", **changes: Any
) -> dict[str, Any]:
    """An adult with both decisions positive."""
    case = await referred(platform, f"{first}T10:00+00:00", **changes)
    await decide(platform, case)
    await platform.set_clock(f"{second}T10:00+00:00")
    return await decide(platform, case, kind="CONCLUSIVE_GROUNDS")
