"""Who looked at what, line by line or counted; every reading is in the ledger before anything is handed out."""

from collections.abc import Iterable
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import RowMapping

from policies.vocabulary import AccessLevel, DataGroup, Function, Relation
from services.cases.views import AgencyName
from services.ledger_reading import store
from services.ledger_reading.views import LedgerFilter, LedgerLineView, LedgerTotalView, LedgerVerdict
from services.tools import Reading

LAST = UUID(int=2**128 - 1)
END_OF_TIME = datetime.max.replace(tzinfo=UTC)


async def lines(
    reading: Reading, wanted: LedgerFilter, before: tuple[datetime, UUID] | None, first: int
) -> tuple[LedgerLineView, ...]:
    """Lines where the officer's agency looked, or led the record; none for who is no governance officer."""
    return tuple(_line(row) for row in await store.lines(reading, wanted, before or (END_OF_TIME, LAST), first))


async def totals(
    reading: Reading, wanted: LedgerFilter, after: tuple[str, ...], first: int
) -> tuple[LedgerTotalView, ...]:
    """The same lines, counted by agency, data group, purpose and verdict."""
    return tuple(_total(row) for row in await store.totals(reading, wanted, after, first))


def _line(row: RowMapping) -> LedgerLineView:
    return LedgerLineView(
        id=row["id"],
        at=row["at"],
        agency=_agency(row),
        person=row["person"],
        function=Function(row["function"]),
        access_level=AccessLevel(row["access_level"]),
        act=row["act"],
        verdict=LedgerVerdict(row["verdict"]),
        reference=row["reference"],
        relations=tuple(sorted({Relation(word) for word in row["relations"]})),
        purposes=tuple(row["purposes"]),
        groups=_groups(row["groups"]),
        summaries=_groups(row["summaries"]),
        written=_groups(row["writes"]),
        withheld=_groups(row["refused"]),
        rules=tuple(row["rules"]),
    )


def _total(row: RowMapping) -> LedgerTotalView:
    return LedgerTotalView(
        place=tuple(row["place"]),
        agency=_agency(row),
        group=DataGroup(row["data_group"]) if row["data_group"] else None,
        purpose=row["purpose"],
        verdict=LedgerVerdict(row["verdict"]),
        looks=row["looks"],
        people=row["people"],
        first_at=row["first_at"],
        last_at=row["last_at"],
    )


def _agency(row: RowMapping) -> AgencyName:
    return AgencyName(row["agency_id"], row["agency_code"], row["agency_name"])


def _groups(words: Iterable[str]) -> tuple[DataGroup, ...]:
    return tuple(DataGroup(word) for word in words)
