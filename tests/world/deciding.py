"""What happens to a case beside its decisions, and the decisions themselves, in stories; through HTTP only."""

from collections.abc import Mapping
from typing import Any

from tests.world import stories
from tests.world.forms import adult_referral, asked_on, signed
from tests.world.platform import Person, Platform

STEPS = """steps { kind happenedOn words until basis suspension endReason transferredTo age decisionId askedBy grounds
  whyLate statement { form saidOn heardBy } pack { decisionId evidence { group version } } courtReference
  reviewOutcome }"""
DECISIONS = f"""decisions {{ __typename
  ... on Decisions {{ entries {{ id kind outcome issuedOn authority {{ name }} }}
    proposals {{ id kind outcome answer }} {STEPS} }}
  ... on DecisionsSummary {{ outcomes {{ kind outcome issuedOn }} outlines: steps {{ kind happenedOn }} }} }}"""
CLOCKS = """clocks { ... on Clocks { all { kind form dueOn waitsFor waitsForAgency { name }
  proof { row length unit firstDay provisional extendedUntil skipped { day reason } } } } }"""
WEIGHED = """disqualification { __typename ... on Disqualification { weighed: steps { kind ground words } }
  ... on DisqualificationSummary { steps { kind happenedOn } } }"""
CASE = f"case {{ id reference version stage lead {{ name }} {DECISIONS} {CLOCKS} }}"
LOOK = f"query ($reference: String) {{ {CASE.replace('case', 'case(reference: $reference)', 1)} }}"
WHOLE = f"query ($reference: String) {{ case(reference: $reference) {{ {WEIGHED} }} }}"
REASONS = """query ($reference: String) { case(reference: $reference) { decisionReasons {
  ... on DecisionReasons { entries { decisionId isRevocation test reasons grounds childsViews bestInterests } } } } }"""
PROTECTION = """query ($reference: String) { case(reference: $reference) { reference protection { __typename
  ... on Protection { isProtected since atLeastUntil } ... on Withheld { reason } } } }"""

TAKEN_BACK = {"grounds": ["DEFINITION_NOT_MET"]}


def mutation(name: str) -> str:
    """A mutation of a case by its name, such as `suspendCase`."""
    kind = name[0].upper() + name[1:]
    return f"mutation ($input: {kind}Input!) {{ {name}(input: $input) {{ {CASE} {stories.PROBLEM} }} }}"


async def referred(platform: Platform, when: str = "2026-05-20T10:00+01:00", **changes: Any) -> dict[str, Any]:
    """An adult's referral by West Yorkshire Police."""
    await platform.set_clock(when)
    if when < "2023-03":  # the form of then asked for one account
        changes.setdefault("account", adult_referral()["account"] | {"whatHappened": "Washed cars for nothing."})
    day = when[:10]
    form = signed(day, **changes) if day < "2019-08-29" else asked_on(day, **changes)
    return await stories.refer(await platform.sign_in("wyp-1"), form)


async def look(who: Person, case: Mapping[str, Any]) -> dict[str, Any]:
    """The decisions, steps and clocks as this person sees them."""
    found: dict[str, Any] = (await who.ask(LOOK, reference=case["reference"]))["case"]
    return found


async def step(who: Person, name: str, case: Mapping[str, Any], **content: Any) -> dict[str, Any]:
    """The payload of a step, with what this person reads of the case now."""
    seen = await look(who, case)
    about = {"caseId": seen["id"], "expectedVersion": seen["version"], "words": "An invented reason."}
    return await who.do(mutation(name), **(about | content))


async def done(who: Person, name: str, case: Mapping[str, Any], **content: Any) -> dict[str, Any]:
    """The case after a step that has to work."""
    payload = await step(who, name, case, **content)
    assert payload["problem"] is None, payload["problem"]
    found: dict[str, Any] = payload["case"]
    return found


async def propose(who: Person, case: Mapping[str, Any], outcome: str = "POSITIVE", **changes: Any) -> dict[str, Any]:
    """The payload of a proposal of the first decision, unless the changes say otherwise."""
    seen = await look(who, case)
    words = {"kind": "REASONABLE_GROUNDS", "outcome": outcome, "reasons": "Weighed.", "evidence": ["ACCOUNT"]}
    if outcome == "NEGATIVE":
        words["grounds"] = ["DEFINITION_NOT_MET"]
    about = {"caseId": seen["id"], "expectedVersion": seen["version"]}
    return await who.do(mutation("proposeDecision"), **(words | about | changes))


async def issue(who: Person, case: Mapping[str, Any]) -> dict[str, Any]:
    """The payload of issuing the open proposal."""
    seen = await look(who, case)
    (proposal,) = [each for each in seen["decisions"]["proposals"] if each["answer"] is None]
    return await who.do(mutation("issueDecision"), caseId=seen["id"], proposalId=proposal["id"])


async def decide(
    platform: Platform,
    case: Mapping[str, Any],
    outcome: str = "POSITIVE",
    by: str = "sca-1",
    second: str = "sca-2",
    **changes: Any,
) -> dict[str, Any]:
    """The case after a decision proposed by one and issued by another."""
    proposed = await propose(await platform.sign_in(by), case, outcome, **changes)
    assert proposed["problem"] is None, proposed["problem"]
    issued = await issue(await platform.sign_in(second), case)
    assert issued["problem"] is None, issued["problem"]
    found: dict[str, Any] = issued["case"]
    return found


def clock(case: Mapping[str, Any], kind: str) -> dict[str, Any] | None:
    """The running clock of this kind."""
    return next((one for one in case["clocks"]["all"] if one["kind"] == kind), None)


def due(case: Mapping[str, Any], kind: str) -> str:
    """The last day of the clock of this kind, which has to run."""
    running = clock(case, kind)
    assert running is not None, case["clocks"]
    found: str = running["dueOn"]
    return found


async def unchanged(platform: Platform) -> dict[str, int]:
    """How many rows stand wherever a step could write."""
    more = ("case_step", "case_step_detail", "decision", "decision_proposal", "involvement_scope")
    rows = {name: await platform.admin.fetchval(f"SELECT count(*) FROM {name}") for name in more}
    return rows | await stories.counted(platform)
