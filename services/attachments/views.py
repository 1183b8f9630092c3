"""What is seen of an attachment, beside its content."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from policies.vocabulary import DataGroup
from services.attachments.kinds import Kind
from services.attachments.scanner import Scan
from services.cases.views import AgencyName


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentView:
    """A file of a record, in one of its groups. Its name is ours; the sender's is not kept."""

    id: UUID
    record_id: UUID
    group: DataGroup
    name: str
    kind: Kind
    size: int
    scan: Scan
    added_at: datetime
    is_own: bool
    place: str
    agency: AgencyName


@dataclass(frozen=True, slots=True)
class FilesView:
    """The files of a case; None: a group that is closed to this actor, or looks like it."""

    reference: str
    groups: Mapping[DataGroup, list[AttachmentView] | None]
