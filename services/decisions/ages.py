"""Age in doubt as a dated state: a child's rules hold from the doubt to the outcome, and nothing changes backwards."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from policies.vocabulary import Action, Function, Relation
from services.agencies import store as agencies
from services.cases.store import writes
from services.cases.store.writes import Involvement, Reason
from services.decisions import steps_store
from services.decisions.acting import About, Doing, Scene, do, invalid
from services.decisions.course_rules import Act
from services.decisions.step_words import StepKind
from services.errors import Conflict, WorkProblem
from services.outbox import store as outbox
from services.outbox.kinds import NoticeKind
from services.reference import queries as reference
from services.regimes.words import AgeClass
from services.tools import Reading

DOUBTING = Doing(action=Action.AGE_DOUBT, act=Act.DOUBT_AGE)
STARTING = Doing(action=Action.AGE_ASSESS, act=Act.START_AGE_ASSESSMENT)
SETTLING = Doing(action=Action.AGE_ASSESS, act=Act.SETTLE_AGE)
SAFEGUARDS = Reason(
    "Safeguard a child, or a person who may be one",
    "Legal obligation (UK GDPR Art 6(1)(c)); Children Act 1989 s17 and s47",
    Action.AGE_DOUBT.value,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Why nobody is sure whether this is an adult or a child, and whose children's services see to it."""

    about: About
    local_authority: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the assessment found."""

    about: About
    age: AgeClass


async def doubt(reading: Reading, key: str, sent: Doubt, content: Mapping[str, Any]) -> UUID | WorkProblem:
    """Be unsure from today on, whatever was believed: the rules of a child hold, and children's services are told."""
    return await do(reading, key, DOUBTING, sent.about, content, (), lambda scene: _doubt(scene, sent))


async def start_assessment(reading: Reading, key: str, about: About, content: Mapping[str, Any]) -> UUID | WorkProblem:
    """Begin to assess an age, with the reason for doing so; the local authority's alone."""
    return await do(reading, key, STARTING, about, content, (), lambda scene: _start(scene, about))


async def settle(reading: Reading, key: str, sent: Outcome, content: Mapping[str, Any]) -> UUID | WorkProblem:
    """Say what the assessment found; it holds from today on."""
    return await do(reading, key, SETTLING, sent.about, content, (), lambda scene: _settle(scene, sent))


async def _doubt(scene: Scene, sent: Doubt) -> WorkProblem | None:
    if await steps_store.age_is_in_doubt(scene.reading, scene.permit):
        message = "This person's age is in doubt already, and the rules of a child hold."
        return Conflict("AGE_IN_DOUBT", message, "Children's services settle the age.")
    named = reference.entry("local_authorities", sent.local_authority)
    services = Function.CHILDRENS_SERVICES
    found = named and await agencies.doing(scene.reading, services, scene.today, code=named.code)
    if not found:
        message = "No children's services are known under this name."
        return invalid("localAuthority", "unknown", message, "Choose the name from the list `local_authorities`.")
    lead = Involvement(found["id"], services, Relation.SAFEGUARDING_LEAD, SAFEGUARDS)
    if scene.acts_as_child:  # nobody safeguards an adult before the doubt; whoever safeguards a child hears of the step
        await writes.involve(scene.reading, scene.permit, [lead])
    await scene.take(StepKind.AGE_DOUBTED, words=sent.about.words)
    if not scene.acts_as_child:
        await writes.involve(scene.reading, scene.permit, [lead])
    if not found["on_platform"]:
        actor, kind = scene.reading.actor, NoticeKind.TELL_BODY_WITHOUT_ACCOUNT
        await outbox.send(scene.reading, kind, scene.case.id, actor.agency_id, actor.function, about=found["id"])
    elif not scene.acts_as_child:
        await outbox.send(scene.reading, NoticeKind.AGE_IN_DOUBT, scene.case.id, found["id"], services)
    return None


async def _start(scene: Scene, about: About) -> WorkProblem | None:
    if not await steps_store.age_is_in_doubt(scene.reading, scene.permit):
        message = "An age is assessed only where it is in doubt."
        return Conflict("AGE_NOT_IN_DOUBT", message, "The authority records the doubt first.")
    await scene.take(StepKind.AGE_ASSESSMENT_STARTED, words=about.words)
    return None


async def _settle(scene: Scene, sent: Outcome) -> WorkProblem | None:
    if sent.age is AgeClass.NOT_SURE:
        return invalid("age", "no_outcome", "This settles nothing.", "Say adult or child, or go on assessing.")
    await scene.take(StepKind.AGE_SETTLED, age=sent.age, words=sent.about.words)
    return None
