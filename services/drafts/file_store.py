"""SQL for files of drafts that this operation has looked at; the database asks again whose they are."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import RowMapping, text

from policies.vocabulary import DataGroup
from services.attachments.kinds import Kind, file_name
from services.attachments.preparing import Prepared
from services.attachments.scanner import Scan
from services.drafts.views import DraftFileView
from services.tools import Reading

ADD = text("SELECT add_draft_file(:draft, :group, :kind, :size, :place, :scan) AS id")
READ = text("""
    SELECT f.draft_id, f.id, f.data_group, f.position, f.kind, f.size, f.scan, f.added_at, f.place FROM draft_file f
    WHERE f.draft_id = ANY (:drafts) ORDER BY f.data_group, f.position
""")
WHERE = text("SELECT where_draft_file(:file) AS draft")
REMOVE = text("SELECT remove_draft_file(:file)")
TAKE_OVER = text("SELECT take_over_draft_files(:draft, :record) AS done")


async def add(reading: Reading, draft: UUID, group: DataGroup, file: Prepared, place: str) -> UUID | None:
    """A new file's id; None when the draft has as many as it may."""
    about = {"kind": file.kind.value, "size": file.content.size, "scan": file.scan.value}
    row = await reading.row(ADD, draft=draft, group=group.value, place=place, **about)
    found: UUID | None = row["id"] if row else None
    return found


async def read(reading: Reading, drafts: Sequence[UUID]) -> Mapping[UUID, Sequence[DraftFileView]]:
    """Those of drafts that this operation has looked at, by draft; of one without any there is nothing."""
    found: dict[UUID, list[DraftFileView]] = defaultdict(list)
    for row in await reading.rows(READ, drafts=drafts):
        found[row["draft_id"]].append(_view(row))
    return found


async def where(reading: Reading, file: UUID) -> UUID | None:
    """The draft of a file; None: no such thing for this actor."""
    row = await reading.row(WHERE, file=file)
    return row["draft"] if row else None


async def remove(reading: Reading, file: UUID) -> None:
    """It is gone; what it held is left to the worker."""
    await reading.rows(REMOVE, file=file)


async def take_over(reading: Reading, draft: UUID, record: UUID) -> bool:
    """They are the record's from here on, in groups that this operation may write there; not if they are too many."""
    row = await reading.row(TAKE_OVER, draft=draft, record=record)
    return bool(row and row["done"])


def _view(row: RowMapping) -> DraftFileView:
    kind = Kind(row["kind"])
    return DraftFileView(
        id=row["id"],
        group=DataGroup(row["data_group"]),
        name=file_name(kind, row["position"]),
        kind=kind,
        size=row["size"],
        scan=Scan(row["scan"]),
        added_at=row["added_at"],
        place=row["place"],
    )
