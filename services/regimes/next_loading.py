"""The rows about what happens after a decision, read and checked like all others."""

from dataclasses import dataclass
from datetime import date

from services.regimes import rules
from services.regimes.entered import RowSource
from services.regimes.next_rows import BritishNationality, EeaNationality, LeaveQuestion, LeaveRow, ReturnScheme
from services.regimes.next_words import Circumstance, ReturnGroup
from services.regimes.row_types import RegimeRow


@dataclass(frozen=True, slots=True)
class NextTables:
    """Leave and the way home."""

    leave_questions: tuple[LeaveQuestion, ...]
    leave_grounds: tuple[LeaveRow, ...]
    return_schemes: tuple[ReturnScheme, ...]
    eea_nationalities: tuple[EeaNationality, ...]
    british_nationalities: tuple[BritishNationality, ...]

    @property
    def tables(self) -> tuple[tuple[RegimeRow, ...], ...]:
        """Every table."""
        return (
            self.leave_questions,
            self.leave_grounds,
            self.return_schemes,
            self.eea_nationalities,
            self.british_nationalities,
        )

    @property
    def rows(self) -> tuple[RegimeRow, ...]:
        """Every row of every table."""
        return tuple(row for table in self.tables for row in table)

    def first_days(self) -> set[date]:
        """The days on which the tables begin that answer for every day; each succession is checked on the way."""
        for table in self.tables:
            rules.check_succession(table)
        asked = [(Circumstance.BRITISH,), (Circumstance.WITHOUT_LEAVE,)]
        return {
            rules.check_coverage(self.leave_questions, asked),
            rules.check_coverage(self.return_schemes, [(group,) for group in ReturnGroup]),
        }


def load_next(source: RowSource) -> NextTables:
    """Read the tables."""
    return NextTables(
        leave_questions=source.rows("leave_questions", LeaveQuestion),
        leave_grounds=source.rows("leave_grounds", LeaveRow),
        return_schemes=source.rows("return_schemes", ReturnScheme),
        eea_nationalities=source.rows("eea_nationalities", EeaNationality),
        british_nationalities=source.rows("british_nationalities", BritishNationality),
    )
