"""What applied on a day; every answer is a row with its id and source, to be stored beside what it decided."""

from datetime import date
from functools import lru_cache

from services.edition import ENTERED_ROWS
from services.regimes import rules
from services.regimes.entered import entered_rows
from services.regimes.loading import Regimes, load
from services.regimes.routing_rows import PanelRow
from services.regimes.routing_words import PanelKind, PanelOutcome
from services.regimes.row_types import (
    AcceptedStatement,
    Authority,
    AuthorityRow,
    ClockDefinition,
    DecisionTest,
    DisqualificationRow,
    DutyRow,
    ExtensionLimit,
    MeetingName,
    Quorum,
    ReconsiderationAsker,
    SignOffPeriod,
)
from services.regimes.words import (
    Asker,
    ClockName,
    DecisionKind,
    DisqualificationGround,
    Matter,
    MeetingKind,
    Nation,
    ReferrerKind,
    StatementForm,
)


def regimes() -> Regimes:
    """All rows that the running operation knows, for whoever lists them."""
    return _loaded(ENTERED_ROWS.get())


@lru_cache(maxsize=16)
def _loaded(entered: str | None) -> Regimes:
    """Read and checked once per process and edition."""
    return load(entered=entered_rows(entered))


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


def clock_row(row: str) -> ClockDefinition | None:
    """The very row that a clock was opened by, whether it is still in force or not."""
    return next((each for each in regimes().clocks if each.row == row), None)


def extension_limit(on: date, nation: str) -> ExtensionLimit | None:
    """How long a recovery period may last when it is lengthened on that day; None: no row gives a limit."""
    return next((row for row in regimes().extension_limits if row.nation == nation and row.applies_on(on)), None)


def accepted_statement(matter: Matter, form: StatementForm, said_on: date) -> AcceptedStatement | None:
    """The row by which somebody may say so in this form on that day; None: not in this form."""
    rows = (row for row in regimes().accepted_statements if row.key == (matter, form) and row.applies_on(said_on))
    return next(rows, None)


def duty_to_notify(referrer_kind: ReferrerKind, nation: str, on: date, seat: str | None = None) -> DutyRow | None:
    """Whether such a first responder owed a notification that was received on this day; None: nobody there owed one."""
    key = (referrer_kind, nation, seat or "")
    rows = (row for row in regimes().duties if row.key == key and row.applies_on(on))
    return next(rows, None)


def duty_row(row: str) -> DutyRow:
    """The very row by which a notification was taken in."""
    return next(each for each in regimes().duties if each.row == row)


def reconsideration_asker(asker: Asker, on: date) -> ReconsiderationAsker | None:
    """The row by which such a one may ask on that day; None: they may not."""
    return next((row for row in regimes().askers if row.asker is asker and row.applies_on(on)), None)


def authority(code: str, on: date) -> Authority | None:
    """The authority of this code while it exists; None: there is none on that day."""
    return next((row for row in regimes().authorities if row.authority == code and row.applies_on(on)), None)


def disqualification(ground: DisqualificationGround, on: date) -> DisqualificationRow | None:
    """The row by which somebody may be disqualified on this ground on that day; None: on that day nobody may."""
    return next((row for row in regimes().disqualifications if row.ground is ground and row.applies_on(on)), None)


def panel(kind: PanelKind, decision: DecisionKind, outcome: PanelOutcome, issued_on: date) -> PanelRow | None:
    """The panel that has to look at such a decision issued on that day; None: none has to."""
    rows = (row for row in regimes().panels if row.key == (kind, decision, outcome) and row.applies_on(issued_on))
    return next(rows, None)
