"""Sharing, in stories: somebody gives, ends, or decides not to give; and what each side reads of it."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from schema.node import global_id
from tests.world.platform import Person, Platform
from tests.world.stories import CASE, PROBLEM, assign, id_of, seen

SIDES = """informationRequests { __typename ... on InformationRequests {
  sharesGiven { id isShared isLive recipient { agency { name } function } isForOnePerson decidedBy purpose
    groups { group version } lawful { article6 condition power } conditions endsOn endReason
    statements { group necessity }
    consent { asked given whyWithout } risks }
  sharesReceived { id giver { agency { name } function } isForOnePerson purpose groups { group version }
    conditions endsOn } }
  ... on Withheld { reason } }"""
TOLD = f"shareId case {{ id reference {SIDES} }} {PROBLEM}"
GIVE = f"mutation ($input: GiveShareInput!) {{ giveShare(input: $input) {{ {TOLD} }} }}"
DECIDE_NOT = f"mutation ($input: DecideNotToShareInput!) {{ decideNotToShare(input: $input) {{ {TOLD} }} }}"
END_SHARE = f"mutation ($input: EndShareInput!) {{ endShare(input: $input) {{ {TOLD} }} }}"
SEE = f"query ($reference: String) {{ case(reference: $reference) {{ {CASE[6:-1]} {SIDES} }} }}"
LAWFUL = {"article6": "public_task", "condition": "schedule_1_safeguarding", "power": "children_act_2004_10"}
WITHOUT = {"asked": False, "given": False, "whyWithout": "Asking would put the child at risk."}
LAST_DAY = "2026-06-30"


def weighed(group: str, *, live: bool = False) -> dict[str, Any]:
    """A group with its reasons."""
    return {"group": group, "live": live, "necessity": "Needed to protect her.", "proportionality": "No less would do."}


async def agency_id(platform: Platform, code: str) -> str:
    """The id by which everybody knows an agency."""
    return global_id("Agency", await platform.admin.fetchval("SELECT id FROM agency WHERE code = $1", code))


async def decision(
    platform: Platform, case: Mapping[str, Any], to: tuple[str, str], groups: Iterable[str | dict[str, Any]]
) -> dict[str, Any]:
    """A decision about sharing these groups with the function of that agency."""
    return {
        "caseId": case["id"],
        "recipient": {"agencyId": await agency_id(platform, to[0]), "function": to[1]},
        "groups": [weighed(one) if isinstance(one, str) else one for one in groups],
        "purpose": "To appoint a guardian.",
        "lawful": LAWFUL,
        "consent": WITHOUT,
        "risks": "Without it nobody can reach her; with it one more agency knows.",
    }


async def give(
    platform: Platform,
    who: Person,
    case: Mapping[str, Any],
    to: tuple[str, str],
    groups: Iterable[str | dict[str, Any]],
    **changes: Any,
) -> dict[str, Any]:
    """The payload of sharing."""
    today = await platform.admin.fetchval("SELECT london_today()")
    last = LAST_DAY if f"{today}" < LAST_DAY else f"{today + timedelta(days=30)}"
    until = {"conditions": "Speak to us before you write to her.", "endsOn": last}
    return await who.do(GIVE, **(await decision(platform, case, to, groups) | until | changes))


async def given(platform: Platform, who: Person, case: Mapping[str, Any], to: tuple[str, str], *groups: Any) -> str:
    """The id of a share; it has to work."""
    payload = await give(platform, who, case, to, groups)
    assert payload["problem"] is None, payload
    return str(payload["shareId"])


async def sides(who: Person, case: Mapping[str, Any]) -> dict[str, Any]:
    """What this person reads of sharing, in a case that has to be there."""
    found: dict[str, Any] = (await who.ask(SEE, reference=case["reference"]))["case"]["informationRequests"]
    return found


def shown(case: Mapping[str, Any]) -> set[str]:
    """The groups of a case that came whole."""
    kinds = {name: part["__typename"] for name, part in case.items() if isinstance(part, dict) and "__typename" in part}
    return {name for name, kind in kinds.items() if kind != "Withheld" and not kind.endswith("Summary")}


async def taken_on(who: Person, case: Mapping[str, Any]) -> dict[str, Any]:
    """Where there is no intake team, whoever sees that their agency was given something takes it on."""
    payload = await assign(who, await seen(who, case), memberId=await id_of(who))
    assert payload["problem"] is None, payload
    return await seen(who, case)
