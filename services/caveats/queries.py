"""Reading one's own agency's entries under a caveat: a look and a line of its own, never part of another.

Where there is no such case, none for the actor, or nothing of their agency in it, the answer is the same: nothing.
"""

from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from sqlalchemy import RowMapping

from policies.permit import Permit
from policies.vocabulary import DataGroup
from services import gate
from services.caveats import store
from services.caveats.views import Caveat, EntryPage, EntryView
from services.tools import Reading

ONLY: Final = frozenset({DataGroup.CAVEATED})
Place = tuple[datetime, UUID]
NEWEST: Final[Place] = (datetime.max.replace(tzinfo=UTC), UUID(int=2**128 - 1))


async def entries(reading: Reading, case: str, most: int, before: Place | None = None) -> EntryPage:
    """A page of what the actor's agency wrote in their function, before a place; the newest first."""
    permit = await _permit(reading, case)
    rows = await store.entries(reading, permit, before or NEWEST, most + 1) if permit else ()
    return EntryPage(tuple(map(_view, rows[:most])), has_more=len(rows) > most)


async def one(reading: Reading, case: str, entry: UUID) -> EntryView | None:
    """An entry by its id; None: there is none, or none for this actor."""
    permit = await _permit(reading, case)
    rows = await store.entries(reading, permit, NEWEST, 1, entry) if permit else ()
    return _view(rows[0]) if rows else None


async def _permit(reading: Reading, case: str) -> Permit | None:
    admission = (await gate.look(reading, [case], ONLY)).get(case)
    if admission is None or admission.kind != "case" or not admission.permit.see >= ONLY:
        return None
    return admission.permit


def _view(row: RowMapping) -> EntryView:
    return EntryView(row["id"], Caveat(row["caveat"]), row["content"], row["writer"], row["written_at"])
