"""What the database opens of records to the actor, and since when they have to do with them; no content."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import RowMapping, text
from sqlalchemy.dialects.postgresql import JSONB

from services.tools import Reading

MY_ACCESS = text("SELECT * FROM my_access(:records)").columns(ways=JSONB)


async def opened(reading: Reading, records: Sequence[UUID]) -> Mapping[UUID, RowMapping]:
    """By record; only of those that this operation has admitted."""
    return {row["record_id"]: row for row in await reading.rows(MY_ACCESS, records=list(records))}
