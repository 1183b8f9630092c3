"""A progress review in a recovery period: when the authority looked at the case, and with whom it was in contact."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from policies.vocabulary import Action, DataGroup
from services.cases.store import writes
from services.decisions.acting import About, Doing, Scene, do, invalid
from services.decisions.course_rules import Act
from services.decisions.step_words import ProgressContact, StepKind
from services.errors import WorkProblem
from services.regimes.words import ClockName
from services.tools import Reading

REVIEWING = Doing(action=Action.PROGRESS_REVIEW, act=Act.REVIEW_PROGRESS, writes=frozenset({DataGroup.CLOCKS}))


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressReview:
    """On which day, and with whom there was contact."""

    about: About
    reviewed_on: date
    contacted: tuple[ProgressContact, ...]


async def record(reading: Reading, key: str, sent: ProgressReview, content: Mapping[str, Any]) -> UUID | WorkProblem:
    """Keep the review; the clock that waited for it ends, where the rows of the decision's day started one."""
    return await do(reading, key, REVIEWING, sent.about, content, (), lambda scene: _record(scene, sent))


async def _record(scene: Scene, sent: ProgressReview) -> WorkProblem | None:
    began = scene.course.reasonable
    if began is None or not began.issued_on <= sent.reviewed_on <= scene.today:
        message = "A review is held in the recovery period, and not on a day to come."
        return invalid("reviewedOn", "impossible", message, "Give the day of the review.")
    if not sent.contacted or len(set(sent.contacted)) < len(sent.contacted):
        message = "A review is one only where there was contact with somebody; each is named once."
        return invalid("contacted", "count", message, "Name everybody with whom there was contact.")
    said = {"reviewed_on": sent.reviewed_on, "contacted": sent.contacted, "words": sent.about.words}
    await scene.take(StepKind.PROGRESS_REVIEWED, decision=began.id, **said)
    await writes.end_clocks(scene.reading, scene.permit, ClockName.PROGRESS_REVIEW)
    return None
