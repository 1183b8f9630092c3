"""The lawful words of a share or a request, and how long a share may last: dated rows with their sources."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path

from services.regimes import rules as regime_rules
from services.regimes.reading import read_rows
from services.regimes.row_types import RegimeRow

ROWS = Path(__file__).parent / "rows"


class LawfulKind(StrEnum):
    """What a word is about."""

    ARTICLE_6 = "article_6"
    CONDITION = "condition"
    POWER = "power"


@dataclass(frozen=True, slots=True, kw_only=True)
class LawfulWord(RegimeRow):
    """A basis, a condition or a power that one may name from a day on."""

    kind: LawfulKind
    word: str
    meaning: str

    @property
    def key(self) -> tuple[str, ...]:
        """One word of one kind."""
        return (self.kind, self.word)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareLimit(RegimeRow):
    """The longest time a share may run."""

    longest_days: int

    def __post_init__(self) -> None:
        """A share may last a day at least."""
        if self.longest_days < 1:
            raise ValueError("longest_days is less than one")

    @property
    def key(self) -> tuple[str, ...]:
        """There is one."""
        return ("share",)

    def last_day(self, today: date) -> date:
        """The last day that a share given today may name."""
        return today + timedelta(days=self.longest_days)


@cache
def lawful_words() -> tuple[LawfulWord, ...]:
    """Every row, read and checked once per process."""
    rows = read_rows(ROWS / "lawful_words.csv", LawfulWord)
    regime_rules.check_ids(rows)
    regime_rules.check_succession(rows)
    return rows


@cache
def share_limits() -> tuple[ShareLimit, ...]:
    """Every row, read and checked once per process."""
    rows = read_rows(ROWS / "share_limits.csv", ShareLimit)
    regime_rules.check_ids(rows)
    regime_rules.check_succession(rows)
    return rows


def share_limit(day: date) -> ShareLimit:
    """The row in force."""
    return regime_rules.in_force(share_limits(), ("share",), day)


def word(kind: LawfulKind, said: str, day: date) -> LawfulWord | None:
    """The row of a word in force that day; None: no such word."""
    return next((row for row in lawful_words() if row.key == (kind, said) and row.applies_on(day)), None)
