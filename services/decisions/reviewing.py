"""Judicial review as facts: a claim, how it ended, and a decision that was quashed and is made anew."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from policies.vocabulary import Action, DataGroup
from services.cases.store import writes
from services.decisions import issuing
from services.decisions.acting import About, Doing, Scene, do, invalid
from services.decisions.course_rules import Act
from services.decisions.reconsidering import make_anew
from services.decisions.step_words import ReviewOutcome, StepKind
from services.errors import WorkProblem
from services.regimes.words import RECOVERING, ClockName, DecisionKind
from services.tools import Reading

CLAIMING = Doing(action=Action.REVIEW_RECORD, act=Act.CLAIM_REVIEW)
ENDING = Doing(action=Action.REVIEW_RECORD, act=Act.END_REVIEW, writes=frozenset({DataGroup.CORE, DataGroup.CLOCKS}))
LONGEST_REFERENCE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """The court's reference, and the day on which the claim was brought."""

    about: About
    reference: str
    brought_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewEnd:
    """What became of the claim."""

    about: About
    outcome: ReviewOutcome


async def claim(reading: Reading, key: str, sent: Claim, content: Mapping[str, Any]) -> UUID | WorkProblem:
    """Record that somebody went to court about the last decision; the decision stands meanwhile."""
    return await do(reading, key, CLAIMING, sent.about, content, (), lambda scene: _claim(scene, sent))


async def end(reading: Reading, key: str, sent: ReviewEnd, content: Mapping[str, Any]) -> UUID | WorkProblem:
    """Record how it ended; a decision that was quashed no longer counts and is made anew by others."""
    return await do(reading, key, ENDING, sent.about, content, (), lambda scene: _end(scene, sent))


async def _claim(scene: Scene, sent: Claim) -> WorkProblem | None:
    decision = scene.course.last
    if not 0 < len(sent.reference.strip()) <= LONGEST_REFERENCE:
        return invalid("courtReference", "length", "A claim has the court's reference.", "Give 1 to 100 characters.")
    if decision is None or not decision.issued_on <= sent.brought_on <= scene.today:
        message = "A claim is brought after the decision, and not on a day to come."
        return invalid("broughtOn", "impossible", message, "Give the day on which it was brought.")
    said = {"claim": sent.reference.strip(), "brought_on": sent.brought_on, "words": sent.about.words}
    await scene.take(StepKind.REVIEW_CLAIMED, decision=decision.id, **said)
    return None


async def _end(scene: Scene, sent: ReviewEnd) -> WorkProblem | None:
    claimed = scene.course.claims[0].content or {}
    said = {"claim": claimed["claim"], "decision": claimed["decision"], "outcome": sent.outcome}
    await scene.take(StepKind.REVIEW_ENDED, **said, words=sent.about.words)
    made = next((each for each in scene.course.counting if str(each.id) == claimed["decision"]), None)
    if sent.outcome is ReviewOutcome.QUASHED and made and not scene.course.ended:
        lasting = RECOVERING | {ClockName.SUPPORT_PERIOD}
        over = issuing.ENDED if made.kind is DecisionKind.REASONABLE_GROUNDS else issuing.ENDED - lasting
        await writes.end_clocks(scene.reading, scene.permit, *sorted(over))
        await make_anew(scene, made.kind)
    return None
