"""SQL for letters; who may write and send them, and what is safe, the gatekeeper says."""

from datetime import date
from uuid import UUID

from sqlalchemy import RowMapping, text

from services.letters.views import LetterView
from services.letters.words import Addressee, Matter
from services.tools import Reading

WRITE = text("SELECT write_letter(:record, :matter, :until)")
NEXT = text("SELECT * FROM next_letter()")
END = text("SELECT end_letter(:letter, :template)")
READ = text("""
    SELECT l.id, l.addressee, l.matter, l.on_day, l.until, a.name AS authority, r.reference
    FROM letter l JOIN agency a ON a.id = l.agency_id JOIN record r ON r.id = l.record_id
    WHERE l.record_id = :record AND (CAST(:wanted AS uuid) IS NULL OR l.id = :wanted) ORDER BY l.written_at, l.id
""")
WHERE = text("SELECT where_letter(:letter) AS record")
TO_POST = text("SELECT words, language FROM to_post(:letter)")
LEAVE = text("SELECT leave_to_a_person(:letter, :reason)")
NEXT_TO_AGENCY = text("SELECT * FROM next_agency_letter()")
GIVE = text("SELECT give_letter(:letter, :template)")
UNTRANSLATED = text("SELECT leave_to_authority(:letter, 'letter_not_translated', NULL)")


async def write(reading: Reading, record: UUID, matter: Matter, until: date | None = None) -> None:
    """Letters about an act of this transaction, each leaves with the commit or never. Nobody writes to a child."""
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


async def next_to_agency(reading: Reading) -> RowMapping | None:
    """The next to an agency that waits, locked; its addressee may turn out to be the person by now."""
    return await reading.row(NEXT_TO_AGENCY)


async def give(reading: Reading, letter: UUID, template: str) -> None:
    """Give it to the agency that takes it, with this wording; where none can, the authority has a task."""
    await reading.run(GIVE, letter=letter, template=template)


async def tell_untranslated(reading: Reading, letter: UUID) -> None:
    """The authority is told that the person reads it in a language that they did not ask for."""
    await reading.run(UNTRANSLATED, letter=letter)


async def read(reading: Reading, record: UUID, wanted: UUID | None = None) -> list[LetterView]:
    """Those of a record that this operation has looked at, the oldest first."""
    rows = await reading.rows(READ, record=record, wanted=wanted)
    return [
        LetterView(**{**row, "addressee": Addressee(row["addressee"]), "matter": Matter(row["matter"])}) for row in rows
    ]


async def where(reading: Reading, letter: UUID) -> UUID | None:
    """The record it is about; None: no such thing in a record that the actor may know."""
    row = await reading.row(WHERE, letter=letter)
    return row["record"] if row else None


async def to_post(reading: Reading, letter: UUID) -> RowMapping | None:
    """Its words and language where it is to be printed and posted; for whoever has looked at its group."""
    return await reading.row(TO_POST, letter=letter)
