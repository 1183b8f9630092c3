"""SQL that only the import needs."""

from uuid import UUID

from sqlalchemy import text

from services.cases.store.writes import Reason
from services.referrals import store as referrals
from services.tools import Reading

JOIN_CONCERN = text("SELECT join_concern(:reference, :purpose, :lawful_basis) AS id")

MAY_IMPORT_FOR = text("SELECT may_import_for(:organisation) AS may")


async def may_import_for(reading: Reading, organisation: str) -> bool:
    """Whether forms of this organisation come through this import: its own agency's, or the platform's."""
    row = await reading.row(MAY_IMPORT_FOR, organisation=organisation)
    return bool(row and row["may"])


async def join_concern(reading: Reading, reference: str, reason: Reason) -> UUID | None:
    """Take the importer's relation to a concern; None when there is no such concern."""
    row = await reading.row(JOIN_CONCERN, reference=reference, purpose=reason.purpose, lawful_basis=reason.lawful_basis)
    found: UUID | None = row["id"] if row else None
    return found


async def reference_of(reading: Reading, external_id: str) -> str:
    """The reference of what a message made in this operation."""
    reference = await referrals.sent_before(reading, external_id)
    if reference is None:
        raise LookupError("a message was taken in and cannot be found")
    return reference
