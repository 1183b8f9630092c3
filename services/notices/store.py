"""SQL for the inboxes, and for emptying the outbox into them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import RowMapping, text

from services.tools import Reading

INBOX = text("""
    SELECT n.id, n.kind, n.record_id, n.created_at, a.id AS about_id, a.code AS about_code, a.name AS about_name,
           (SELECT i.record_kind FROM involvement i WHERE i.record_id = n.record_id LIMIT 1) AS record_kind
    FROM notice n LEFT JOIN agency a ON a.id = n.about_agency_id
    WHERE n.agency_id = my_agency() AND n.function = my_function() AND (n.created_at, n.id) < (:after_at, :after_id)
    ORDER BY n.created_at DESC, n.id DESC LIMIT :first
""")
# Taken rows stay locked until the commit: two workers never deliver the same one, a killed worker delivers none.
TAKE = text("""
    SELECT id, kind, record_id, agency_id, function, about_agency_id, created_at FROM outbox
    WHERE delivered_at IS NULL ORDER BY created_at, id LIMIT :most FOR UPDATE SKIP LOCKED
""")
DELIVER = text("""
    INSERT INTO notice (id, kind, record_id, agency_id, function, about_agency_id, created_at)
    VALUES (:id, :kind, :record_id, :agency_id, :function, :about_agency_id, :created_at)
""")
DELIVERED = text("UPDATE outbox SET delivered_at = moment() WHERE id = :id")


async def inbox(reading: Reading, after: tuple[datetime, UUID], first: int) -> Sequence[RowMapping]:
    """Notices for the agency and function acted in, the newest first."""
    return await reading.rows(INBOX, after_at=after[0], after_id=after[1], first=first)


async def deliver(reading: Reading, most: int) -> int:
    """Turn waiting rows of the outbox into notices, each once; how many."""
    waiting = await reading.rows(TAKE, most=most)
    for row in waiting:
        await reading.run(DELIVER, **{key: row[key] for key in row if key in DELIVER.compile().params})
        await reading.run(DELIVERED, id=row["id"])
    return len(waiting)
