"""SQL for putting a notice in the outbox; whoever delivers it stands higher on the ladder."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text

from policies.vocabulary import Function
from services.outbox.kinds import NoticeKind
from services.tools import Reading

SEND = text("""
    INSERT INTO outbox (kind, record_id, agency_id, function, about_agency_id, session_id, created_at)
    SELECT n.kind, :record, n.agency, n.function, n.about, (SELECT my_session()), moment()
    FROM unnest(CAST(:kinds AS text[]), CAST(:agencies AS uuid[]), CAST(:functions AS text[]), CAST(:about AS uuid[]))
         WITH ORDINALITY AS n (kind, agency, function, about, place)
    ORDER BY n.place
""")


@dataclass(frozen=True, slots=True)
class Notice:
    """Of what an agency's function is told; `about` is another agency that it concerns."""

    kind: NoticeKind
    agency: UUID
    function: Function
    about: UUID | None = None


async def send(
    reading: Reading, kind: NoticeKind, record: UUID | None, agency: UUID, function: Function, about: UUID | None = None
) -> None:
    """Put a notice in the outbox; it leaves with the commit of this operation or never. None: it names no record."""
    await send_all(reading, record, [Notice(kind, agency, function, about)])


async def send_all(reading: Reading, record: UUID | None, notices: Sequence[Notice]) -> None:
    """Put several in the outbox, of one record or of none."""
    if notices:
        await reading.run(
            SEND,
            record=record,
            kinds=[notice.kind.value for notice in notices],
            agencies=[notice.agency for notice in notices],
            functions=[notice.function.value for notice in notices],
            about=[notice.about for notice in notices],
        )
