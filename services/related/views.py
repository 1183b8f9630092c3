"""Two cases that have to do with each other, both as their reader may see them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from services.cases.views import RecordView


class LinkKind(StrEnum):
    """Why two cases are linked."""

    SAME_PERSON = "same_person"
    SAME_FAMILY = "same_family"
    SAME_SITUATION = "same_situation"


@dataclass(frozen=True, slots=True)
class LinkView:
    """A link; `reason` None: another agency's, or another function's, made it."""

    id: UUID
    kind: LinkKind
    linked_at: datetime
    reason: str | None
    cases: tuple[RecordView, RecordView]


@dataclass(frozen=True, slots=True)
class DuplicateView:
    """Two open cases that may be of one person: by their names, or by `same_reference`, whatever the names are.

    `same_birth`: both have a birth date, and the two agree.
    """

    same_birth: bool
    same_reference: bool
    cases: tuple[RecordView, RecordView]
