"""SQL for letters; who may write and send them, and what is safe, the gatekeeper says."""

from datetime import date
from uuid import UUID

from sqlalchemy import RowMapping, text

from services.letters.words import Matter
from services.tools import Reading

WRITE = text("SELECT write_letter(:record, :matter, :until)")
NEXT = text("SELECT * FROM next_letter()")
END = text("SELECT end_letter(:letter, :template)")
LEAVE = text("SELECT leave_to_a_person(:letter, :reason)")


async def write(reading: Reading, record: UUID, matter: Matter, until: date | None = None) -> None:
    """A letter about an act of this transaction; it leaves with the commit or never. Nobody writes to a child."""
    await reading.run(WRITE, record=record, matter=matter.value, until=until)


async def next_letter(reading: Reading) -> RowMapping | None:
    """The next that waits, locked; without an address when it may not leave and became somebody's task."""
    return await reading.row(NEXT)


async def end(reading: Reading, letter: UUID, template: str | None) -> None:
    """It was taken, with this wording; None: it is tried again later."""
    await reading.run(END, letter=letter, template=template)


async def leave_to_a_person(reading: Reading, letter: UUID, reason: str) -> None:
    """It was refused for good: a named agency is told."""
    await reading.run(LEAVE, letter=letter, reason=reason)
