"""What applied on a day; every answer is a row with its id and source, to be stored beside what it decided."""

from datetime import date
from functools import cache

from services.regimes import rules
from services.regimes.loading import Regimes, load
from services.regimes.row_types import AuthorityRow, ClockDefinition, DecisionTest, MeetingName, Quorum, SignOffPeriod
from services.regimes.words import ClockName, DecisionKind, MeetingKind, Nation, ReferrerKind


@cache
def regimes() -> Regimes:
    """All rows, for whoever lists them; read and checked once per process."""
    return load()


def competent_authority(received_on: date, referrer_kind: str) -> AuthorityRow:
    """Who decides on a referral received on this London date from this kind of first responder.

    Nationality is not asked for: no fact about the person can change this answer.
    """
    return rules.in_force(regimes().routes, (ReferrerKind(referrer_kind),), received_on)


def clock_definition(clock: str, on: date, nation: str) -> ClockDefinition:
    """How this clock runs when its event falls on this London date in this nation."""
    return rules.in_force(regimes().clocks, (ClockName(clock), Nation(nation)), on)


def clock_definition_if_any(clock: ClockName, on: date, nation: str) -> ClockDefinition | None:
    """The same for a clock that not every regime or nation has."""
    rows = (row for row in regimes().clocks if row.key == (clock, Nation(nation)) and row.applies_on(on))
    return next(rows, None)


def decision_test(decision: DecisionKind, issued_on: date) -> DecisionTest:
    """The words of the test that a decision issued on this London date applies."""
    return rules.in_force(regimes().tests, (decision,), issued_on)


def quorum(meeting: MeetingKind, on: date, nation: Nation) -> Quorum:
    """Who has to be there when a meeting of this kind decides on this London date in this nation."""
    return rules.in_force(regimes().quorums, (nation, meeting), on)


def meeting_name(on: date, nation: Nation) -> MeetingName:
    """What such a meeting is called there on that day."""
    return rules.in_force(regimes().meeting_names, (nation,), on)


def sign_off_period(on: date, nation: Nation) -> SignOffPeriod:
    """How long minutes that go out on that day may be signed off."""
    return rules.in_force(regimes().sign_off_periods, (nation,), on)
