"""Whether somebody may stay: considered by itself after a positive conclusive decision, decided by the rows of the day.

Support looks at none of this: no clock starts or ends with it.
"""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from policies.vocabulary import Action, DataGroup
from services import gate
from services.cases import queries
from services.cases.views import RecordView, StepView
from services.clocks.rules import london_date
from services.decisions import steps_store
from services.decisions.acting import LONGEST_WORDS, LOOKED_AT, About, Doing, Scene, course_of, do, invalid
from services.decisions.course_rules import Act
from services.decisions.next_words import LeaveOutcome
from services.decisions.step_words import StepKind
from services.decisions.wishing import nationalities
from services.errors import Conflict, Problem, WorkProblem
from services.gate import Admission
from services.regimes import next_queries as regimes
from services.regimes.next_rows import LeaveQuestion, LeaveRow
from services.regimes.next_words import Circumstance, LeaveGround, LeaveNeed, Opening
from services.tools import Reading

FACTS: Final = frozenset({DataGroup.IDENTITY, DataGroup.IMMIGRATION, DataGroup.LEAVE, DataGroup.DISQUALIFICATION})
LOOKS: Final = LOOKED_AT | FACTS | {DataGroup.CRIMINAL_JUSTICE, DataGroup.WISHES}
DECIDING: Final = Doing(action=Action.LEAVE_DECIDE, act=Act.DECIDE_LEAVE, looks_at=LOOKS)
KINDS: Final = {
    LeaveOutcome.GRANTED: StepKind.LEAVE_GRANTED,
    LeaveOutcome.EXTENDED: StepKind.LEAVE_EXTENDED,
    LeaveOutcome.REFUSED: StepKind.LEAVE_REFUSED,
}
GIVEN: Final = frozenset({StepKind.LEAVE_GRANTED, StepKind.LEAVE_EXTENDED})
STANDING: Final = GIVEN | {StepKind.LEAVE_HELD, StepKind.TEMPORARY_ADMISSION}
"""The facts of which the newest says whether somebody has leave; to claim asylum or to be refused changes none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave:
    """What was decided: on which grounds and until when; for a child what is best for them."""

    about: About
    outcome: LeaveOutcome
    grounds: tuple[LeaveGround, ...]
    until: date | None
    best_interests: str | None


async def consider(reading: Reading, lookup: str) -> None:
    """Say whether there is a question of leave today, by the facts of the case; nobody has to ask for it."""
    case = await queries.one(reading, lookup, FACTS)
    admission = await gate.ask(reading, Action.LEAVE_DECIDE, lookup)
    if case is None or not isinstance(admission, Admission):
        raise LookupError("an authority that may not say what follows from its own decision")
    today = london_date(reading.now)
    row = regimes.leave_question(circumstances(case, today), today)
    said = {"row": row.row, "circumstance": row.circumstance, "opening": row.opening}
    await steps_store.take(reading, admission.permit, Action.LEAVE_DECIDE, StepKind.LEAVE_CONSIDERED, said)


async def decide(reading: Reading, key: str, sent: Leave, content: Mapping[str, Any]) -> UUID | WorkProblem:
    """Decide whether somebody may stay."""
    problems = tuple(_problems(sent))
    return await do(reading, key, DECIDING, sent.about, content, problems, lambda scene: _decide(scene, sent))


def circumstances(case: RecordView, today: date) -> Iterator[Circumstance]:
    """What is true of the person today, as far as it is known; not known counts as being without leave."""
    yield Circumstance.WITHOUT_LEAVE
    if regimes.is_british(nationalities(case), today):
        yield Circumstance.BRITISH
    if _has_leave(case, today):
        yield Circumstance.HAS_LEAVE
    if course_of(case).is_disqualified:
        yield Circumstance.DISQUALIFIED


def _has_leave(case: RecordView, today: date) -> bool:
    """By the fact that began last, of two of one day by the one recorded last; without a last day it does not end."""
    facts = [step for step in (*_leave(case), *case.status) if step.content and step.kind in STANDING]
    newest = max(enumerate(facts), key=lambda each: (_since(each[1]), each[0]), default=(0, None))[1]
    if newest is None or newest.content is None or newest.kind == StepKind.TEMPORARY_ADMISSION:
        return False
    until = newest.content.get("until")
    return until is None or date.fromisoformat(until) >= today


def _since(step: StepView) -> date:
    since = (step.content or {}).get("since")
    return date.fromisoformat(since) if since else step.happened_on


def _leave(case: RecordView) -> tuple[StepView, ...]:
    return case.leave if isinstance(case.leave, tuple) else ()


def _problems(sent: Leave) -> Iterator[Problem]:
    given = sent.outcome is not LeaveOutcome.REFUSED
    if given and not sent.grounds:
        yield Problem("grounds", "required", "Nobody may stay without a ground.", "Choose at least one.")
    if given != (sent.until is not None):
        message = "Leave has a last day, and a refusal has none."
        yield Problem("until", "required" if given else "not_here", message, "Give the last day, or leave it out.")
    if len(sent.best_interests or "") > LONGEST_WORDS:
        yield Problem("bestInterests", "too_long", f"At most {LONGEST_WORDS:,} characters.", "Say it shorter.")


async def _decide(scene: Scene, sent: Leave) -> WorkProblem | None:
    rows = [(place, regimes.leave_ground(ground, scene.today)) for place, ground in enumerate(sent.grounds)]
    found = [row for _, row in rows if row is not None]
    problem = _closed(scene, sent) or next(
        (_not_met(scene, place, row) for place, row in rows if _not_met(scene, place, row)), None
    )
    problem = problem or _child(scene, sent) or _too_long(scene, sent, found)
    if problem:
        return problem
    if _question(scene).opening is Opening.OPENS and not _was_opened(scene.case):  # what it rests on is told first
        await consider(scene.reading, str(scene.case.id))
    said = {"grounds": [row.ground for row in found], "rows": [row.row for row in found], "until": sent.until}
    about = {"best_interests": sent.best_interests, "words": sent.about.words}
    await scene.take(KINDS[sent.outcome], **said, **about)
    return None


def _closed(scene: Scene, sent: Leave) -> WorkProblem | None:
    """Why there is nothing to decide: neither what was considered nor the facts of today open it."""
    given = any(step.kind in GIVEN for step in _leave(scene.case))
    row = _question(scene)
    if not (given or _was_opened(scene.case) or row.opening is Opening.OPENS):
        message = "There is no question of leave here: what was considered says why."
        return Conflict("NO_LEAVE_QUESTION", message, "Record what changed about the status, if something did.")
    if given != (sent.outcome is LeaveOutcome.EXTENDED) and sent.outcome is not LeaveOutcome.REFUSED:
        return invalid("outcome", "out_of_order", "Leave is granted once and extended after that.", "Choose the other.")
    if row.circumstance is Circumstance.DISQUALIFIED and sent.outcome is not LeaveOutcome.REFUSED:
        return Conflict("DISQUALIFIED", f"Nobody who is disqualified is given leave ({row.row}).", "Refuse it.")
    return None


def _question(scene: Scene) -> LeaveQuestion:
    return regimes.leave_question(circumstances(scene.case, scene.today), scene.today)


def _was_opened(case: RecordView) -> bool:
    """Whether leave was a question when it was considered last."""
    asked = next((step for step in reversed(_leave(case)) if step.kind == StepKind.LEAVE_CONSIDERED), None)
    return asked is not None and asked.content is not None and asked.content["opening"] == Opening.OPENS


def _not_met(scene: Scene, place: int, row: LeaveRow | None) -> WorkProblem | None:
    path = f"grounds.{place}"
    if row is None:
        return invalid(path, "not_in_force", "On this day nobody may stay on this ground.", "Choose one of the day.")
    if row.needs is LeaveNeed.COOPERATION_CONFIRMED and not _works_with_police(scene.case):
        message = "No public authority has confirmed that the person works with it."
        return invalid(path, "not_confirmed", message, "Ask the investigating force to confirm it.")
    if row.needs is LeaveNeed.COMPENSATION_SOUGHT and not _seeks_compensation(scene.case):
        return invalid(path, "not_sought", "Nobody recorded that compensation is sought.", "Have the route recorded.")
    if row.needs is LeaveNeed.CHILD and not scene.acts_as_child:
        return invalid(path, "no_child", "This ground is for a child.", "Choose another.")
    return None


def _works_with_police(case: RecordView) -> bool:
    return bool(case.cooperation) and case.cooperation[-1].kind == StepKind.COOPERATION_CONFIRMED


def _seeks_compensation(case: RecordView) -> bool:
    wishes = case.wishes if isinstance(case.wishes, tuple) else ()
    return any(step.kind == StepKind.COMPENSATION_SOUGHT for step in wishes)


def _child(scene: Scene, sent: Leave) -> WorkProblem | None:
    if scene.acts_as_child and not (sent.best_interests or "").strip():
        message = "What is best for a child comes before everything else in a decision on leave."
        return invalid("bestInterests", "required", message, "Say what is best for the child.")
    return None


def _too_long(scene: Scene, sent: Leave, rows: list[LeaveRow]) -> WorkProblem | None:
    if sent.until is None:
        return None
    if sent.until <= scene.today:
        return invalid("until", "past", "Leave lasts beyond today.", "Give a later day.")
    limits = [row.longest_months for row in rows]
    if None in limits:
        return None
    longest = max(months for months in limits if months is not None)
    if sent.until > months_after(scene.today, longest):
        message = f"On these grounds leave is given for at most {longest} months at a time."
        return invalid("until", "too_late", message, "Give an earlier day; it can be extended.")
    return None


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or that month's last one."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
