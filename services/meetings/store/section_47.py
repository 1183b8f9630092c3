"""When enquiries under section 47 started, and from when the conference is counted."""

from datetime import datetime

from sqlalchemy import text

from policies.permit import Permit
from services.meetings.words import STARTS_SECTION_47
from services.tools import Reading

STARTED = text("""
    SELECT min((v.content ->> 'decided_at')::timestamptz) AS at FROM (
        SELECT DISTINCT ON (x.entry_id) x.content, x.is_withdrawn FROM meeting_entry_version x
        WHERE x.record_id = :record AND x.content ? 'decision' ORDER BY x.entry_id, x.version DESC) v
    WHERE NOT v.is_withdrawn AND v.content ->> 'decision' = ANY (:starting)
""")
COUNTED = text("SELECT clock_counted_from(:record, :kind) AS at")


async def started_at(reading: Reading, permit: Permit) -> datetime | None:
    """The earliest decision about this child that stands and started enquiries; None: none does."""
    row = await reading.row(STARTED, record=permit.record_id, starting=sorted(STARTS_SECTION_47))
    found: datetime | None = row["at"] if row else None
    return found


async def counted_from(reading: Reading, permit: Permit, kind: str) -> datetime | None:
    """The moment from which the case's clock of this kind runs; None: it does not run."""
    row = await reading.row(COUNTED, record=permit.record_id, kind=kind)
    found: datetime | None = row["at"] if row else None
    return found
