"""Suspending a referral and taking it up again: the target stands still meanwhile, the recovery period never."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from policies.vocabulary import Action, DataGroup
from services.cases.store import writes
from services.cases.store.writes import Clock
from services.clocks.rules import pause, resumed
from services.decisions import consenting
from services.decisions.acting import About, Doing, Scene, do, invalid
from services.decisions.course_rules import Act
from services.decisions.extending import as_written, running
from services.decisions.statements import Statement, statement_problems, unaccepted
from services.decisions.step_words import StepKind, SuspensionReason
from services.errors import Problem, WorkProblem
from services.regimes.words import ClockName, Matter
from services.tools import Reading

CLOCKS = frozenset({DataGroup.CLOCKS})
SUSPENDING = Doing(action=Action.CASE_SUSPEND, act=Act.SUSPEND, writes=CLOCKS)
RESUMING = Doing(action=Action.CASE_SUSPEND, act=Act.RESUME, writes=CLOCKS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspension:
    """What a referral waits for."""

    about: About
    reason: SuspensionReason


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumption:
    """Why a referral goes on; for somebody who turned 18 the consent that was waited for."""

    about: About
    consent: Statement | None


async def suspend(reading: Reading, key: str, sent: Suspension, content: Mapping[str, Any]) -> UUID | WorkProblem:
    """Stop a referral while something is missing; nobody loses protection or support by it."""
    return await do(reading, key, SUSPENDING, sent.about, content, (), lambda scene: _suspend(scene, sent))


async def resume(reading: Reading, key: str, sent: Resumption, content: Mapping[str, Any]) -> UUID | WorkProblem:
    """Take a referral up again; its target goes on where it stood."""
    problems: Iterator[Problem] | tuple[Problem, ...] = (
        statement_problems(sent.consent, "consent") if sent.consent else ()
    )
    return await do(reading, key, RESUMING, sent.about, content, problems, lambda scene: _resume(scene, sent))


async def _suspend(scene: Scene, sent: Suspension) -> WorkProblem | None:
    if sent.reason is SuspensionReason.CONSENT_AT_18 and scene.acts_as_child and not consenting.is_due(scene):
        message = "Nobody is asked for consent before the eighteenth birthday, or while their age is in doubt."
        return invalid("reason", "still_a_child", message, "Settle the age first.")
    await scene.take(StepKind.SUSPENDED, reason=sent.reason, words=sent.about.words)
    await _exchange(scene, paused_since=scene.today)
    return None


async def _resume(scene: Scene, sent: Resumption) -> WorkProblem | None:
    waited = (scene.course.suspension and scene.course.suspension.content) or {}
    needs_consent = waited.get("reason") == SuspensionReason.CONSENT_AT_18
    if needs_consent and sent.consent is None and not consented(scene):
        message = "This referral waits for the consent of somebody who turned 18."
        return invalid("consent", "required", message, "Say how and when it was given, or end the case.")
    if not needs_consent and sent.consent is not None:
        return invalid("consent", "not_here", "Nobody waited for consent here.", "Leave it out.")
    problem = sent.consent and unaccepted(Matter.CONSENT_AT_18, sent.consent, scene.today, "consent")
    if problem:
        return problem
    said = {"consent": sent.consent.as_content()} if sent.consent else {}
    await scene.take(StepKind.RESUMED, words=sent.about.words, **said)
    await _exchange(scene, paused_since=None)
    return None


def consented(scene: Scene) -> bool:
    """Whether the answer is on record already."""
    return scene.course.consent is not None and scene.course.consent.kind is StepKind.CONSENT_AT_18_GIVEN


async def _exchange(scene: Scene, paused_since: date | None) -> None:
    """Stop the target or let it go on; of everything that runs it alone stands still."""
    for clock in running(scene):
        if clock.kind == ClockName.REASONABLE_GROUNDS:
            changed = _changed(as_written(clock), scene.today, paused_since)
            await writes.end_clocks(scene.reading, scene.permit, clock.kind)
            await writes.start_clock(scene.reading, scene.permit, changed)


def _changed(clock: Clock, today: date, paused_since: date | None) -> Clock:
    if paused_since is not None:
        return replace(clock, form="open", awaits="end_of_suspension", due_on=None, proof=pause(clock.proof, today))
    proof, due_on = resumed(clock.proof, today)
    return replace(clock, form="target", awaits="reasonable_grounds_decision", due_on=due_on, proof=proof)
