"""Reconsideration: somebody asks, somebody else than the first decider answers, and the decision may be made anew."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final
from uuid import UUID

from policies.vocabulary import Action, DataGroup, Function, Relation
from services.cases.store import writes
from services.cases.store.writes import Clock
from services.clocks.london_time import LONDON
from services.clocks.rules import open_clock
from services.decisions import steps_store
from services.decisions.acting import STAGES, About, Doing, Scene, do, invalid
from services.decisions.course import Position
from services.decisions.course_rules import Act
from services.decisions.step_words import ReconsiderationGround, StepKind
from services.errors import Conflict, Problem, Refused, WorkProblem
from services.regimes import queries as regimes
from services.regimes.words import Asker, ClockName, DecisionKind
from services.tools import Reading

ASKING = Doing(action=Action.RECONSIDERATION_ASK, act=Act.ASK_RECONSIDERATION)
ANSWERING = Doing(
    action=Action.RECONSIDERATION_ANSWER,
    act=Act.ANSWER_RECONSIDERATION,
    writes=frozenset({DataGroup.CORE, DataGroup.CLOCKS}),
)
ANEW: Final = "decision_anew"
NOON: Final = time(12)
ASKERS: Final = {
    Relation.REFERRER: Asker.FIRST_RESPONDER,
    Relation.SAFEGUARDING_LEAD: Asker.REPRESENTATIVE,
    Relation.GUARDIAN: Asker.REPRESENTATIVE,
    Relation.REPRESENTATIVE: Asker.REPRESENTATIVE,
    Relation.SUPPORT_INTAKE: Asker.SUPPORT_PROVIDER,
    Relation.SUPPORT_PROVIDER: Asker.SUPPORT_PROVIDER,
}
TWO_DECIDERS: Final = "Neither the first decider nor their manager decides it once more."


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Why a decision should be looked at again; who asked, where the authority records it for somebody."""

    about: About
    grounds: tuple[ReconsiderationGround, ...]
    asked_by: Asker | None
    why_late: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Whether the decision is made anew."""

    about: About
    is_accepted: bool


async def ask(reading: Reading, key: str, sent: Request, content: Mapping[str, Any]) -> UUID | WorkProblem:
    """Ask for the last negative decision to be looked at again; its evidence goes along as a list."""
    problems = tuple(_request_problems(sent))
    return await do(reading, key, ASKING, sent.about, content, problems, lambda scene: _ask(scene, sent))


async def answer(reading: Reading, key: str, sent: Answer, content: Mapping[str, Any]) -> UUID | WorkProblem:
    """Accept a request, so that the decision is made anew, or refuse it; an acceptance is no positive decision."""
    return await do(reading, key, ANSWERING, sent.about, content, (), lambda scene: _answer(scene, sent))


def _request_problems(sent: Request) -> Iterator[Problem]:
    if not sent.grounds:
        yield Problem("grounds", "required", "A request says on which ground.", "Choose at least one.")
    if len(set(sent.grounds)) != len(sent.grounds):
        yield Problem("grounds", "repeated", "The same ground stands here twice.", "Name each one once.")


async def _ask(scene: Scene, sent: Request) -> WorkProblem | None:
    asker, decision = _asker(scene, sent), scene.course.last
    if asker is None or decision is None:
        message = "Say for whom you record the request: the person, or their representative."
        return invalid("askedBy", "required", message, "Leave it out only where your own agency asks.")
    if regimes.reconsideration_asker(asker, scene.today) is None:
        message = "Whoever asks here could not ask for a reconsideration on this day."
        return Conflict("MAY_NOT_ASK", message, "The first responder or the support provider could.")
    last_day = _last_day(scene)
    if last_day and last_day < scene.today and not (sent.why_late or "").strip():
        message = f"The request could be made until {last_day:%-d %B %Y}."
        return invalid("whyLate", "required", message, "Say what exceptional reason there was.")
    said = {"asked_by": asker, "grounds": list(sent.grounds), "why_late": sent.why_late, "words": sent.about.words}
    await scene.take(StepKind.RECONSIDERATION_ASKED, decision=decision.id, **said)
    return None


def _last_day(scene: Scene) -> date | None:
    """Until when a request is in time, counted from the decision: the clock itself ends with the first request, and a
    second one is not in time because there was a first."""
    since, nation = scene.course.last_said_on, scene.case.nation
    definition = since and nation and regimes.clock_definition_if_any(ClockName.RECONSIDERATION, since, nation)
    return open_clock(definition, datetime.combine(since, NOON, LONDON)).due_on if since and definition else None


def _asker(scene: Scene, sent: Request) -> Asker | None:
    """By the relation in which the agency asks; the authority itself asks for others only."""
    own = next((ASKERS[relation] for relation in sorted(scene.permit.relations) if relation in ASKERS), None)
    is_authority = scene.reading.actor.function is Function.DECISION_MAKER
    return sent.asked_by if is_authority else own


async def _answer(scene: Scene, sent: Answer) -> WorkProblem | None:
    decision = scene.course.last
    if decision is None:
        raise LookupError("a request outlived its decision")
    if await steps_store.kept_from_deciding(scene.reading, scene.case.id, decision.kind):
        return Refused(None, TWO_DECIDERS)
    kind = StepKind.RECONSIDERATION_ACCEPTED if sent.is_accepted else StepKind.RECONSIDERATION_REFUSED
    await scene.take(kind, decision=decision.id, words=sent.about.words)
    await writes.end_clocks(scene.reading, scene.permit, "reconsideration_answer")
    if sent.is_accepted:
        await make_anew(scene, decision.kind)
    return None


async def make_anew(scene: Scene, kind: DecisionKind) -> None:
    """The decision is awaited once more; nothing that ended begins again by that."""
    anew = Clock(
        kind=ANEW,
        form="open",
        awaits=f"{kind.value}_decision",
        awaits_agency=scene.reading.actor.agency_id,
        starts_on=scene.today,
        due_on=None,
        proof={},
        regime_row=None,
    )
    await writes.start_clock(scene.reading, scene.permit, anew)
    is_first = kind is DecisionKind.REASONABLE_GROUNDS
    position = Position.AWAITING_REASONABLE_GROUNDS if is_first else Position.AWAITING_CONCLUSIVE_GROUNDS
    await scene.move_to(STAGES[position])
