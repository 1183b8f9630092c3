"""SQL for putting a notice in the outbox; whoever delivers it stands higher on the ladder."""

from uuid import UUID

from sqlalchemy import text

from policies.vocabulary import Function
from services.outbox.kinds import NoticeKind
from services.tools import Reading

SEND = text("""
    INSERT INTO outbox (kind, record_id, agency_id, function, about_agency_id, session_id, created_at)
    VALUES (:kind, :record, :agency, :function, :about, my_session(), moment())
""")


async def send(
    reading: Reading, kind: NoticeKind, record: UUID | None, agency: UUID, function: Function, about: UUID | None = None
) -> None:
    """Put a notice in the outbox; it leaves with the commit of this operation or never. None: it names no record."""
    await reading.run(SEND, kind=kind.value, record=record, agency=agency, function=function.value, about=about)
