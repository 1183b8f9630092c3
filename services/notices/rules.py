"""When a notice that nobody answers is chased and its managers are told: dated rows, and counting; no clock is read."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path

from policies.vocabulary import Function
from services.clocks.calendar import calendar_of
from services.clocks.hours import after_working_minutes
from services.clocks.rules import london_date
from services.outbox.kinds import NoticeKind
from services.regimes import rules as regime_rules
from services.regimes.reading import read_rows
from services.regimes.row_types import RegimeRow
from services.regimes.words import Division

ROWS = Path(__file__).parent / "rows" / "chase_rules.csv"
ANY = "any"


class Awaits(StrEnum):
    """What ends a chase."""

    ACKNOWLEDGEMENT = "acknowledgement"
    COMPLETION = "completion"


class CountedIn(StrEnum):
    """In what the time until a step is counted."""

    HOURS = "hours"
    WORKING_HOURS = "working_hours"


class Step(StrEnum):
    """What happens when nobody answers."""

    CHASE = "chase"
    ESCALATE = "escalate"


STEP_NOTICES = {Step.CHASE: NoticeKind.NOT_ANSWERED, Step.ESCALATE: NoticeKind.NOT_ANSWERED_BY_TEAM}


@dataclass(frozen=True, slots=True, kw_only=True)
class ChaseRule(RegimeRow):
    """How long one kind of notice may stay unanswered in an inbox of one function."""

    kind: NoticeKind
    function: str
    waits_for: Awaits
    chase_after_minutes: int
    escalate_after_minutes: int
    counted_in: CountedIn

    def __post_init__(self) -> None:
        """The managers are told after the team was reminded."""
        if self.function != ANY:
            Function(self.function)
        if not 0 < self.chase_after_minutes < self.escalate_after_minutes:
            raise ValueError("a chase comes after some time, and before the escalation")

    @property
    def key(self) -> tuple[str, ...]:
        """One kind of notice in one function."""
        return (self.kind, self.function)

    def due(self, step: Step, created_at: datetime) -> datetime:
        """When the step is due for a notice of that moment."""
        minutes = self.chase_after_minutes if step is Step.CHASE else self.escalate_after_minutes
        if self.counted_in is CountedIn.HOURS:
            return created_at + timedelta(minutes=minutes)
        return after_working_minutes(created_at, minutes, calendar_of(Division.ENGLAND_AND_WALES))


@cache
def chase_rules() -> tuple[ChaseRule, ...]:
    """Every row, read and checked once per process."""
    rows = read_rows(ROWS, ChaseRule)
    regime_rules.check_ids(rows)
    regime_rules.check_succession(rows)
    return rows


def rule_for(kind: NoticeKind, function: Function, day: date) -> ChaseRule | None:
    """The row in force that day: the function's own, else the one for any; None: this kind is never chased."""
    for word in (function.value, ANY):
        for row in chase_rules():
            if (row.kind, row.function) == (kind, word) and row.applies_on(day):
                return row
    return None


def rule_of(kind: NoticeKind, function: Function, created_at: datetime) -> ChaseRule | None:
    """The row for a notice of that moment."""
    return rule_for(kind, function, london_date(created_at))
