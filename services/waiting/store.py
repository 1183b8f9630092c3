"""SQL of waiting notes; the database asks again whether this operation may note anything."""

from datetime import date
from uuid import UUID

from sqlalchemy import text

from services.tools import Reading

NOTE = text("SELECT note_waiting(:record, :what, :whom, :wakes_on)")


async def note(reading: Reading, record: UUID, what: str, whom: str, wakes_on: date | None) -> None:
    """The next note of the actor's agency and function."""
    await reading.rows(NOTE, record=record, what=what, whom=whom, wakes_on=wakes_on)
