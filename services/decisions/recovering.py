"""A further recovery period: of somebody who had one before, for what happened before that. None begins by itself."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final
from uuid import UUID

from policies.vocabulary import Action, DataGroup
from services.cases.store import writes
from services.cases.store.writes import Clock
from services.clocks.rules import LONDON
from services.decisions import issuing
from services.decisions.acting import LOOKED_AT, About, Doing, Scene, do, invalid
from services.decisions.course import Issued
from services.decisions.course_rules import Act
from services.decisions.draft import DecisionDraft
from services.decisions.step_words import StepKind
from services.errors import Conflict, WorkProblem
from services.regimes import queries as regimes
from services.regimes.words import ClockName
from services.tools import Reading

FURTHER: Final = ClockName.FURTHER_RECOVERY_PERIOD
STARTED: Final = ((FURTHER, "conclusive_grounds_decision"), (ClockName.SUPPORT_PERIOD, "end_of_support"))
DECIDING = Doing(
    action=Action.RECOVERY_DECIDE_FURTHER,
    act=Act.DECIDE_FURTHER_RECOVERY,
    writes=frozenset({DataGroup.CLOCKS}),
    looks_at=LOOKED_AT | {DataGroup.DISQUALIFICATION},
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Further:
    """Whether somebody has a further recovery period, and why."""

    about: About
    is_granted: bool


async def decide(reading: Reading, key: str, sent: Further, content: Mapping[str, Any]) -> UUID | WorkProblem:
    """Grant a further recovery period, or say why not; it may be decided once more while none was granted."""
    return await do(reading, key, DECIDING, sent.about, content, (), lambda scene: _decide(scene, sent))


def earlier_problem(draft: DecisionDraft, today: date) -> WorkProblem | None:
    """Why a decision cannot say that an earlier one covers it: its day, or the law of today."""
    earlier = draft.earlier_decision_on
    if earlier is None:
        return None
    if earlier >= today:
        message = "An earlier decision was made on an earlier day."
        return invalid("earlierDecisionOn", "not_earlier", message, "Give the day of that decision, or leave it out.")
    if not any(row.clock == FURTHER and row.applies_on(today) for row in regimes.regimes().clocks):
        message = "Before 30 January 2023 every positive decision began a recovery period of its own."
        return Conflict("NOT_IN_FORCE", message, "Leave the earlier decision out.")
    return None


async def _decide(scene: Scene, sent: Further) -> WorkProblem | None:
    decision = scene.course.reasonable
    if decision is None:  # no act without one: the needs say so first
        return None
    kind = StepKind.FURTHER_RECOVERY_GRANTED if sent.is_granted else StepKind.FURTHER_RECOVERY_REFUSED
    started = list(_clocks(scene, decision)) if sent.is_granted else []
    said: dict[str, Any] = {"until": started[0].due_on} if started else {}
    await scene.take(kind, decision=decision.id, **said, words=sent.about.words)
    if sent.is_granted:
        await writes.end_clocks(scene.reading, scene.permit, issuing.OWED)
    for clock in started:
        await writes.start_clock(scene.reading, scene.permit, clock)
    return None


def _clocks(scene: Scene, decision: Issued) -> Iterator[Clock]:
    """The period beginning with the day of the decision, and the support that lasts as long as it by its row."""
    begins = datetime.combine(decision.issued_on, time(), LONDON)
    for name, awaits in STARTED:
        row = regimes.clock_definition_if_any(name, decision.issued_on, scene.case.nation or "")
        if row and (name is FURTHER or row.extends_with is ClockName.RECOVERY_PERIOD):
            yield issuing.counted(scene.reading, row, awaits, begins)
