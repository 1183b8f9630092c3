"""SQL that only the import needs."""

from typing import NamedTuple
from uuid import UUID

from sqlalchemy import text

from services.cases.store.writes import Reason
from services.tools import Reading, as_json

JOIN_CONCERN = text("SELECT join_concern(:reference, :purpose, :lawful_basis) AS id")

ARRIVES = text("SELECT place, may, reference FROM arrivals(CAST(:asked AS jsonb[]))")


class Arriving(NamedTuple):
    """Whether this import takes in the organisation's forms, and the reference of what the message made before."""

    may_import: bool
    reference: str | None


async def arriving(reading: Reading, organisation: str, external_id: str) -> Arriving:
    """An agency's import takes in its own forms; the platform's takes in everybody's."""
    message = {"organisation": organisation, "external_id": external_id}
    (row,) = await reading.each(ARRIVES, [as_json(message)])
    return Arriving(row["may"], row["reference"])


async def join_concern(reading: Reading, reference: str, reason: Reason) -> UUID | None:
    """Take the importer's relation to a concern; None when there is no such concern."""
    row = await reading.row(JOIN_CONCERN, reference=reference, purpose=reason.purpose, lawful_basis=reason.lawful_basis)
    found: UUID | None = row["id"] if row else None
    return found


async def reference_of(reading: Reading, organisation: str, external_id: str) -> str:
    """The reference of what a message made in this operation."""
    _, reference = await arriving(reading, organisation, external_id)
    if reference is None:
        raise LookupError("a message was taken in and cannot be found")
    return reference
