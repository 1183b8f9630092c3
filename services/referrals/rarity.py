"""Which closed answers of an adult who stays unnamed could, beside a town, point to one person: published counts.

The newest rows hold whatever the day of receipt: they say what may be kept from now on, and are no law of then.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final

from services.referrals.answers import Account, DutyToNotify
from services.referrals.draft import ReferralDraft
from services.regimes import rules as regime_rules
from services.regimes.reading import read_rows
from services.regimes.row_types import RegimeRow

ROWS: Final = Path(__file__).parent / "rows"
UNKNOWN: Final = "Unknown"
"""In the lists of towns and of nationalities: an answer that points to nobody."""


class Counted(StrEnum):
    """Of which answers the statistics say how many people gave them; of a second nationality they say nothing."""

    GENDER = "gender"
    NATIONALITY = "nationality"
    SECOND_NATIONALITY = "second_nationality"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedCount(RegimeRow):
    """How many people with this answer were referred in a published quarter, in the whole country."""

    answer: Counted
    value: str
    people: int

    @property
    def key(self) -> tuple[str, ...]:
        """One answer."""
        return (self.answer, self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class RarityLimit(RegimeRow):
    """How many there have to be at least, so that an answer may stand beside a town."""

    least_people: int

    @property
    def key(self) -> tuple[str, ...]:
        """There is one."""
        return ("rarity",)


@cache
def common() -> frozenset[tuple[str, ...]]:
    """The answers that many gave; whatever is not listed is rare."""
    counts, limits = read_rows(ROWS / "published_counts.csv", PublishedCount), _limits()
    regime_rules.check_ids(counts)
    regime_rules.check_succession(counts)
    least = next(row.least_people for row in limits if row.valid_until is None)
    return frozenset(row.key for row in counts if row.valid_until is None and row.people >= least)


def names_a_town(draft: ReferralDraft) -> bool:
    """Whether it says where in the United Kingdom somebody was exploited."""
    return any(town != UNKNOWN for town in draft.of(Account).uk_towns or ())


def rare_beside_a_town(draft: ReferralDraft) -> Counted | None:
    """The answer that may not stand beside the towns of this form; None: there is none, or no town."""
    if not draft.is_anonymous or not names_a_town(draft):
        return None
    return next((answer for answer, said in _given(draft.of(DutyToNotify)) if (answer, said) not in common()), None)


def _given(said: DutyToNotify) -> Iterator[tuple[Counted, str]]:
    for answer in Counted:
        value = getattr(said, answer)
        if value is not None and value != UNKNOWN:
            yield answer, str(value)


def _limits() -> tuple[RarityLimit, ...]:
    rows = read_rows(ROWS / "rarity_limits.csv", RarityLimit)
    regime_rules.check_ids(rows)
    regime_rules.check_succession(rows)
    return rows
