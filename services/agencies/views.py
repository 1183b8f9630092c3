"""Agencies as anybody on the platform may see them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from policies.vocabulary import Function


@dataclass(frozen=True, slots=True)
class AgencyView:
    """An agency, what it does today, and whether it works on the platform."""

    id: UUID
    code: str
    name: str
    on_platform: bool
    valid_from: date
    valid_until: date | None
    functions: tuple[Function, ...]
