"""Lines of the ledger and their totals, as a governance officer reads them, and what can be asked for."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from policies.vocabulary import AccessLevel, DataGroup, Function, Relation
from services.cases.views import AgencyName


class LedgerVerdict(StrEnum):
    """What became of a look."""

    VIEWED = "viewed"
    DISCLOSED = "disclosed"
    REFUSED = "refused"
    HANDED_OVER = "handed_over"


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerFilter:
    """Which lines; whatever is left None does not narrow. The days are London's, and both count."""

    reference: str | None = None
    same_person: bool = False
    agency: UUID | None = None
    member: UUID | None = None
    group: DataGroup | None = None
    purpose: str | None = None
    verdicts: tuple[LedgerVerdict, ...] | None = None
    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class LedgerLineView:
    """One look; `person` is None for people of other agencies, `reference` where the officer may know of no record."""

    id: UUID
    at: datetime
    agency: AgencyName
    person: str | None
    function: Function
    access_level: AccessLevel
    act: str
    verdict: LedgerVerdict
    reference: str | None
    relations: tuple[Relation, ...]
    purposes: tuple[str, ...]
    groups: tuple[DataGroup, ...]
    summaries: tuple[DataGroup, ...]
    written: tuple[DataGroup, ...]
    withheld: tuple[DataGroup, ...]
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LedgerTotalView:
    """How often an agency saw, or was refused, a group for a purpose; `place` is where it stands in the list."""

    place: tuple[str, ...]
    agency: AgencyName
    group: DataGroup | None
    purpose: str | None
    verdict: LedgerVerdict
    looks: int
    people: int
    first_at: datetime
    last_at: datetime
