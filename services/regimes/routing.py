"""Which authority receives a referral: by the day, the kind of first responder, and what was recorded of the person.

Nationality is not asked for, and nothing that is recorded of a child's status counts. What becomes known later moves
nothing: it takes a transfer with its reason.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from services.regimes import queries
from services.regimes.routing_rows import PilotArea, RemitRow
from services.regimes.routing_words import Ages, AreaKind, PanelKind, RemitCircumstance
from services.regimes.row_types import AuthorityRow
from services.regimes.words import ReferrerKind

Route = AuthorityRow | RemitRow | PilotArea


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """Everything of a person that a route may look at; whoever may be a child is one."""

    acts_as_child: bool
    circumstances: frozenset[RemitCircumstance] = frozenset()
    police_force: str | None = None  # the code of the force where the person is; None: not known
    local_authority: str | None = None  # the code of the one that the form names for a child
    turns_18_on: date | None = None  # None: not known, and then no panel for children decides


def route(received_on: date, referrer_kind: ReferrerKind, recorded: Recorded) -> Route:
    """The row by which a referral received on this London date goes to its authority, to be kept beside it."""
    remit = None if recorded.acts_as_child else _remit(received_on, recorded.circumstances)
    return _area(received_on, recorded) or remit or queries.competent_authority(received_on, referrer_kind)


def may_be_anothers(on: date, authority: str) -> bool:
    """Whether on this London date a recorded fact would lead an adult to another authority than this one."""
    return any(row.authority != authority and row.applies_on(on) for row in queries.regimes().remits)


def area_of(authority: str, on: date) -> PilotArea | None:
    """A row by which this agency decides in an area on that day."""
    return next((row for row in queries.regimes().areas if row.authority == authority and row.applies_on(on)), None)


def panel_kind(authority: str) -> PanelKind:
    """Which panel such an agency's decisions need: its own where it decides for children of an area."""
    of_children = any(row.authority == authority and row.ages is Ages.CHILD for row in queries.regimes().areas)
    return PanelKind.DEVOLVED if of_children else PanelKind.ASSURANCE


def _area(on: date, recorded: Recorded) -> PilotArea | None:
    areas = {
        (AreaKind.POLICE_FORCE, recorded.police_force),
        (AreaKind.LOCAL_AUTHORITY, recorded.local_authority),
    }
    rows = (row for row in queries.regimes().areas if (row.area_kind, row.area) in areas and row.applies_on(on))
    return next((row for row in rows if _takes(row, on, recorded)), None)


def _takes(row: PilotArea, on: date, recorded: Recorded) -> bool:
    if row.ages is Ages.CHILD and not recorded.acts_as_child:
        return False
    if row.days_before_18 is None:
        return True
    return recorded.turns_18_on is not None and (recorded.turns_18_on - on).days > row.days_before_18


def _remit(on: date, circumstances: Iterable[RemitCircumstance]) -> RemitRow | None:
    """The first row, in the order of the table, for something that is recorded."""
    found = set(circumstances)
    return next((row for row in queries.regimes().remits if row.circumstance in found and row.applies_on(on)), None)
