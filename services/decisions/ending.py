"""How a case ends: the adult withdraws, the authority closes it, or an approver takes a positive decision back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from policies.vocabulary import Action, DataGroup
from services.cases.store import writes
from services.cases.views import Stage
from services.decisions import consenting, issuing, steps_store
from services.decisions.acting import About, Doing, Scene, do, invalid
from services.decisions.choices import DecisionOutcome
from services.decisions.course_rules import Act
from services.decisions.statements import Statement, statement_problems, unaccepted
from services.decisions.step_words import EndReason, StepKind
from services.errors import Refused, WorkProblem
from services.regimes.words import ClockName, Matter
from services.tools import Reading

WRITTEN: Final = frozenset({DataGroup.CORE, DataGroup.CLOCKS})
WITHDRAWING = Doing(action=Action.CASE_END, act=Act.WITHDRAW, writes=WRITTEN)
ENDING = Doing(action=Action.CASE_END, act=Act.END, writes=WRITTEN)
REVOKING = Doing(action=Action.DECISION_REVOKE, act=Act.REVOKE, writes=WRITTEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """How and when an adult withdrew."""

    about: About
    statement: Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """Why a case ends."""

    about: About
    reason: EndReason


async def withdraw(reading: Reading, key: str, sent: Withdrawal, content: Mapping[str, Any]) -> UUID | WorkProblem:
    """Record that an adult withdrew; the case ends with it. Nobody withdraws for a child."""
    problems = tuple(statement_problems(sent.statement, "statement"))
    return await do(reading, key, WITHDRAWING, sent.about, content, problems, lambda scene: _withdraw(scene, sent))


async def end(reading: Reading, key: str, sent: End, content: Mapping[str, Any]) -> UUID | WorkProblem:
    """End a case for a reason other than a decision; everything recorded stays."""
    return await do(reading, key, ENDING, sent.about, content, (), lambda scene: _end(scene, sent))


async def revoke(reading: Reading, key: str, about: About, content: Mapping[str, Any]) -> UUID | WorkProblem:
    """Take back the last positive decision; its first decider and their manager do not."""
    return await do(reading, key, REVOKING, about, content, (), lambda scene: _revoke(scene, about))


async def _withdraw(scene: Scene, sent: Withdrawal) -> WorkProblem | None:
    if scene.acts_as_child:
        message = "A child's referral is not withdrawn, nor that of somebody whose age is in doubt."
        return Refused(None, message)
    problem = unaccepted(Matter.WITHDRAWAL, sent.statement, scene.today, "statement")
    if problem:
        return problem
    await scene.take(StepKind.WITHDRAWN, **sent.statement.as_content(), words=sent.about.words)
    await _close(scene)
    return None


async def _end(scene: Scene, sent: End) -> WorkProblem | None:
    if sent.reason is EndReason.NO_CONSENT_AT_18 and not consenting.was_asked(scene):
        message = "A case ends so only when the person refused after turning 18, or was suspended without an answer."
        return invalid("reason", "not_asked", message, "Record the answer, or suspend the referral for it.")
    if sent.reason is EndReason.NOT_VALID and scene.course.returned is None:
        message = "A referral ends as not valid only after it was returned and not completed."
        return invalid("reason", "not_returned", message, "Return it first, with what is missing.")
    await scene.take(StepKind.ENDED, reason=sent.reason, words=sent.about.words)
    await _close(scene)
    return None


async def _close(scene: Scene) -> None:
    await writes.end_clocks(scene.reading, scene.permit, *sorted(issuing.ENDED | {ClockName.CONSENT_AT_18}))
    await scene.move_to(Stage.CLOSED)


async def _revoke(scene: Scene, about: About) -> WorkProblem | None:
    decision = scene.course.last
    if decision is None:
        return None
    if await steps_store.kept_from_deciding(scene.reading, scene.case.id, decision.kind):
        return Refused(None, "A decision is revoked by neither its first decider nor their manager.")
    await scene.take(StepKind.REVOKED, decision=decision.id, words=about.words)
    await writes.end_clocks(scene.reading, scene.permit, *sorted(issuing.ENDED))
    for clock in issuing.clocks(scene.reading, scene.case, (decision.kind, DecisionOutcome.NEGATIVE), scene.today):
        if clock.kind == ClockName.RECONSIDERATION:
            await writes.start_clock(scene.reading, scene.permit, clock)
    await scene.move_to(Stage.DECIDED)
    return None
