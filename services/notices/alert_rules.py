"""For how long refused looks of one person are gathered into one notice: a dated row; no clock is read."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from services.regimes import rules as regime_rules
from services.regimes.reading import read_rows
from services.regimes.row_types import RegimeRow

ROWS = Path(__file__).parent / "rows" / "alert_rules.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertRule(RegimeRow):
    """How many refusals are one notice."""

    gathered_for_minutes: int

    def __post_init__(self) -> None:
        """Some time, or every refusal would be a notice of its own."""
        if self.gathered_for_minutes < 1:
            raise ValueError("refused looks are gathered for at least a minute")

    @property
    def key(self) -> tuple[str, ...]:
        """There is one rule a day."""
        return ("refused_looks",)


@cache
def alert_rules() -> tuple[AlertRule, ...]:
    """Every row, read and checked once per process."""
    rows = read_rows(ROWS, AlertRule)
    regime_rules.check_ids(rows)
    regime_rules.check_succession(rows)
    return rows


def alert_rule_on(day: date) -> AlertRule:
    """The row in force that day."""
    return next(row for row in alert_rules() if row.applies_on(day))
