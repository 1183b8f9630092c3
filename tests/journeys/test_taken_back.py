"""A positive decision that was taken back: who is kept from what follows, and what became of the protection."""

from collections.abc import Mapping
from typing import Any

import pytest

from tests.journeys.test_protection import NOTHING, protection, shown
from tests.world import stories
from tests.world.deciding import REASONS, TAKEN_BACK, decide, done, issue, look, propose, referred, step, unchanged
from tests.world.forms import child_referral
from tests.world.next_steps import found_to_be_a_victim
from tests.world.platform import Platform
from tests.world.stories import assign, id_of, seen

pytestmark = pytest.mark.anyio

NOT_THEM = "Neither the first decider nor their manager decides it once more."
KEPT = ("sca-1", "sca-2", "sca-5")  # who decided, who manages them, and who took it back
JULY = "2026-07-10T10:00+01:00"


async def for_others(platform: Platform, case: Mapping[str, Any]) -> None:
    """People of the authority who did not decide have the case from now on as well."""
    maker = await platform.sign_in("sca-1")
    team = await id_of(maker, team="Reconsiderations")
    payload = await assign(maker, await seen(maker, case), teamId=team, reason="For another look.")
    assert payload["problem"] is None


async def decided_by_one(platform: Platform) -> dict[str, Any]:
    """A positive first decision that Hugo proposed and issued; his manager had no part in it."""
    case = await referred(platform)
    maker = await platform.sign_in("sca-1")
    assert (await propose(maker, case))["problem"] is None
    assert (await issue(maker, case))["problem"] is None
    await for_others(platform, case)
    return case


async def test_whoever_decided_manages_or_took_it_back_has_no_part_in_what_follows(platform: Platform) -> None:
    case = await decided_by_one(platform)
    before = await unchanged(platform)
    managing = await step(await platform.sign_in("sca-2"), "revokeDecision", case, **TAKEN_BACK)
    assert managing["problem"]["message"] == "A decision is revoked by neither its first decider nor their manager."
    assert await unchanged(platform) == before
    await done(await platform.sign_in("sca-5"), "revokeDecision", case, **TAKEN_BACK)
    await done(await platform.sign_in("wyp-1"), "askForReconsideration", case, grounds=["NEW_EVIDENCE"])
    before = await unchanged(platform)
    for subject in KEPT:
        for is_accepted in (True, False):
            who = await platform.sign_in(subject)
            kept = await step(who, "answerReconsideration", case, isAccepted=is_accepted)
            assert (kept["problem"] or {}).get("message") == NOT_THEM, subject
    assert await unchanged(platform) == before
    other = await platform.sign_in("sca-4")
    await done(other, "answerReconsideration", case, isAccepted=True)
    before = await unchanged(platform)
    for subject in KEPT:
        assert (await propose(await platform.sign_in(subject), case))["problem"]["message"] == NOT_THEM, subject
    assert await unchanged(platform) == before
    assert (await propose(other, case))["problem"] is None
    before = await unchanged(platform)
    for subject in KEPT:
        assert (await issue(await platform.sign_in(subject), case))["problem"]["message"] == NOT_THEM, subject
    assert await unchanged(platform) == before
    assert (await issue(other, case))["problem"] is None


async def test_whoever_took_back_a_conclusive_decision_does_not_answer_for_it(platform: Platform) -> None:
    case = await found_to_be_a_victim(platform)
    await for_others(platform, case)
    await done(await platform.sign_in("sca-5"), "revokeDecision", case, **TAKEN_BACK)
    await done(await platform.sign_in("wyp-1"), "askForReconsideration", case, grounds=["NEW_EVIDENCE"])
    before = await unchanged(platform)
    kept = await step(await platform.sign_in("sca-5"), "answerReconsideration", case, isAccepted=False)
    assert (kept["problem"] or {}).get("message") == NOT_THEM
    assert await unchanged(platform) == before
    await done(await platform.sign_in("sca-4"), "answerReconsideration", case, isAccepted=True)


