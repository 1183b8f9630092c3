"""SQL of entries under a caveat. Each statement names the author; row security asks for the same once more."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import RowMapping, text

from policies.permit import Permit
from services.tools import Reading

ENTRIES = text("""
    SELECT e.id, e.caveat, e.content, e.written_at, m.display_name AS writer
    FROM caveated_entry e JOIN member m ON m.id = e.written_by
    WHERE e.record_id = :record AND e.agency_id = :agency AND e.function = :function
      AND (e.written_at, e.id) < (:before_at, :before_id) AND (CAST(:entry AS uuid) IS NULL OR e.id = :entry)
    ORDER BY e.written_at DESC, e.id DESC LIMIT :most
""")
RECORD = text("SELECT record_caveated(:record, :caveat, :content) AS id")


async def entries(
    reading: Reading, permit: Permit, before: tuple[datetime, UUID], most: int, entry: UUID | None = None
) -> Sequence[RowMapping]:
    """What the permit's actor's agency wrote on its record in their function, the newest first; all, or only one."""
    actor, (before_at, before_id) = permit.actor, before
    return await reading.rows(
        ENTRIES, record=permit.record_id, agency=actor.agency_id, function=actor.function.value,
        before_at=before_at, before_id=before_id, most=most, entry=entry,
    )  # fmt: skip


async def record(reading: Reading, the_record: UUID, caveat: str, content: str) -> UUID:
    """A new entry of the actor's agency and function; its id."""
    rows = await reading.rows(RECORD, record=the_record, caveat=caveat, content=content)
    made: UUID = rows[0]["id"]
    return made
