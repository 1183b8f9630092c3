"""Access records. Looking is written first; the database hands out only what this operation's lines name."""

from collections.abc import Iterable, Sequence
from enum import StrEnum

from sqlalchemy import RowMapping, text

from policies.vocabulary import Action, DataGroup
from services.tools import Reading

ADMIT = text("SELECT * FROM admit(:lookups, :asked, :act, :to_write)")
REFUSE = text("SELECT refuse(:lookups, :act, :asked)")


async def admit(
    reading: Reading, lookups: Sequence[str], asked: Iterable[DataGroup], act: Action, to_write: Iterable[DataGroup]
) -> Sequence[RowMapping]:
    """Write one line per lookup; a row comes back for each record that the actor may know."""
    return await reading.rows(
        ADMIT, lookups=list(lookups), asked=sorted(asked), act=act.value, to_write=sorted(to_write)
    )


async def refuse(reading: Reading, lookups: Sequence[str], act: StrEnum) -> None:
    """Write the line of an act that was refused or undone."""
    await reading.run(REFUSE, lookups=list(lookups), act=act.value, asked=[])
