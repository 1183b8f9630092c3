"""Suspending a referral and taking it up again: the target stands still meanwhile, the recovery period never."""

from collections.abc import Mapping
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
from services.decisions.step_words import StepKind, SuspensionReason
from services.errors import Conflict, Invalid, WorkProblem
from services.regimes.words import ClockName
from services.tools import Reading

CLOCKS = frozenset({DataGroup.CLOCKS})
SUSPENDING = Doing(action=Action.CASE_SUSPEND, act=Act.SUSPEND, writes=CLOCKS)
RESUMING = Doing(action=Action.CASE_SUSPEND, act=Act.RESUME, writes=CLOCKS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspension:
    """What a referral waits for."""

    about: About
    reason: SuspensionReason


async def suspend(reading: Reading, key: str, sent: Suspension, content: Mapping[str, Any]) -> UUID | WorkProblem:
    """Stop a referral while something is missing; nobody loses protection or support by it."""
    return await do(reading, key, SUSPENDING, sent.about, content, (), lambda scene: _suspend(scene, sent))


async def resume(reading: Reading, key: str, about: About, content: Mapping[str, Any]) -> UUID | WorkProblem:
    """Take a referral up again; its target goes on where it stood."""
    return await do(reading, key, RESUMING, about, content, (), lambda scene: _resume(scene, about))


async def _suspend(scene: Scene, sent: Suspension) -> WorkProblem | None:
    if sent.reason is SuspensionReason.CONSENT_AT_18 and not consenting.has_to_answer(scene):
        return _nobody_is_asked(scene)
    await scene.take(StepKind.SUSPENDED, reason=sent.reason, words=sent.about.words)
    await _exchange(scene, paused_since=scene.today)
    return None


def _nobody_is_asked(scene: Scene) -> Invalid:
    if scene.acts_as_child:
        message = "Nobody is asked for consent before the eighteenth birthday, or while their age is in doubt."
        return invalid("reason", "still_a_child", message, "Settle the age first.")
    message = "Only somebody who was referred as a child, and has not agreed since they are 18, is asked for it."
    return invalid("reason", "nobody_to_ask", message, "Suspend the referral for another reason, or go on with it.")


async def _resume(scene: Scene, about: About) -> WorkProblem | None:
    if consenting.is_waited_for(scene):
        message = "This referral waits for the consent of somebody who turned 18."
        return Conflict("WAITS_FOR_CONSENT", message, "Record their answer first, or end the case.")
    await scene.take(StepKind.RESUMED, words=about.words)
    await _exchange(scene, paused_since=None)
    return None


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
