"""Who is asking: one person, or machine, of one agency in one function."""

from dataclasses import dataclass
from uuid import UUID

from policies.vocabulary import AccessLevel, Function


@dataclass(frozen=True, slots=True)
class Actor:
    """The session's owner as the rules see them; never built from anything a client claims."""

    session_id: UUID
    member_id: UUID
    agency_id: UUID
    function: Function
    access_level: AccessLevel
