"""SQL of notifications that were about the person of a case."""

from datetime import date
from uuid import UUID

from sqlalchemy import RowMapping, text

from services.tools import Reading

LINK = text("SELECT link_notification(:notification, :case, :form, :said_on, :heard_by) AS made")
CASE_OF = text("SELECT case_of_notification(:notification) AS record_id")
READ = text("""
    SELECT n.reference AS notification, c.reference AS case, l.form, l.said_on, l.heard_by, l.linked_at
    FROM notification_link l JOIN record n ON n.id = l.notification_id JOIN record c ON c.id = l.record_id
    WHERE l.notification_id = :notification
""")


async def link(reading: Reading, notification: UUID, case: UUID, form: str, said_on: date, heard_by: str) -> bool:
    """Link the two; False when the notification was linked before."""
    row = await reading.row(LINK, notification=notification, case=case, form=form, said_on=said_on, heard_by=heard_by)
    return bool(row and row["made"])


async def read(reading: Reading, notification: UUID) -> RowMapping | None:
    """What is kept of it; only if this operation has looked at both records."""
    return await reading.row(READ, notification=notification)


async def case_of(reading: Reading, notification: UUID) -> UUID | None:
    """The case of whom it spoke, for whoever said so; None: nobody said so, or not the actor's agency and function."""
    row = await reading.row(CASE_OF, notification=notification)
    return row["record_id"] if row else None
