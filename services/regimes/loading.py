"""All regime rows, read and checked together: either every promise holds or nothing starts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from pathlib import Path

from services.regimes import rules
from services.regimes.entered import EnteredRow, RowSource
from services.regimes.next_loading import NextTables, load_next
from services.regimes.reading import RowsAreWrongError
from services.regimes.routing_rows import PanelRow, PilotArea, RemitRow
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
from services.regimes.words import ClockName, DecisionKind, MeetingKind, Nation, Receives, ReferrerKind

ROWS = Path(__file__).parent / "rows"
SINCE_THE_BEGINNING = (ClockName.REASONABLE_GROUNDS, ClockName.RECOVERY_PERIOD, ClockName.SUPPORT_PERIOD)
"""The clocks that ran in every regime and nation; the others came, or went, with one."""


WHERE_OWED = (Nation.ENGLAND, Nation.WALES)
"""The duty to notify exists there only."""
ELSEWHERE = (Nation.SCOTLAND, Nation.NORTHERN_IRELAND)
OF_ONE_NATION = (ReferrerKind.POLICE, ReferrerKind.LOCAL_AUTHORITY)
"""The bodies that the law of another nation may bind instead."""


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
    remits: tuple[RemitRow, ...]
    areas: tuple[PilotArea, ...]
    panels: tuple[PanelRow, ...]
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
            self.remits,
            self.areas,
            self.panels,
        )

    @property
    def rows(self) -> tuple[RegimeRow, ...]:
        """Every row of every table."""
        return (*(row for table in self.tables for row in table), *self.what_next.rows)


def load(folder: Path = ROWS, entered: Sequence[EnteredRow] = ()) -> Regimes:
    """Read every table of the folder with what was entered since, and check it, alone and against the others."""
    rows = RowSource(folder, tuple(entered)).rows
    routes = rows("competent_authorities", AuthorityRow)
    loaded = Regimes(
        authorities=rows("authorities", Authority),
        routes=routes,
        clocks=rows("clock_definitions", ClockDefinition),
        tests=rows("decision_tests", DecisionTest),
        quorums=rows("quorums", Quorum),
        meeting_names=rows("meeting_names", MeetingName),
        sign_off_periods=rows("sign_off_periods", SignOffPeriod),
        extension_limits=rows("extension_limits", ExtensionLimit),
        accepted_statements=rows("accepted_statements", AcceptedStatement),
        askers=rows("reconsideration_askers", ReconsiderationAsker),
        duties=rows("duty_to_notify", DutyRow),
        disqualifications=rows("disqualification_grounds", DisqualificationRow),
        remits=rows("remits", RemitRow),
        areas=rows("pilot_areas", PilotArea),
        panels=rows("panels", PanelRow),
        what_next=load_next(RowSource(folder, tuple(entered))),
        first_day=min(row.valid_from for row in routes),
    )
    _check(loaded)
    return loaded


def _check(loaded: Regimes) -> None:
    rules.check_ids(loaded.rows)
    for table in loaded.tables:
        rules.check_succession(table)
    rules.check_destinations(loaded.routes, loaded.authorities, Receives.BY_DEFAULT)
    rules.check_destinations(loaded.remits, loaded.authorities, Receives.BY_FACTS_OR_TRANSFER)
    rules.check_coverage(loaded.duties, product(ReferrerKind, WHERE_OWED, ("",)))
    rules.check_coverage(loaded.duties, product(OF_ONE_NATION, WHERE_OWED, ELSEWHERE))
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
