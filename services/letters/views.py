"""What is seen of a letter."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.letters.words import Addressee, Matter


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterView:
    """A letter about an act of an authority, without whether and how it left."""

    id: UUID
    addressee: Addressee
    matter: Matter
    on_day: date
    until: date | None
    authority: str
    reference: str