async def test_protection_that_a_conclusive_decision_ended_does_not_come_back_with_it(platform: Platform) -> None:
    case = await found_to_be_a_victim(platform)
    assert (await shown(platform, case))["problem"] is None
    await for_others(platform, case)
    await platform.set_clock(JULY)
    assert await protection(await platform.sign_in("epu-1"), case) == NOTHING
    await done(await platform.sign_in("sca-5"), "revokeDecision", case, **TAKEN_BACK)
    await done(await platform.sign_in("wyp-1"), "askForReconsideration", case, grounds=["NEW_EVIDENCE"])
    other = await platform.sign_in("sca-4")
    await done(other, "answerReconsideration", case, isAccepted=True)
    assert await protection(await platform.sign_in("epu-1"), case) == NOTHING
    await platform.set_clock("2026-07-13T10:00+01:00")
    other = await platform.sign_in("sca-4")
    assert (await propose(other, case, kind="CONCLUSIVE_GROUNDS"))["problem"] is None
    assert (await issue(other, case))["problem"] is None
    assert await protection(await platform.sign_in("epu-1"), case) == NOTHING  # no day of its own for a new one


CHILDS_PARTS = {"childsViews": "She said where she wants to live.", "bestInterests": "To stay where she is safe."}


async def childs_case(platform: Platform, age: str) -> dict[str, Any]:
    """A referral of somebody who is a child, or may be."""
    await platform.set_clock("2026-05-20T10:00+01:00")
    return await stories.refer(await platform.sign_in("lcc-1"), child_referral(age=age))


def paths(payload: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What is wrong, and where."""
    return [(one["path"], one["code"]) for one in (payload["problem"] or {}).get("problems", [])]


@pytest.mark.parametrize("age", ["CHILD", "NOT_SURE"])
async def test_a_child_is_neither_refused_nor_taken_back_for_credibility_alone(platform: Platform, age: str) -> None:
    case = await childs_case(platform, age)
    alone = {"grounds": ["CREDIBILITY"]}
    more = {"grounds": ["CREDIBILITY", "DEFINITION_NOT_MET"]}
    missing = [("childsViews", "required"), ("bestInterests", "required")]
    maker = await platform.sign_in("sca-1")
    before = await unchanged(platform)
    assert paths(await propose(maker, case, "NEGATIVE", **alone, **CHILDS_PARTS)) == [("grounds", "credibility_alone")]
    assert paths(await propose(maker, case, "NEGATIVE", **more)) == missing
    assert await unchanged(platform) == before
    await decide(platform, case, **CHILDS_PARTS)
    await for_others(platform, case)
    other = await platform.sign_in("sca-5")
    before = await unchanged(platform)
    assert paths(await step(other, "revokeDecision", case)) == [("grounds", "required")]
    assert paths(await step(other, "revokeDecision", case, **more)) == missing
    for part in CHILDS_PARTS:
        tried = await step(other, "revokeDecision", case, **more, **(CHILDS_PARTS | {part: " "}))
        assert paths(tried) == [(part, "required")]
    credibility = await step(other, "revokeDecision", case, **alone, **CHILDS_PARTS, words="She is not credible.")
    assert paths(credibility) == [("grounds", "credibility_alone")]
    assert await unchanged(platform) == before
    assert (await look(other, case))["stage"] == "AWAITING_CONCLUSIVE_GROUNDS"
    await done(other, "revokeDecision", case, **more, **CHILDS_PARTS, words="Two documents say otherwise.")
    made, taken_back = (await (await platform.sign_in("lcc-1")).ask(REASONS, reference=case["reference"]))["case"][
        "decisionReasons"
    ]["entries"]
    assert (made["isRevocation"], made["grounds"]) == (False, [])
    assert taken_back == made | more | CHILDS_PARTS | {"isRevocation": True, "reasons": "Two documents say otherwise."}


async def test_why_a_decision_was_taken_back_stays_when_it_is_made_anew(platform: Platform) -> None:
    case = await decided_by_one(platform)
    await done(await platform.sign_in("sca-5"), "revokeDecision", case, grounds=["CREDIBILITY"])  # of an adult
    await done(await platform.sign_in("wyp-1"), "askForReconsideration", case, grounds=["NEW_EVIDENCE"])
    other = await platform.sign_in("sca-4")
    await done(other, "answerReconsideration", case, isAccepted=True)
    assert (await propose(other, case))["problem"] is None
    assert (await issue(other, case))["problem"] is None
    told = (await other.ask(REASONS, reference=case["reference"]))["case"]["decisionReasons"]["entries"]
    assert [(one["isRevocation"], one["grounds"]) for one in told] == [
        (False, []),
        (True, ["CREDIBILITY"]),
        (False, []),
    ]
    assert len({one["decisionId"] for one in told}) == 2
