"""What is seen of a draft."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from policies.vocabulary import DataGroup
from services.attachments.kinds import Kind
from services.attachments.scanner import Scan

Said = Mapping[str, tuple[str, ...]]
"""Answers by the key of their question, in the form's plain words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftFileView:
    """A file of a draft, in the group of the case in which it will be. Its name is ours; the sender's is not kept."""

    id: UUID
    group: DataGroup
    name: str
    kind: Kind
    size: int
    scan: Scan
    added_at: datetime
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftView:
    """A form that is not sent yet. It can be read until the end of `last_day`."""

    id: UUID
    reference: str
    version: int
    form_version: str
    answers: Said
    started_at: datetime
    saved_at: datetime
    saved_by: str | None
    warn_on: date
    last_day: date
    files: tuple[DraftFileView, ...] = ()
