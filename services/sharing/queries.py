"""Which lawful words there are today. What was shared of a record is read with the record."""

from services.clocks.rules import london_date
from services.sharing.words import LawfulWord, lawful_words
from services.tools import Reading


async def words(reading: Reading) -> tuple[LawfulWord, ...]:
    """Every word in force, in the rows' own order."""
    today = london_date(reading.now)
    return tuple(row for row in lawful_words() if row.applies_on(today))
