"""SQL of bars and restrictions; the gatekeeper's functions judge, write and record everything."""

from uuid import UUID

from sqlalchemy import RowMapping, text
from sqlalchemy.dialects.postgresql import JSONB

from services.tools import Reading

SET_BAR = text("SELECT id, problem FROM set_bar(:record, :member, :agency, :reason)")
END_BAR = text("SELECT id, problem FROM end_bar(:record, :bar, :reason)")
SET_RESTRICTED = text("SELECT id, problem FROM set_restricted(:record, :restricted, :reason)")
LIMITS = text("SELECT reference, restricted, bars FROM access_limits(:record)").columns(bars=JSONB)
Answer = tuple[UUID | None, str | None]


async def set_bar(reading: Reading, record: str, member: UUID | None, agency: UUID | None, reason: str) -> Answer:
    """Keep somebody out; the bar's id, or what stands against it."""
    return _answer(await reading.row(SET_BAR, record=record, member=member, agency=agency, reason=reason))


async def end_bar(reading: Reading, record: str, bar: UUID, reason: str) -> Answer:
    """Propose the end of a bar, or agree to it."""
    return _answer(await reading.row(END_BAR, record=record, bar=bar, reason=reason))


async def set_restricted(reading: Reading, record: str, *, restricted: bool, reason: str) -> Answer:
    """Restrict a record to its named readers, or lift that."""
    return _answer(await reading.row(SET_RESTRICTED, record=record, restricted=restricted, reason=reason))


async def limits(reading: Reading, record: str) -> RowMapping | None:
    """What limits a record; the look is a line."""
    return await reading.row(LIMITS, record=record)


def _answer(row: RowMapping | None) -> Answer:
    if row is None:
        raise RuntimeError("a function that returns one row returned none")
    return row["id"], row["problem"]
