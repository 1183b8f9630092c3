"""How long before an eighteenth birthday somebody is warned of it: a dated row; no clock is read."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from services.regimes import rules as regime_rules
from services.regimes.reading import read_rows
from services.regimes.row_types import RegimeRow

ROWS = Path(__file__).parent / "rows" / "birthday_rules.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class BirthdayRule(RegimeRow):
    """When the worker warns."""

    days_before: int

    def __post_init__(self) -> None:
        """Some days, or it would be no warning."""
        if self.days_before < 1:
            raise ValueError("a warning comes at least a day before")

    @property
    def key(self) -> tuple[str, ...]:
        """There is one rule a day."""
        return ("turns_18",)


@cache
def birthday_rules() -> tuple[BirthdayRule, ...]:
    """Every row, read and checked once per process."""
    rows = read_rows(ROWS, BirthdayRule)
    regime_rules.check_ids(rows)
    regime_rules.check_succession(rows)
    return rows


def birthday_rule_on(day: date) -> BirthdayRule:
    """The row in force that day."""
    return next(row for row in birthday_rules() if row.applies_on(day))
