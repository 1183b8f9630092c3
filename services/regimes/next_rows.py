"""The typed form of the tables about what happens after a decision: a field is a column."""

from dataclasses import dataclass

from services.regimes.next_words import (
    Circumstance,
    LeaveGround,
    LeaveNeed,
    LeaveScheme,
    Opening,
    ReturnGroup,
    ReturnPart,
)
from services.regimes.row_types import RegimeRow


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveQuestion(RegimeRow):
    """Whether a positive conclusive decision of one of these days raises the question of leave for such a person."""

    circumstance: Circumstance
    opening: Opening

    @property
    def key(self) -> tuple[str, ...]:
        """One circumstance."""
        return (self.circumstance,)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveRow(RegimeRow):
    """That somebody may be allowed to stay on this ground, for how many months at most, and what it needs."""

    scheme: LeaveScheme
    ground: LeaveGround
    longest_months: int | None  # None: no source gives a limit
    needs: LeaveNeed

    def __post_init__(self) -> None:
        """Leave of no month is none."""
        if self.longest_months is not None and self.longest_months < 1:
            raise ValueError("longest_months is less than one")

    @property
    def key(self) -> tuple[str, ...]:
        """One ground: a scheme follows the other without a gap."""
        return (self.ground,)


class ReturnParts(frozenset[ReturnPart]):
    """Parts as a row writes them: `embassy|organisations`."""

    def __new__(cls, text: str) -> "ReturnParts":
        """Read them; an unknown or repeated word is an error."""
        words = [ReturnPart(word) for word in text.split("|")]
        if len(set(words)) != len(words):
            raise ValueError("a part stands twice")
        return super().__new__(cls, words)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnScheme(RegimeRow):
    """How somebody who wants to go home is helped to, and with what."""

    group: ReturnGroup
    name: str
    run_by: str
    parts: ReturnParts

    @property
    def key(self) -> tuple[str, ...]:
        """One group."""
        return (self.group,)


@dataclass(frozen=True, slots=True, kw_only=True)
class BritishNationality(RegimeRow):
    """That somebody of this nationality, as the form's list names it, is British: no question of leave, no way home."""

    nationality: str

    @property
    def key(self) -> tuple[str, ...]:
        """One nationality."""
        return (self.nationality,)


@dataclass(frozen=True, slots=True, kw_only=True)
class EeaNationality(RegimeRow):
    """That somebody of this nationality, as the form's list names it, is a national of the European Economic Area."""

    nationality: str

    @property
    def key(self) -> tuple[str, ...]:
        """One nationality."""
        return (self.nationality,)
