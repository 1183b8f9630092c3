"""What can be seen of strategy meetings: one whole, or those that were convened together."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from services import gate
from services.agencies.queries import Named
from services.meetings.asking import GROUP, lookup
from services.meetings.disclosure import meeting_view
from services.meetings.followed import follow_up
from services.meetings.store import reads
from services.meetings.views import MeetingView
from services.tools import Reading

OVERLAP: Final = timedelta(seconds=60)
"""What was written by a transaction that began before somebody read, and ended after it, comes with their next reading.
No transaction may last as long as this."""


async def one(reading: Reading, meeting: UUID, changed_since: datetime | None = None) -> MeetingView | None:
    """The meeting as this actor may see it, with all its entries or those written since; None: none for them."""
    admissions = await gate.look(reading, [lookup(meeting)], GROUP)
    permits = [found.permit for found in admissions.values()]
    rows = await reads.read(reading, permits, meeting=meeting)
    if not rows:
        return None
    view = meeting_view(rows[0], (await follow_up(reading, permits, [meeting]))[meeting])
    if changed_since is None:
        return view
    start = changed_since - OVERLAP
    return replace(view, entries=tuple(entry for entry in view.entries if entry.recorded_at >= start))


async def chairs(reading: Reading) -> tuple[Named, ...]:
    """Who of the actor's agency may chair: team managers of children's services, and above."""
    return tuple(Named(row["id"], row["display_name"]) for row in await reads.chairs(reading))


async def of_occasion(reading: Reading, cases: Sequence[str], occasion: UUID) -> tuple[MeetingView, ...]:
    """The meetings on these records that were convened together."""
    admissions = await gate.look(reading, cases, GROUP)
    permits = [found.permit for found in admissions.values()]
    rows = await reads.read(reading, permits, occasion=occasion)
    followed = await follow_up(reading, permits, [row["id"] for row in rows])
    return tuple(meeting_view(row, followed[row["id"]]) for row in rows)
