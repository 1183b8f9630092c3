"""What every step of a case has in common: the words are checked, then the case is read, the act admitted and the state
looked at; only then is anything written."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final
from uuid import UUID

from policies.permit import Permit
from policies.vocabulary import Action, CaseClass, DataGroup
from services import gate
from services.cases import queries
from services.cases.store import writes
from services.cases.store.writes import Fact
from services.cases.views import RecordView, Stage
from services.clocks.rules import london_date
from services.decisions import steps_store
from services.decisions.choices import DecisionOutcome
from services.decisions.course import Course, Issued, Position, Step, course
from services.decisions.course_rules import Act, refusal
from services.decisions.step_words import StepKind
from services.errors import Conflict, Invalid, NotFound, Problem, WorkProblem
from services.gate import Admission
from services.once import Intent, key_problem, once
from services.regimes.words import DecisionKind
from services.tools import Reading

LOOKED_AT: Final = frozenset({DataGroup.DECISIONS, DataGroup.CLOCKS})
STAGES: Final = {
    Position.AWAITING_REASONABLE_GROUNDS: Stage.AWAITING_REASONABLE_GROUNDS,
    Position.AWAITING_CONCLUSIVE_GROUNDS: Stage.AWAITING_CONCLUSIVE_GROUNDS,
}
LONGEST_WORDS: Final = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """Which case, as it was read, and why this is done."""

    case: str
    expected_version: int
    words: str


@dataclass(frozen=True, slots=True)
class Scene:
    """The case, the permit and the day of an act that may be done."""

    reading: Reading
    case: RecordView
    permit: Permit
    course: Course
    today: date
    action: Action

    @property
    def acts_as_child(self) -> bool:
        """Whether the rules of a child hold today."""
        return CaseClass.CHILD in self.permit.classes

    async def take(self, kind: StepKind, **content: Any) -> None:
        """Write the step; whoever has to know is told."""
        await steps_store.take(self.reading, self.permit, self.action, kind, content)

    async def move_to(self, stage: Stage) -> None:
        """The case stands here from today on."""
        if self.case.stage is not stage:
            await writes.add_facts(self.reading, self.permit, [Fact(DataGroup.CORE, "stage", stage.value)], self.today)


Work = Callable[[Scene], Awaitable[WorkProblem | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Doing:
    """An act: what it is called, what must stand for it, and what it writes."""

    action: Action
    act: Act
    writes: frozenset[DataGroup] = frozenset()
    looks_at: frozenset[DataGroup] = LOOKED_AT
    longest: int = LONGEST_WORDS


async def do(
    reading: Reading,
    key: str,
    doing: Doing,
    about: About,
    content: Mapping[str, Any],
    problems: Iterable[Problem],
    work: Work,
) -> UUID | WorkProblem:
    """The id of the case, once the work is done; nothing is looked up while words are missing."""
    wrong = (*words_problems(about.words, doing.longest), *problems)
    problem = key_problem(key) or (Invalid(wrong) if wrong else None)
    if problem:
        return problem
    intent = Intent(doing.action, key, content, (about.case,))
    return await once(reading, intent, lambda: _done(reading, doing, about, work))


async def _done(reading: Reading, doing: Doing, about: About, work: Work) -> UUID | WorkProblem:
    case = await queries.one(reading, about.case, doing.looks_at)
    if case is None:
        return NotFound()
    admission = await gate.ask(reading, doing.action, str(case.id), doing.writes)
    if not isinstance(admission, Admission):
        return admission
    stands = course_of(case)
    if case.version != about.expected_version:
        message = f"This is at version {case.version} now, not {about.expected_version}."
        return Conflict("VERSION_MOVED", message, "Read the case again and decide once more.")
    problem = refusal(doing.act, stands)
    if problem:
        return problem
    today = london_date(reading.now)
    return await work(Scene(reading, case, admission.permit, stands, today, doing.action)) or case.id


def course_of(case: RecordView) -> Course:
    """Where the case stands, by what its reader may see of it."""
    made = case.decisions if isinstance(case.decisions, tuple) else ()
    weighed = case.disqualification if isinstance(case.disqualification, tuple) else ()
    stands = course(
        [Issued(d.id, DecisionKind(d.kind), DecisionOutcome(d.outcome), d.issued_on) for d in made],
        [Step(StepKind(s.kind), s.happened_on, s.content, s.recorded_by) for s in (*case.steps, *weighed)],
        referred=case.stage is not Stage.CONCERN,
    )
    if case.stage is Stage.CLOSED and stands.ended is None:  # a concern, or whoever looks sees no steps
        return replace(stands, ended=Step(StepKind.ENDED, london_date(case.opened_at), None))
    return stands


def words_problems(words: str, longest: int = LONGEST_WORDS) -> Iterable[Problem]:
    """What is wrong with the words of a step."""
    if not words.strip():
        yield Problem("words", "required", "This is required.", "Say in a sentence why.")
    if len(words) > longest:
        yield Problem("words", "too_long", f"At most {longest:,} characters.", "Say it shorter.")


def invalid(path: str, code: str, message: str, remedy: str) -> Invalid:
    """One field that is wrong."""
    return Invalid((Problem(path, code, message, remedy),))
