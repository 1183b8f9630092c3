"""All regime rows, read and checked together: either every promise holds or nothing starts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from pathlib import Path

from services.regimes import rules
from services.regimes.next_loading import NextTables, load_next
from services.regimes.reading import RowsAreWrongError, read_rows
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
    RegimeRow,
    SignOffPeriod,
)
from services.regimes.words import ClockName, DecisionKind, MeetingKind, Nation, ReferrerKind

ROWS = Path(__file__).parent / "rows"
SINCE_THE_BEGINNING = (ClockName.REASONABLE_GROUNDS, ClockName.RECOVERY_PERIOD, ClockName.SUPPORT_PERIOD)
"""The clocks that ran in every regime and nation; the others came, or went, with one."""


WHERE_OWED = (Nation.ENGLAND, Nation.WALES)
"""The duty to notify exists there only."""


@dataclass(frozen=True, slots=True)
class Regimes:
    """The rows of one edition, checked."""

    authorities: tuple[Authority, ...]
    routes: tuple[AuthorityRow, ...]
    clocks: tuple[ClockDefinition, ...]
    tests: tuple[DecisionTest, ...]
    quorums: tuple[Quorum, ...]
    meeting_names: tuple[MeetingName, ...]
    sign_off_periods: tuple[SignOffPeriod, ...]
    extension_limits: tuple[ExtensionLimit, ...]
    accepted_statements: tuple[AcceptedStatement, ...]
    askers: tuple[ReconsiderationAsker, ...]
    duties: tuple[DutyRow, ...]
    disqualifications: tuple[DisqualificationRow, ...]
    what_next: NextTables
    first_day: date  # of the first regime: no referral was received before it

    @property
    def tables(self) -> tuple[Sequence[RegimeRow], ...]:
        """Every table but those about what happens next, which check themselves."""
        return (
            self.authorities,
            self.routes,
            self.clocks,
            self.tests,
            self.quorums,
            self.meeting_names,
            self.sign_off_periods,
            self.extension_limits,
            self.accepted_statements,
            self.askers,
            self.duties,
            self.disqualifications,
        )

    @property
    def rows(self) -> tuple[RegimeRow, ...]:
        """Every row of every table."""
        return (*(row for table in self.tables for row in table), *self.what_next.rows)


def load(folder: Path = ROWS) -> Regimes:
    """Read every table of the folder and check it, alone and against the others."""
    routes = read_rows(folder / "competent_authorities.csv", AuthorityRow)
    loaded = Regimes(
        authorities=read_rows(folder / "authorities.csv", Authority),
        routes=routes,
        clocks=read_rows(folder / "clock_definitions.csv", ClockDefinition),
        tests=read_rows(folder / "decision_tests.csv", DecisionTest),
        quorums=read_rows(folder / "quorums.csv", Quorum),
        meeting_names=read_rows(folder / "meeting_names.csv", MeetingName),
        sign_off_periods=read_rows(folder / "sign_off_periods.csv", SignOffPeriod),
        extension_limits=read_rows(folder / "extension_limits.csv", ExtensionLimit),
        accepted_statements=read_rows(folder / "accepted_statements.csv", AcceptedStatement),
        askers=read_rows(folder / "reconsideration_askers.csv", ReconsiderationAsker),
        duties=read_rows(folder / "duty_to_notify.csv", DutyRow),
        disqualifications=read_rows(folder / "disqualification_grounds.csv", DisqualificationRow),
        what_next=load_next(folder),
        first_day=min(row.valid_from for row in routes),
    )
    _check(loaded)
    return loaded


def _check(loaded: Regimes) -> None:
    rules.check_ids(loaded.rows)
    for table in loaded.tables:
        rules.check_succession(table)
    rules.check_destinations(loaded.routes, loaded.authorities)
    rules.check_coverage(loaded.duties, product(ReferrerKind, WHERE_OWED))
    first_days = {
        rules.check_coverage(loaded.routes, [(kind,) for kind in ReferrerKind]),
        rules.check_coverage(loaded.clocks, product(SINCE_THE_BEGINNING, Nation)),
        rules.check_coverage(loaded.tests, [(kind,) for kind in DecisionKind]),
        rules.check_coverage(loaded.quorums, product(Nation, MeetingKind)),
        rules.check_coverage(loaded.meeting_names, [(nation,) for nation in Nation]),
        rules.check_coverage(loaded.sign_off_periods, [(nation,) for nation in Nation]),
        *loaded.what_next.first_days(),
    }
    if first_days != {loaded.first_day}:
        raise RowsAreWrongError(f"the tables begin on different days: {sorted(map(str, first_days))}")
