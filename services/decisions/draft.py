"""What somebody proposes to decide: frozen, and not looked at yet."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from policies.vocabulary import DataGroup
from services.decisions.choices import DecisionOutcome, NegativeGround
from services.regimes.routing_words import Seat
from services.regimes.words import DecisionKind

REVOKED: Final = "revoked:"
"""With the id of a decision: under which key it stands among the reasons why it was taken back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelMember:
    """Somebody who sat on a panel: for whom, whether in the chair, and whether they have worked on the case."""

    name: str
    seat: Seat
    is_chair: bool
    worked_on_case: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """A panel that looked at what is proposed, on a London day."""

    met_on: date
    members: tuple[PanelMember, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionDraft:
    """What somebody proposes to decide, and why."""

    kind: DecisionKind
    outcome: DecisionOutcome
    reasons: str
    grounds: tuple[NegativeGround, ...] = ()
    evidence: tuple[DataGroup, ...] = ()  # what it relies on; the versions are fixed when it is proposed
    childs_views: str | None = None
    best_interests: str | None = None
    earlier_decision_on: date | None = None  # the day of an earlier positive one, where all that is told lies before it
    panel: Panel | None = None
