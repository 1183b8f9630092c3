"""All regime rows, read and checked together: either every promise holds or nothing starts."""

from dataclasses import dataclass
from datetime import date
from itertools import product
from pathlib import Path

from services.regimes import rules
from services.regimes.reading import read_rows
from services.regimes.row_types import Authority, AuthorityRow, ClockDefinition
from services.regimes.words import ClockName, Nation, ReferrerKind

ROWS = Path(__file__).parent / "rows"


@dataclass(frozen=True, slots=True)
class Regimes:
    """The rows of one edition, checked."""

    authorities: tuple[Authority, ...]
    routes: tuple[AuthorityRow, ...]
    clocks: tuple[ClockDefinition, ...]
    first_day: date  # of the first regime: no referral was received before it


def load(folder: Path = ROWS) -> Regimes:
    """Read every table of the folder and check it, alone and against the others."""
    authorities = read_rows(folder / "authorities.csv", Authority)
    routes = read_rows(folder / "competent_authorities.csv", AuthorityRow)
    clocks = read_rows(folder / "clock_definitions.csv", ClockDefinition)
    rules.check_ids([*authorities, *routes, *clocks])
    for table in (authorities, routes, clocks):
        rules.check_succession(table)
    first_day = rules.check_coverage(routes, [(kind,) for kind in ReferrerKind])
    rules.check_coverage(clocks, product(ClockName, Nation))
    rules.check_destinations(routes, authorities)
    return Regimes(authorities, routes, clocks, first_day)
