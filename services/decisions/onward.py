"""Facts beside a decision: status, work with an investigation, and to whom somebody is referred on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from policies.vocabulary import Action, DataGroup
from services.decisions import leave
from services.decisions.acting import LOOKED_AT, About, Doing, Scene, do, invalid
from services.decisions.course import Position
from services.decisions.course_rules import Act
from services.decisions.next_words import ReferredTo, StatusFact
from services.decisions.statements import LONGEST_NAME
from services.decisions.step_words import StepKind
from services.errors import Conflict, Problem, WorkProblem
from services.tools import Reading

STATUS: Final = Doing(action=Action.STATUS_RECORD, act=Act.RECORD_WHAT_NEXT)
COOPERATION: Final = Doing(
    action=Action.COOPERATION_RECORD,
    act=Act.RECORD_WHAT_NEXT,
    looks_at=LOOKED_AT | {DataGroup.CRIMINAL_JUSTICE},
)
ONWARD: Final = Doing(action=Action.CASE_REFER_ON, act=Act.REFER_ON)


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """A fact about immigration status, since when and, for leave, until when."""

    about: About
    fact: StatusFact
    since: date
    until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cooperation:
    """Whether somebody works with the investigation."""

    about: About
    cooperates: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Onward:
    """To whom somebody is referred on, by its name."""

    about: About
    to: ReferredTo
    organisation: str


async def record_status(reading: Reading, key: str, sent: Status, content: Mapping[str, Any]) -> UUID | WorkProblem:
    """Keep a fact about status; where the question of leave was considered, it is considered anew."""
    problems = tuple(_status_problems(sent))
    return await do(reading, key, STATUS, sent.about, content, problems, lambda scene: _status(scene, sent))


async def record_cooperation(
    reading: Reading, key: str, sent: Cooperation, content: Mapping[str, Any]
) -> UUID | WorkProblem:
    """As the force that investigates, confirm that somebody works with it or does so no more."""
    return await do(reading, key, COOPERATION, sent.about, content, (), lambda scene: _cooperation(scene, sent))


async def refer_on(reading: Reading, key: str, sent: Onward, content: Mapping[str, Any]) -> UUID | WorkProblem:
    """Keep that somebody was referred on after a negative decision; nobody is let into the case by it."""
    problems = tuple(_onward_problems(sent))
    return await do(reading, key, ONWARD, sent.about, content, problems, lambda scene: _onward(scene, sent))


def _status_problems(sent: Status) -> Iterator[Problem]:
    if sent.until is not None and sent.fact is not StatusFact.LEAVE_HELD:
        yield Problem("until", "not_here", "Only leave has a last day.", "Leave it out.")
    if sent.until is not None and sent.until < sent.since:
        yield Problem("until", "too_early", "It ends before it begins.", "Give a later day.")


def _onward_problems(sent: Onward) -> Iterator[Problem]:
    if not sent.organisation.strip():
        yield Problem("organisation", "required", "This is required.", "Name the force or the unit.")
    if len(sent.organisation) > LONGEST_NAME:
        yield Problem("organisation", "too_long", f"At most {LONGEST_NAME} characters.", "Say it shorter.")


async def _status(scene: Scene, sent: Status) -> WorkProblem | None:
    if sent.since > scene.today:
        return invalid("since", "to_come", "This has not happened yet.", "Give the day on which it did.")
    said = {"since": sent.since, "until": sent.until, "words": sent.about.words}
    await scene.take(StepKind(sent.fact.value), **said)
    if scene.course.position is Position.CONCLUSIVE_GROUNDS_POSITIVE:
        await leave.consider(scene.reading, str(scene.case.id))
    return None


async def _cooperation(scene: Scene, sent: Cooperation) -> WorkProblem | None:
    last = scene.case.cooperation[-1].kind if scene.case.cooperation else StepKind.COOPERATION_ENDED
    kind = StepKind.COOPERATION_CONFIRMED if sent.cooperates else StepKind.COOPERATION_ENDED
    if last == kind:
        return Conflict("NOTHING_NEW", "This is what stands on the record already.", "Read the case again.")
    await scene.take(kind, words=sent.about.words)
    return None


async def _onward(scene: Scene, sent: Onward) -> WorkProblem | None:
    await scene.take(StepKind.REFERRED_ON, to_whom=sent.to, organisation=sent.organisation, words=sent.about.words)
    return None
