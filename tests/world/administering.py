"""What administrators do in stories: propose, decide, act at once, read; through HTTP only."""

from typing import Any

from tests.world.platform import Person, Platform
from tests.world.stories import PROBLEM

PROPOSAL = "proposal { id kind change subject state yoursToDecide decidedBy }"
PROPOSE = f"mutation ($input: ProposeChangeInput!) {{ proposeChange(input: $input) {{ {PROPOSAL} {PROBLEM} }} }}"
DECIDE = f"mutation ($input: DecideProposalInput!) {{ decideProposal(input: $input) {{ {PROPOSAL} {PROBLEM} }} }}"
ADMINISTER = f"mutation ($input: AdministerInput!) {{ administer(input: $input) {{ done {PROBLEM} }} }}"
ACT_AS = f"mutation ($input: ActAsInput!) {{ actAs(input: $input) {{ viewer {{ actingAs accessLevel }} {PROBLEM} }} }}"
HELD = "function accessLevel since until endedAt"
PEOPLE = f"""{{ people(first: 100) {{ edges {{ node {{ id name subject functions {{ {HELD} }}
  teams {{ team standing until }} training {{ kind on expires }} }} }} }} }}"""
ON = f"query ($on: Date!) {{ functionsOn(on: $on) {{ name agencyHeld held {{ {HELD} }} }} }}"
PROPOSALS = (
    f"query ($onlyOpen: Boolean!) {{ proposals(onlyOpen: $onlyOpen) {{ edges {{ node {{ {PROPOSAL[11:-1]} }} }} }} }}"
)
LEDGER = """{ administrativeLedger(first: 100) { edges { node {
  act verdict actor actorAgency agency subject stateBefore stateAfter reason } } } }"""
STANDING = """{ viewer { actingAs functions { function accessLevel since until }
  missing { function because since until } training { kind on expires } } }"""
TABLES = (
    "agency", "agency_function", "provider", "member", "member_function", "team", "team_membership", "training",
    "administrative_proposal", "entered_regime_row",
)  # fmt: skip


async def propose(who: Person, **change: Any) -> dict[str, Any]:
    """The payload of proposing one change."""
    return await who.do(PROPOSE, change=change, reason="Invented reason.")


async def proposed(who: Person, **change: Any) -> str:
    """The id of a proposal that has to be possible."""
    payload = await propose(who, **change)
    assert payload["problem"] is None, payload
    return str(payload["proposal"]["id"])


async def decide(who: Person, proposal: str, decision: str = "APPROVE") -> dict[str, Any]:
    """The payload of deciding."""
    return await who.do(DECIDE, proposalId=proposal, decision=decision)


async def agreed(first: Person, second: Person, **change: Any) -> None:
    """Two people want the same change; it has to work."""
    payload = await decide(second, await proposed(first, **change))
    assert payload["problem"] is None, payload


async def administer(who: Person, **act: Any) -> dict[str, Any]:
    """The payload of one administrator's own act."""
    return await who.do(ADMINISTER, act=act, reason="Invented reason.")


async def act_as(who: Person, function: str) -> dict[str, Any]:
    """The payload of switching."""
    return await who.do(ACT_AS, function=function)


async def people(who: Person) -> dict[str, dict[str, Any]]:
    """The agency's people by name."""
    return {edge["node"]["name"]: edge["node"] for edge in (await who.ask(PEOPLE))["people"]["edges"]}


async def lines(who: Person) -> list[dict[str, Any]]:
    """The first page of the administrative ledger."""
    return [edge["node"] for edge in (await who.ask(LEDGER))["administrativeLedger"]["edges"]]


async def ends(who: Person) -> list[tuple[str, str, list[str]]]:
    """The lines of ended sessions, the newest first: who ended them, whose they were, by what and how many."""
    found = await lines(who)
    return [(line["actor"], line["subject"], line["stateAfter"]) for line in found if line["act"] == "session.end"]


async def held_on(who: Person, day: str, name: str | None = None) -> set[tuple[str, str, str]]:
    """Who had which function at which level on a day."""
    found = (await who.ask(ON, on=day))["functionsOn"]
    return {(f["name"], f["held"]["function"], f["held"]["accessLevel"]) for f in found if name in (None, f["name"])}


def problem_of(payload: dict[str, Any]) -> tuple[str, str | None]:
    """The kind of problem and its code, or the message where it has none."""
    problem = payload["problem"]
    assert problem is not None, payload
    code = problem.get("code") or (problem["problems"][0]["code"] if "problems" in problem else None)
    return problem["__typename"], code


async def rights(platform: Platform) -> str:
    """Every row that says who may do what: what a denied act must leave as it was."""
    found = []
    for table in TABLES:
        # The version counts attempts, and means nothing by itself.
        found += await platform.admin.fetch(f"SELECT to_jsonb(t) - 'version' AS row FROM {table} t ORDER BY 1")
    return "\n".join(row["row"] for row in found)
