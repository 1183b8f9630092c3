"""Lengthening a recovery period, and asking for it: never earlier, and no longer than a row of the day allows."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from policies.vocabulary import Action, DataGroup
from services.cases.store import writes
from services.cases.store.writes import Clock
from services.cases.views import ClockView
from services.decisions.acting import About, Doing, Scene, do, invalid
from services.decisions.course_rules import Act
from services.decisions.step_words import ExtensionBasis, StepKind
from services.errors import Conflict, WorkProblem
from services.regimes import queries as regimes
from services.regimes.words import RECOVERING, ClockName
from services.tools import Reading

EXTENDING = Doing(action=Action.RECOVERY_EXTEND, act=Act.EXTEND, writes=frozenset({DataGroup.CLOCKS}))
ASKING = Doing(action=Action.EXTENSION_ASK, act=Act.EXTEND)


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """Until when, and what makes it necessary."""

    about: About
    until: date
    basis: ExtensionBasis


async def extend(reading: Reading, key: str, sent: Extension, content: Mapping[str, Any]) -> UUID | WorkProblem:
    """Lengthen the recovery period, and the support period where its row says that it goes along."""
    return await do(reading, key, EXTENDING, sent.about, content, (), lambda scene: _extend(scene, sent))


async def ask(reading: Reading, key: str, sent: Extension, content: Mapping[str, Any]) -> UUID | WorkProblem:
    """Tell the authority why an investigation needs the period to last longer; nothing is longer for that yet."""
    return await do(reading, key, ASKING, sent.about, content, (), lambda scene: _ask(scene, sent))


async def _ask(scene: Scene, sent: Extension) -> WorkProblem | None:
    problem = _too_short(scene, sent)
    if problem is None:
        words = sent.about.words
        await scene.take(StepKind.EXTENSION_ASKED, until=sent.until, basis=sent.basis, words=words)
    return problem


async def _extend(scene: Scene, sent: Extension) -> WorkProblem | None:
    problem = _too_short(scene, sent) or _too_long(scene, sent)
    if problem:
        return problem
    lengthened = [clock for clock in running(scene) if _goes_along(clock, scene)]
    earlier = next(clock.due_on for clock in lengthened if clock.kind in RECOVERING)
    said = {"from": earlier, "until": sent.until, "basis": sent.basis, "words": sent.about.words}
    await scene.take(StepKind.RECOVERY_EXTENDED, **said)
    await writes.end_clocks(scene.reading, scene.permit, *(clock.kind for clock in lengthened))
    for clock in lengthened:
        await writes.start_clock(scene.reading, scene.permit, _extended(clock, sent, scene.today))
    return None


def running(scene: Scene) -> tuple[ClockView, ...]:
    """The clocks of the case, as far as its reader sees them."""
    return scene.case.clocks if isinstance(scene.case.clocks, tuple) else ()


def _goes_along(clock: ClockView, scene: Scene) -> bool:
    if clock.kind in RECOVERING:
        return True
    row = regimes.clock_row(clock.regime_row) if clock.regime_row else None
    return row is not None and row.extends_with == ClockName.RECOVERY_PERIOD and scene.case.nation is not None


def _extended(clock: ClockView, sent: Extension, today: date) -> Clock:
    """The same clock with a later day, and in its proof how it came to that."""
    due_on = max(sent.until, clock.due_on or sent.until)
    one = {"on": today.isoformat(), "until": due_on.isoformat(), "because": sent.basis.value}
    return replace(
        as_written(clock),
        due_on=due_on,
        proof={**clock.proof, "due_on": due_on.isoformat(), "extensions": [*clock.proof.get("extensions", ()), one]},
    )


def as_written(clock: ClockView) -> Clock:
    """A running clock, to be written once more."""
    return Clock(
        kind=clock.kind,
        form=clock.form,
        awaits=clock.awaits,
        awaits_agency=clock.awaits_agency.id,
        starts_on=clock.starts_on,
        due_on=clock.due_on,
        proof=clock.proof,
        regime_row=clock.regime_row,
    )


def _too_short(scene: Scene, sent: Extension) -> WorkProblem | None:
    recovery = next((clock for clock in running(scene) if clock.kind in RECOVERING), None)
    if recovery is None or recovery.due_on is None:
        return Conflict("NO_RECOVERY_PERIOD", "No recovery period runs here.", "Read the case again.")
    ends = max(recovery.due_on, scene.today)
    if sent.until > ends:
        return None
    message = f"The period lasts until {ends:%-d %B %Y} anyway; it is never made shorter."
    return invalid("until", "not_later", message, "Give a later day.")


def _too_long(scene: Scene, sent: Extension) -> WorkProblem | None:
    """A cap holds only where a row of the day gives one."""
    limit = regimes.extension_limit(scene.today, scene.case.nation or "")
    start = scene.course.reasonable
    if limit is None or start is None or (sent.until - start.issued_on).days <= limit.longest_days:
        return None
    message = f"A recovery period lasts at most {limit.longest_days} days from the decision ({limit.row})."
    return invalid("until", "too_late", message, "Give an earlier day.")
