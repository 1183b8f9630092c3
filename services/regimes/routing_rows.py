"""The typed form of the tables that lead a case to another authority than that of its first responder's kind, and of
those about panels.
"""

from dataclasses import dataclass

from services.regimes.routing_words import (
    Ages,
    AreaKind,
    Independent,
    PanelKind,
    PanelOutcome,
    RemitCircumstance,
    Seat,
    Waits,
)
from services.regimes.row_types import RegimeRow
from services.regimes.words import AuthorityCode, DecisionKind


@dataclass(frozen=True, slots=True, kw_only=True)
class RemitRow(RegimeRow):
    """Who decides on an adult of whom this is recorded when the referral is received, on one of these days."""

    circumstance: RemitCircumstance
    authority: AuthorityCode

    @property
    def key(self) -> tuple[str, ...]:
        """One circumstance."""
        return (self.circumstance,)


@dataclass(frozen=True, slots=True, kw_only=True)
class PilotArea(RegimeRow):
    """That an authority of its own decides in an area on a referral received on one of these days."""

    authority: str  # the code of an agency
    name: str
    area_kind: AreaKind
    area: str  # the code of the force or local authority
    ages: Ages
    days_before_18: int | None  # more days than these have to be left until the birthday; None: no matter how many

    @property
    def key(self) -> tuple[str, ...]:
        """One area."""
        return (self.area_kind, self.area)


class Seats(frozenset[Seat]):
    """Seats as a row writes them: `police|health`."""

    def __new__(cls, text: str) -> "Seats":
        """Read them; an unknown or repeated word is an error."""
        words = [Seat(word) for word in text.split("|")]
        if len(set(words)) != len(words):
            raise ValueError("a seat stands twice")
        return super().__new__(cls, words)


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelRow(RegimeRow):
    """Who has to sit on the panel that looks at such a decision, issued on one of these days."""

    panel: PanelKind
    decision: DecisionKind
    outcome: PanelOutcome
    requires: Seats
    least: int
    independent: Independent
    waits: Waits

    @property
    def key(self) -> tuple[str, ...]:
        """One decision of one panel."""
        return (self.panel, self.decision, self.outcome)
