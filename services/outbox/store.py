"""SQL for putting a notice in the outbox; whoever delivers it stands higher on the ladder."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from uuid import UUID

from sqlalchemy import text

from policies.vocabulary import Function
from services.outbox.kinds import NoticeKind
from services.tools import Reading, as_json

SEND = text("""
    INSERT INTO outbox (kind, record_id, agency_id, function, about_agency_id, session_id, created_at)
    SELECT n.kind, n.record, n.agency, n.function, n.about, (SELECT my_session()), moment()
    FROM unnest(CAST(:asked AS jsonb[])) WITH ORDINALITY AS a (one, place),
         jsonb_to_record(a.one) AS n (kind text, record uuid, agency uuid, function text, about uuid)
    ORDER BY a.place
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
    await reading.each(SEND, [as_json({"record": record} | asdict(notice)) for notice in notices])
