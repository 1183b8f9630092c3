"""SQL of attachments; the database asks again whether this operation may write the group."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from uuid import UUID

from sqlalchemy import RowMapping, text

from policies.vocabulary import DataGroup
from services.attachments.kinds import Kind, file_name
from services.attachments.scanner import Scan
from services.attachments.views import AttachmentView
from services.cases.views import AgencyName
from services.tools import Reading


class Stays(StrEnum):
    """Why a file is not removed any more."""

    SENT = "sent"
    MOVED_ON = "moved_on"
    ENDED = "ended"


ADD = text("SELECT add_attachment(:record, :group, :kind, :size, :place, :scan) AS id")
READ = text("""
    SELECT a.id, a.record_id, a.data_group, a.position, a.kind, a.size, a.scan, a.place, a.added_at,
           a.agency_id, g.code AS agency_code, g.name AS agency_name,
           a.agency_id = :agency AND a.function = :function AS is_own
    FROM attachment a JOIN agency g ON g.id = a.agency_id
    WHERE a.removed_at IS NULL AND a.record_id = :record AND a.data_group = ANY (:groups)
      AND (CAST(:wanted AS uuid) IS NULL OR a.id = :wanted)
    ORDER BY a.data_group, a.position
""")
REFERENCE = text("SELECT reference FROM record WHERE id = :record")
WHERE = text("SELECT record_id, data_group FROM where_attachment(:attachment)")
NEXT_UNSCANNED = text("SELECT id, place FROM next_unscanned()")
END_SCAN = text("SELECT end_scan(:place, :scan)")
NEEDED = text("SELECT place FROM needed_places() place")
MOVE = text("SELECT move_file(:place, :to) AS moved")
NEXT_UNNEEDED = text("SELECT place FROM next_unneeded() place")
END_UNNEEDED = text("SELECT end_unneeded(:place, :destroyed)")
REMOVE = text("SELECT remove_attachment(:attachment) AS why")


async def add(
    reading: Reading, record: UUID, group: DataGroup, kind: Kind, size: int, place: str, scan: Scan
) -> UUID | None:
    """A new attachment's id; None when the agency attached as many as it may."""
    row = await reading.row(
        ADD, record=record, group=group.value, kind=kind.value, size=size, place=place, scan=scan.value
    )
    found: UUID | None = row["id"] if row else None
    return found


async def read(
    reading: Reading, record: UUID, groups: Iterable[DataGroup], wanted: UUID | None = None
) -> list[AttachmentView]:
    """Those of groups that this operation has looked at."""
    actor = reading.actor
    rows: Sequence[RowMapping] = await reading.rows(
        READ,
        record=record,
        groups=[group.value for group in groups],
        wanted=wanted,
        agency=actor.agency_id,
        function=actor.function.value,
    )
    return [_view(row) for row in rows]


async def reference(reading: Reading, record: UUID) -> str:
    """What people write down of a record that this operation has looked at."""
    row = await reading.row(REFERENCE, record=record)
    if row is None:
        raise LookupError("a record was admitted and cannot be read")
    found: str = row["reference"]
    return found


async def where(reading: Reading, attachment: UUID) -> RowMapping | None:
    """The record and group it belongs to; None: no such thing in a record that the actor may know."""
    return await reading.row(WHERE, attachment=attachment)


async def remove(reading: Reading, attachment: UUID) -> Stays | None:
    """It is gone for everybody, and its row stays; or nothing was done, and why."""
    row = await reading.row(REMOVE, attachment=attachment)
    return Stays(row["why"]) if row and row["why"] else None


async def needed(reading: Reading) -> frozenset[str]:
    """Every place that a row needs; fails for anybody but the worker."""
    return frozenset(row["place"] for row in await reading.rows(NEEDED))


async def move(reading: Reading, place: str, to: str) -> bool:
    """What is needed lies in another place now, and the one before is to be destroyed; False: no row needs it any more.
    For the worker."""
    row = await reading.row(MOVE, place=place, to=to)
    return bool(row and row["moved"])


async def next_unneeded(reading: Reading) -> str | None:
    """A place that nothing needs any more; None: there is none to be tried now. For the worker."""
    row = await reading.row(NEXT_UNNEEDED)
    return row["place"] if row else None


async def end_unneeded(reading: Reading, place: str, is_destroyed: bool) -> None:
    """What lay there is destroyed; or it is tried again in ten minutes. For the worker."""
    await reading.rows(END_UNNEEDED, place=place, destroyed=is_destroyed)


async def next_unscanned(reading: Reading) -> RowMapping | None:
    """The id and place of a file that waits for its scan, for ten minutes more; None: none does. For the worker."""
    return await reading.row(NEXT_UNSCANNED)


async def end_scan(reading: Reading, place: str, scan: Scan) -> None:
    """What the scanner said of what lies there. For the worker."""
    await reading.rows(END_SCAN, place=place, scan=scan.value)


def _view(row: RowMapping) -> AttachmentView:
    kind = Kind(row["kind"])
    return AttachmentView(
        id=row["id"],
        record_id=row["record_id"],
        group=DataGroup(row["data_group"]),
        name=file_name(kind, row["position"]),
        kind=kind,
        size=row["size"],
        scan=Scan(row["scan"]),
        added_at=row["added_at"],
        is_own=row["is_own"],
        place=row["place"],
        agency=AgencyName(row["agency_id"], row["agency_code"], row["agency_name"]),
    )
