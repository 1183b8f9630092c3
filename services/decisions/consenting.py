"""Consent at 18: whoever was referred as a child stays by their own word, asked for on the birthday and not before."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from policies.vocabulary import Action, DataGroup
from services.cases.views import Disclosed
from services.decisions.acting import LOOKED_AT, About, Doing, Scene, do, invalid
from services.decisions.course_rules import Act
from services.decisions.extending import running
from services.decisions.statements import Statement, statement_problems, unaccepted
from services.decisions.step_words import StepKind, SuspensionReason
from services.errors import Conflict, Problem, WorkProblem
from services.referrals.coming_of_age import birthday
from services.regimes.words import AgeClass, ClockName, Matter
from services.tools import Reading

CONSENTING: Final = Doing(
    action=Action.CONSENT_RECORD, act=Act.RECORD_CONSENT, looks_at=LOOKED_AT | {DataGroup.IDENTITY}
)


NEVER_A_CHILD: Final = Conflict(
    "REFERRED_AS_ADULT",
    "This person was referred as an adult, by their own word.",
    "Record a withdrawal, if there is one.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentAt18:
    """What somebody who turned 18 said of staying, and of support apart from that."""

    about: About
    is_given: bool
    statement: Statement
    wants_support: bool | None


async def record(reading: Reading, key: str, sent: ConsentAt18, content: Mapping[str, Any]) -> UUID | WorkProblem:
    """Keep the answer; from its day on the rules of an adult hold, and nothing of before changes."""
    problems = tuple(_problems(sent))
    return await do(reading, key, CONSENTING, sent.about, content, problems, lambda scene: _record(scene, sent))


def is_due(scene: Scene) -> bool:
    """Whether a birthday that is on record has come, and nobody has recorded an answer."""
    clock = next((each for each in running(scene) if each.kind == ClockName.CONSENT_AT_18), None)
    return clock is not None and clock.due_on is not None and clock.due_on <= scene.today


def has_to_answer(scene: Scene) -> bool:
    """Whether only their own word keeps this person: they came of age or were found adult, and have not agreed."""
    said = scene.course.consent
    if said is not None and not scene.acts_as_child:
        return said.kind is StepKind.CONSENT_AT_18_REFUSED
    return is_due(scene) or (not scene.acts_as_child and _was_settled(scene))


def is_waited_for(scene: Scene) -> bool:
    """Whether the referral stands still because no answer came."""
    why = (scene.course.suspension and scene.course.suspension.content) or {}
    return why.get("reason") == SuspensionReason.CONSENT_AT_18 and has_to_answer(scene)


def was_asked(scene: Scene) -> bool:
    """Whether the person refused, or the referral stands still because no answer came."""
    refused = scene.course.consent is not None and scene.course.consent.kind is StepKind.CONSENT_AT_18_REFUSED
    return refused or is_waited_for(scene)


def _problems(sent: ConsentAt18) -> Iterator[Problem]:
    yield from statement_problems(sent.statement, "statement")
    if sent.is_given and sent.wants_support is None:
        message = "Whether support is wanted is asked apart from staying."
        yield Problem("wantsSupport", "required", message, "Say yes or no.")
    if not sent.is_given and sent.wants_support is not None:
        yield Problem("wantsSupport", "not_here", "Nobody who leaves is asked about support here.", "Leave it out.")


def _was_settled(scene: Scene) -> bool:
    """Whether somebody who was treated as a child was found to be an adult; there was no birthday to wait for."""
    return any(step.kind == StepKind.AGE_SETTLED for step in scene.case.steps)


async def _record(scene: Scene, sent: ConsentAt18) -> WorkProblem | None:
    problem = unaccepted(Matter.CONSENT_AT_18, sent.statement, scene.today, "statement") or _too_early(scene, sent)
    if problem:
        return problem
    kind = StepKind.CONSENT_AT_18_GIVEN if sent.is_given else StepKind.CONSENT_AT_18_REFUSED
    said = {"consent": sent.statement.as_content(), "wants_support": sent.wants_support}
    await scene.take(kind, **said, words=sent.about.words)
    return None


def _too_early(scene: Scene, sent: ConsentAt18) -> WorkProblem | None:
    """Nobody is asked before they are 18; where the age is in doubt or the birthday unknown, it is settled first."""
    identity = scene.case.groups.get(DataGroup.IDENTITY)
    known = identity if isinstance(identity, Disclosed) else None
    age = known.facts.get("age") if known else None
    if age == AgeClass.ADULT:
        return None if _was_settled(scene) else NEVER_A_CHILD
    turns = birthday(known.content.get("date_of_birth") if known else None)
    if age != AgeClass.CHILD or turns is None:
        message = "Whether this person is 18 is not known: the age is in doubt, or there is no date of birth."
        return Conflict("AGE_NOT_KNOWN", message, "Children's services settle the age first.")
    if sent.statement.said_on < turns:
        message = f"Nobody is asked before the eighteenth birthday, {turns:%-d %B %Y}."
        return invalid("statement.saidOn", "too_early", message, "Ask on that day or later.")
    return None
