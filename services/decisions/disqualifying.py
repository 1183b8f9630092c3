"""Whether the protection is taken away: weighed by one, decided by another, never without the risks looked at.

It ends no case: the conclusive decision is owed all the same (R (ABW) v Home Secretary, December 2025).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from policies.vocabulary import Action, DataGroup
from services.decisions import leave
from services.decisions.acting import LONGEST_WORDS, LOOKED_AT, About, Doing, Scene, do
from services.decisions.course import Position
from services.decisions.course_rules import Act
from services.decisions.step_words import StepKind
from services.errors import Conflict, Problem, Refused, WorkProblem
from services.regimes import queries as regimes
from services.regimes.words import DisqualificationGround
from services.tools import Reading

LOOKS = LOOKED_AT | {DataGroup.DISQUALIFICATION}
WEIGHING = Doing(action=Action.DISQUALIFICATION_DECIDE, act=Act.WEIGH_DISQUALIFICATION, looks_at=LOOKS)
DECIDING = Doing(action=Action.DISQUALIFICATION_DECIDE, act=Act.DECIDE_DISQUALIFICATION, looks_at=LOOKS)
PARTS: Final = {
    "facts": "What the ground rests on: offence and sentence, or what was said and is not true.",
    "threat": "How great the threat is.",
    "recoveryNeeds": "What the person needs in order to recover.",
    "retraffickingRisk": "What was found about the risk of being trafficked again.",
    "balance": "How all of this was weighed.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighing:
    """On which ground somebody begins to weigh it."""

    about: About
    ground: DisqualificationGround


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What became of it; every part by its name."""

    about: About
    is_disqualified: bool
    parts: Mapping[str, str]
    representations: str | None
    told_on: date | None


async def weigh(reading: Reading, key: str, sent: Weighing, content: Mapping[str, Any]) -> UUID | WorkProblem:
    """Begin to weigh a disqualification; nothing is taken from anybody by that."""
    return await do(reading, key, WEIGHING, sent.about, content, (), lambda scene: _weigh(scene, sent))


async def decide(reading: Reading, key: str, sent: Verdict, content: Mapping[str, Any]) -> UUID | WorkProblem:
    """Decide it; whoever began to weigh it does not."""
    problems = tuple(verdict_problems(sent))
    return await do(reading, key, DECIDING, sent.about, content, problems, lambda scene: _decide(scene, sent))


def verdict_problems(sent: Verdict) -> Iterator[Problem]:
    """What is missing before the protection may be taken away."""
    for name, what in PARTS.items():
        said = sent.parts.get(name, "")
        if sent.is_disqualified and not said.strip():
            yield Problem(name, "required", "Nobody is disqualified without this.", what)
        if len(said) > LONGEST_WORDS:
            yield Problem(name, "too_long", f"At most {LONGEST_WORDS:,} characters.", "Say it shorter.")
    if sent.is_disqualified and sent.told_on is None:
        message = "Nobody is disqualified without having been told that it is weighed."
        yield Problem("toldOn", "required", message, "Give the day on which the person was told.")


async def _weigh(scene: Scene, sent: Weighing) -> WorkProblem | None:
    row = regimes.disqualification(sent.ground, scene.today)
    if row is None:
        message = "Nobody could be disqualified on this ground on this day."
        return Conflict("NOT_IN_FORCE", message, "Leave it; the rule begins on 30 January 2023.")
    await scene.take(StepKind.DISQUALIFICATION_WEIGHED, ground=sent.ground, row=row.row, words=sent.about.words)
    return None


async def _decide(scene: Scene, sent: Verdict) -> WorkProblem | None:
    weighed = scene.course.disqualification
    if weighed is None or weighed.content is None:
        return Refused(None, "Only whoever reads why it is weighed decides it.")
    if sent.told_on is not None and sent.told_on > scene.today:
        message = "Nobody has been told on a day to come."
        return Conflict("NOT_TOLD", message, "Tell the person first.")
    if weighed.by == scene.reading.actor.member_id:
        return Refused(None, "A disqualification is decided by somebody other than who began to weigh it.")
    kind = StepKind.DISQUALIFIED if sent.is_disqualified else StepKind.NOT_DISQUALIFIED
    said = {"ground": weighed.content["ground"], "words": sent.about.words, "parts": dict(sent.parts)}
    await scene.take(kind, **said, representations=sent.representations, told_on=sent.told_on)
    if scene.course.position is Position.CONCLUSIVE_GROUNDS_POSITIVE:
        await leave.consider(scene.reading, str(scene.case.id))
    return None
