"""Pure rules over dated rows: which one applies, and that none overlap, leave a gap or name a stranger."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import TypeVar

from services.regimes.reading import RowsAreWrongError
from services.regimes.routing_rows import RemitRow
from services.regimes.row_types import Authority, AuthorityRow, RegimeRow
from services.regimes.words import Receives

Row = TypeVar("Row", bound=RegimeRow)


class NoRowInForceError(LookupError):
    """No row applies on that day; the caller asked for a day before the first regime."""


def in_force(rows: Iterable[Row], key: tuple[str, ...], on: date) -> Row:
    """The one row with this key that applies on this London date."""
    for row in rows:
        if row.key == key and row.applies_on(on):
            return row
    raise NoRowInForceError(f"nothing applies to {' in '.join(key)} on {on.isoformat()}")


def check_ids(rows: Iterable[RegimeRow]) -> None:
    """A row id is stored with what was decided by it, so it names one row for ever."""
    seen: set[str] = set()
    for row in rows:
        if row.row in seen:
            raise RowsAreWrongError(f"{row.row} stands twice")
        seen.add(row.row)


def check_succession(rows: Iterable[RegimeRow]) -> None:
    """Rows with the same key follow each other day on day."""
    for line in _by_key(rows).values():
        for row in line:
            if row.valid_until is not None and row.valid_until <= row.valid_from:
                raise RowsAreWrongError(f"{row.row} ends before it begins")
        for earlier, later in pairwise(line):
            if earlier.valid_until != later.valid_from:
                fault = "overlap" if earlier.applies_on(later.valid_from) else "leave a gap"
                raise RowsAreWrongError(f"{earlier.row} and {later.row} {fault}")


def check_coverage(rows: Iterable[RegimeRow], promised: Iterable[tuple[str, ...]]) -> date:
    """Every promised key is covered from the same first day with no end; the answer is that day."""
    lines = _by_key(rows)
    wanted = list(promised)
    missing = [" in ".join(filter(None, key)) for key in wanted if key not in lines]
    if missing:
        raise RowsAreWrongError(f"no row for {', '.join(missing)}")
    ended = [lines[key][-1].row for key in wanted if lines[key][-1].valid_until is not None]
    if ended:
        raise RowsAreWrongError(f"nothing follows {', '.join(ended)}")
    first_days = {lines[key][0].valid_from for key in wanted}
    if len(first_days) != 1:
        raise RowsAreWrongError(f"coverage begins on different days: {sorted(map(str, first_days))}")
    return first_days.pop()


def check_destinations(
    routes: Iterable[AuthorityRow | RemitRow], authorities: Sequence[Authority], receives: Receives
) -> None:
    """A route leads to an authority that exists on its every day and receives cases in this way."""
    for route in routes:
        if not any(each.receives is receives and _is_there(each, route) for each in authorities):
            raise RowsAreWrongError(f"{route.row} leads to {route.authority}, which may not receive it on every day")


def _is_there(authority: Authority, route: AuthorityRow | RemitRow) -> bool:
    lasts = authority.valid_until is None or (
        route.valid_until is not None and route.valid_until <= authority.valid_until
    )
    return authority.authority is route.authority and authority.valid_from <= route.valid_from and lasts


def _by_key(rows: Iterable[Row]) -> Mapping[tuple[str, ...], list[Row]]:
    lines: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row.valid_from):
        lines[row.key].append(row)
    return lines
