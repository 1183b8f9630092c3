"""What others see of an adult who was referred: each look is in the ledger, and for whoever is not involved there is no
case."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.journeys.test_adult_referral import FRIDAY_NIGHT
from tests.world.forms import adult_referral
from tests.world.platform import Platform
from tests.world.stories import SUBMIT, look, refer, seen, told

pytestmark = pytest.mark.anyio

CONTENT = (
    "contact",
    "account",
    "exploiters",
    "evidence",
    "referrer",
    "immigration",
    "criminalJustice",
    "supportPlan",
    "childProtection",
    "credibility",
)


async def test_every_look_is_in_the_ledger_with_rule_relation_involvement_and_verdict(platform: Platform) -> None:
    officer, decider = await platform.sign_in("wyp-1"), await platform.sign_in("sca-1")
    provider = await platform.sign_in("exh-1")
    case = await refer(officer)
    before = len(await platform.ledger())

    await officer.ask("query ($r: String) { case(reference: $r) { identity { __typename } } }", r=case["reference"])
    await decider.ask(
        "query ($r: String) { case(reference: $r) { account { __typename } supportPlan { __typename } } }",
        r=case["reference"],
    )
    assert await look(provider, case) is None

    by_referrer, by_decider, by_stranger = (await platform.ledger())[before:]
    assert (by_referrer["verdict"], by_referrer["relations"], by_referrer["groups"]) == (
        "viewed",  # the referrer's agency leads
        ["referrer"],
        ["core", "identity"],
    )
    assert by_referrer["rules"] == ["R101", "R201"]
    assert (by_decider["verdict"], by_decider["relations"], by_decider["groups"], by_decider["summaries"]) == (
        "disclosed",
        ["decision_maker"],
        ["account", "core"],
        ["support_plan"],
    )
    assert by_decider["rules"] == ["R103", "R301", "R302"]
    assert by_decider["purposes"] == ["Decide whether the person is a victim of modern slavery"]
    involvement = await platform.admin.fetchval("SELECT id FROM involvement WHERE relation = 'decision_maker'")
    assert by_decider["involvements"] == [involvement]
    assert (by_stranger["verdict"], by_stranger["rules"], by_stranger["groups"]) == ("refused", [], [])
    assert by_stranger["member_id"] == await platform.admin.fetchval("SELECT id FROM member WHERE subject = 'exh-1'")
    assert all(line["policy_version"] for line in (by_referrer, by_decider, by_stranger))


NOT_THERE = {"reference": "C-2222-22229", "id": "Q2FzZTphYWFhYWFhYS1hYWFhLTRhYWEtOGFhYS1hYWFhYWFhYWFhYWE="}

Variables = Callable[[dict[str, Any]], dict[str, Any]]

QUESTIONS: dict[str, tuple[str, Variables]] = {
    "by id": ("query ($id: ID) { case(id: $id) { id stage } }", lambda case: {"id": case["id"]}),
    "by reference": (
        "query ($r: String) { case(reference: $r) { id stage identity { __typename } } }",
        lambda case: {"r": case["reference"]},
    ),
    "by node": ("query ($id: ID!) { node(id: $id) { id ... on Case { stage } } }", lambda case: {"id": case["id"]}),
    "assigning": (
        "mutation ($input: AssignCaseInput!) { assignCase(input: $input) { case { id } problem { __typename ... on "
        "NotFound { message } ... on Refused { message rule } ... on Conflict { code message } } } }",
        lambda case: {"input": {"caseId": case["id"], "expectedVersion": 1, "reason": "I want it."}},
    ),
    "closing": (
        "mutation ($input: CloseConcernInput!) { closeConcern(input: $input) { case { id } problem { __typename ... on "
        "NotFound { message } ... on Refused { message rule } ... on Conflict { code message } } } }",
        lambda case: {"input": {"caseId": case["id"], "expectedVersion": 2, "reason": "DUPLICATE"}},
    ),
    "referring": (SUBMIT, lambda case: {"input": {"fromConcern": {"caseId": case["id"], "expectedVersion": 2}}}),
}


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("who", ["exh-1", "gmp-2"])
async def test_whoever_is_not_involved_gets_the_very_answer_of_a_case_that_does_not_exist(
    platform: Platform, question: str, who: str
) -> None:
    await platform.set_clock(FRIDAY_NIGHT)
    stranger = await platform.sign_in(who)
    case = await refer(await platform.sign_in("wyp-1"))
    query, variables_for = QUESTIONS[question]
    own_id = (await stranger.ask("{ viewer { id } }"))["viewer"]["id"]

    async def answer(about: dict[str, Any]) -> Any:
        variables = variables_for(about)
        if sent := variables.get("input"):
            sent["idempotencyKey"] = "a-key-of-the-stranger"
            if question == "assigning":
                sent["memberId"] = own_id
            if question == "referring":
                organisation = "Greater Manchester Police" if who == "gmp-2" else "Example Haven"
                sent["referral"] = adult_referral(organisation=organisation)
        return told(await stranger.post(query, variables))

    hidden, absent = await answer(case), await answer(NOT_THERE)

    assert hidden == absent
    assert hidden[0] == 200
    assert b'"errors"' not in hidden[1]
    if question in {"assigning", "closing"} or (question, who) == ("referring", "gmp-2"):
        assert b'"NotFound"' in hidden[1]


async def test_a_colleague_sees_that_the_force_knows_the_case_and_not_what_is_in_it(platform: Platform) -> None:
    case = await refer(await platform.sign_in("wyp-1"))

    by_colleague = await seen(await platform.sign_in("wyp-2"), case)
    by_manager = await seen(await platform.sign_in("wyp-4"), case)

    assert by_colleague["reference"] == case["reference"]
    assert by_colleague["stage"] == "AWAITING_REASONABLE_GROUNDS"
    assert [given["name"] for given in by_colleague["assignments"]] == ["PC Asha Invented"]
    for group in ("identity", *CONTENT, "clocks", "decisions"):
        assert by_colleague[group]["__typename"] == "Withheld", group
    assert by_colleague["identity"] == {
        "__typename": "Withheld",
        "group": "IDENTITY",
        "reason": "NOT_ASSIGNED_TO_YOU",
        "requestable": False,
    }
    assert by_manager["identity"]["firstName"] == "Testo"
    assert by_manager["account"]["__typename"] == "Account"
