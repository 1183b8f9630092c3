"""SQL that only the import needs."""

from typing import NamedTuple
from uuid import UUID

from sqlalchemy import text

from services.cases.store.writes import Reason
from services.tools import Reading

JOIN_CONCERN = text("SELECT join_concern(:reference, :purpose, :lawful_basis) AS id")

ARRIVES = text("SELECT may_import_for(:organisation) AS may, sent_before(:external_id) AS reference")


class Arriving(NamedTuple):
    """Whether this import takes in the organisation's forms, and the reference of what the message made before."""

    may_import: bool
    reference: str | None


async def arriving(reading: Reading, organisation: str, external_id: str) -> Arriving:
    """An agency's import takes in its own forms; the platform's takes in everybody's."""
    row = await reading.row(ARRIVES, organisation=organisation, external_id=external_id)
    return Arriving(bool(row and row["may"]), row["reference"] if row else None)


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
