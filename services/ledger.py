"""Access records. Looking is written first; the database hands out only what this operation's lines name."""

from collections.abc import Iterable, Sequence
from enum import StrEnum

from sqlalchemy import RowMapping, text

from policies.vocabulary import Action, DataGroup
from services.tools import Reading

ADMIT = text("SELECT * FROM admit(:asked, :groups, :act, :to_write)")
REFUSE = text("SELECT refuse(:lookups, :act, :asked)")


async def admit(
    reading: Reading, lookups: Sequence[str], asked: Iterable[DataGroup], act: Action, to_write: Iterable[DataGroup]
) -> Sequence[RowMapping]:
    """Write one line per lookup; a row comes back for each record that the actor may know."""
    rows = await reading.each(ADMIT, lookups, groups=sorted(asked), act=act.value, to_write=sorted(to_write))
    return [row for row in rows if row["looked_up"] in lookups]


async def refuse(reading: Reading, lookups: Sequence[str], act: StrEnum) -> None:
    """Write the line of an act that was refused or undone."""
    await reading.run(REFUSE, lookups=list(lookups), act=act.value, asked=[])
