"""A competent authority decides: one proposes, another looks again, and what is issued stays as it is."""

from typing import Any

import pytest

from tests.world import stories
from tests.world.deciding import referred
from tests.world.platform import Person, Platform

pytestmark = pytest.mark.anyio

REASONS = (
    "decisionReasons { __typename ... on DecisionReasons { entries { test reasons evidence { group version } } } }"
)
DECISIONS = """decisions { __typename
  ... on Decisions { entries { kind outcome issuedOn authority { name } }
    proposals { id kind outcome reasons proposedBy answer answeredBy answerReason } }
  ... on DecisionsSummary { outcomes { kind outcome issuedOn } } }"""
CLOCKS = "clocks { ... on Clocks { all { kind form dueOn proof { row length unit firstDay } } } }"
CASE = f"case {{ id version stage {DECISIONS} {CLOCKS} }}"
PROPOSE, RETURN, ISSUE = (
    f"mutation ($input: {act}DecisionInput!) {{ {act.lower()}Decision(input: $input) {{ {CASE} {stories.PROBLEM} }} }}"
    for act in ("Propose", "Return", "Issue")
)
LOOK = f"query ($reference: String) {{ {CASE.replace('case', 'case(reference: $reference)', 1)[:-1]} {REASONS} }} }}"


async def look(who: Person, case: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = (await who.ask(LOOK, reference=case["reference"]))["case"]
    return found


async def propose(who: Person, case: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """The payload of a proposal: positive, unless the changes say otherwise."""
    seen = await look(who, case)
    words = {"kind": "REASONABLE_GROUNDS", "outcome": "POSITIVE", "reasons": "The account is consistent in itself."}
    about = {"caseId": seen["id"], "expectedVersion": seen["version"], "evidence": ["ACCOUNT"]}
    return await who.do(PROPOSE, **(words | about | changes))


def open_proposal(case: dict[str, Any]) -> dict[str, Any]:
    (proposal,) = [each for each in case["decisions"]["proposals"] if each["answer"] is None]
    found: dict[str, Any] = proposal
    return found


async def issue(who: Person, case: dict[str, Any]) -> dict[str, Any]:
    seen = await look(who, case)
    return await who.do(ISSUE, caseId=seen["id"], proposalId=open_proposal(seen)["id"])


async def test_a_positive_decision_starts_the_recovery_period(platform: Platform) -> None:
    case = await referred(platform)
    proposed = await propose(await platform.sign_in("sca-1"), case)
    assert open_proposal(proposed["case"])["reasons"] == "The account is consistent in itself."

    await platform.set_clock("2026-05-22T23:30+01:00")
    done = await issue(await platform.sign_in("sca-1"), case)
    assert done["problem"] is None
    assert done["case"]["stage"] == "AWAITING_CONCLUSIVE_GROUNDS"
    (entry,) = done["case"]["decisions"]["entries"]
    assert (entry["kind"], entry["outcome"]) == ("REASONABLE_GROUNDS", "POSITIVE")
    assert entry["issuedOn"] == "2026-05-22"  # London's day, half an hour before midnight
    assert {clock["kind"]: clock["dueOn"] for clock in done["case"]["clocks"]["all"]} == {
        "recovery_period": "2026-06-20",
        "support_period": "2026-06-20",
    }


async def test_the_referrer_reads_the_letter_and_never_the_draft(platform: Platform) -> None:
    case = await referred(platform)
    maker, police = await platform.sign_in("sca-1"), await platform.sign_in("wyp-1")
    await propose(maker, case)
    before = await look(police, case)
    assert before["decisions"] == {"__typename": "Decisions", "entries": [], "proposals": []}
    assert before["decisionReasons"] is None

    await issue(maker, case)
    after = await look(police, case)
    assert [entry["outcome"] for entry in after["decisions"]["entries"]] == ["POSITIVE"]
    assert after["decisions"]["proposals"] == []
    (reasons,) = after["decisionReasons"]["entries"]
    assert "general and specific evidence" in reasons["test"]
    assert reasons["evidence"] == [{"group": "ACCOUNT", "version": 1}]
    await platform.deliver()
    assert "DECISION_ISSUED" in await stories.kinds(police)


async def test_a_negative_needs_a_second_look_by_somebody_else(platform: Platform) -> None:
    case = await referred(platform)
    maker = await platform.sign_in("sca-1")
    await propose(maker, case, outcome="NEGATIVE", grounds=["DEFINITION_NOT_MET"])
    before = await look(maker, case)

    alone = await issue(maker, case)
    assert alone["problem"]["__typename"] == "Refused"
    assert "second look" in alone["problem"]["message"]
    assert await look(maker, case) == before

    with pytest.raises(Exception, match="a_negative_has_a_second_look"):  # nor does the database let it be so
        await platform.admin.execute(
            "UPDATE decision_proposal SET answer = 'issued', answered_by = proposed_by, answered_at = moment()"
        )
    done = await issue(await platform.sign_in("sca-2"), case)  # who manages the team
    assert done["problem"] is None
    assert done["case"]["stage"] == "DECIDED"
    assert [clock["kind"] for clock in done["case"]["clocks"]["all"]] == ["reconsideration"]
    assert done["case"]["clocks"]["all"][0]["dueOn"] == "2026-06-19"


async def test_a_returned_proposal_stays_on_record_and_another_may_follow(platform: Platform) -> None:
    case = await referred(platform)
    maker = await platform.sign_in("sca-1")
    first = await propose(maker, case)
    twice = await propose(maker, case)
    assert twice["problem"] == {
        "__typename": "Conflict",
        "code": "PROPOSAL_OPEN",
        "message": "A proposal for this case waits for an answer.",
        "remedy": "Issue it or give it back first.",
    }
    proposal = open_proposal(first["case"])["id"]
    silent = await maker.do(RETURN, caseId=first["case"]["id"], proposalId=proposal, reason=" ")
    assert silent["problem"]["problems"][0]["path"] == "reason"
    back = await maker.do(RETURN, caseId=first["case"]["id"], proposalId=proposal, reason="Ask the school first.")
    assert back["problem"] is None
    assert back["case"]["decisions"]["proposals"][0]["answerReason"] == "Ask the school first."
    late = await maker.do(ISSUE, caseId=first["case"]["id"], proposalId=proposal)
    assert late["problem"]["code"] == "PROPOSAL_NOT_OPEN"
    assert (await propose(maker, case))["problem"] is None
    assert [each["answer"] for each in (await look(maker, case))["decisions"]["proposals"]] == ["RETURNED", None]


# Worked by hand: the day of issue selects the length and the words, whatever day it was proposed or returned.
@pytest.mark.parametrize(
    ("received", "proposed", "is_returned", "issued", "last_day", "length", "words"),
    [
        ("2023-01-20T10:00+00:00", "2023-01-27T16:00+00:00", True, "2023-01-30T09:00+00:00", "2023-02-28", 30,
         "objective"),
        ("2020-01-13T10:00+00:00", "2020-01-20T09:00+00:00", False, "2020-01-20T16:00+00:00", "2020-03-05", 45,
         "suspect"),
    ],
)  # fmt: skip
async def test_the_day_of_issue_selects_the_days_and_the_words(
    platform: Platform,
    received: str,
    proposed: str,
    is_returned: bool,
    issued: str,
    last_day: str,
    length: int,
    words: str,
) -> None:
    case = await referred(platform, received)
    await platform.set_clock(proposed)
    first = await propose(await platform.sign_in("sca-1"), case)
    assert first["problem"] is None
    about = {"caseId": first["case"]["id"], "proposalId": open_proposal(first["case"])["id"]}
    if is_returned:
        given_back = await (await platform.sign_in("sca-2")).do(RETURN, **about, reason="Ask the school first.")
        assert given_back["problem"] is None
    await platform.set_clock(issued)
    maker = await platform.sign_in("sca-1")
    if is_returned:
        assert (await propose(maker, case))["problem"] is None
    done = await issue(maker, case)
    assert done["problem"] is None
    (recovery,) = [clock for clock in done["case"]["clocks"]["all"] if clock["kind"] == "recovery_period"]
    assert (recovery["dueOn"], recovery["proof"]["length"]) == (last_day, length)
    (reasons,) = (await look(maker, case))["decisionReasons"]["entries"]
    assert words in reasons["test"]


async def test_a_conclusive_decision_waits_for_the_minimum_and_a_late_first_one_does_not(platform: Platform) -> None:
    case = await referred(platform)
    await platform.set_clock("2026-09-01T10:00+01:00")  # months after the target
    maker = await platform.sign_in("sca-1")
    await propose(maker, case)
    assert (await issue(maker, case))["problem"] is None
    early = await propose(maker, case, kind="CONCLUSIVE_GROUNDS")
    assert early["problem"] is None  # it may be prepared
    await platform.set_clock("2026-09-30T10:00+01:00")
    refused = await issue(await platform.sign_in("sca-1"), case)
    assert refused["problem"]["code"] == "BEFORE_THE_MINIMUM_PERIOD"
    assert "30 September 2026" in refused["problem"]["message"]
    await platform.set_clock("2026-10-01T00:01+01:00")
    done = await issue(await platform.sign_in("sca-1"), case)
    assert done["problem"] is None
    assert [entry["kind"] for entry in done["case"]["decisions"]["entries"]] == [
        "REASONABLE_GROUNDS",
        "CONCLUSIVE_GROUNDS",
    ]
    assert {clock["kind"]: clock["dueOn"] for clock in done["case"]["clocks"]["all"]} == {
        "move_on_after_positive": "2026-11-15"
    }


async def test_nobody_but_the_authority_decides_and_a_refusal_changes_nothing(platform: Platform) -> None:
    case = await referred(platform)
    maker = await platform.sign_in("sca-1")
    seen = await look(maker, case)
    await propose(maker, case)
    proposal = open_proposal(await look(maker, case))["id"]
    before = await platform.admin.fetchval("SELECT count(*) FROM outbox")
    for subject, problem in (("wyp-1", "Refused"), ("wyp-2", "Refused"), ("eps-1", "NotFound")):
        other = await platform.sign_in(subject)
        words = {"kind": "REASONABLE_GROUNDS", "outcome": "POSITIVE", "reasons": "No.", "evidence": ["ACCOUNT"]}
        tried = await other.do(PROPOSE, caseId=seen["id"], expectedVersion=seen["version"], **words)
        assert tried["problem"]["__typename"] == problem
        tried = await other.do(ISSUE, caseId=seen["id"], proposalId=proposal)
        assert tried["problem"]["__typename"] == problem
    assert await platform.admin.fetchval("SELECT count(*) FROM decision") == 0
    assert await platform.admin.fetchval("SELECT count(*) FROM outbox") == before
