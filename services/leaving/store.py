"""SQL of leaving; the gatekeeper's functions judge, move and record everything."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import RowMapping, text

from services.tools import Reading

LEAVING = text("SELECT * FROM leaving_of(:member)")
END = text("""
    SELECT id, problem, about FROM end_membership(:member, :version, CAST(:successors AS jsonb), :reason, :ends_on)
""")
PLANNED = text("SELECT * FROM planned_ends()")
ENDED = text("SELECT * FROM ended_membership(:member)")
REFUSE = text("SELECT refuse_administration('membership.end', :member, :code)")


async def leaving(reading: Reading, member: UUID) -> Sequence[RowMapping]:
    """One row for each function; none for nobody, with a line in either case."""
    return await reading.rows(LEAVING, member=member)


async def end(
    reading: Reading,
    member: UUID,
    version: int,
    successors: Sequence[Mapping[str, object]],
    reason: str,
    ends_on: date | None,
) -> Sequence[RowMapping]:
    """End it, or plan it: one row with the id, or one for each thing against it with the function it is about."""
    sent = json.dumps(successors, default=str)
    return await reading.rows(END, member=member, version=version, successors=sent, reason=reason, ends_on=ends_on)


async def planned(reading: Reading) -> Sequence[RowMapping]:
    """Ends on a day to come, or that nobody could take over; none for anybody but an administrator."""
    return await reading.rows(PLANNED)


async def ended(reading: Reading, member: UUID) -> Sequence[RowMapping]:
    """What was handed over, one row each; a single row without a function when there was nothing."""
    return await reading.rows(ENDED, member=member)


async def refuse(reading: Reading, member: UUID, code: str) -> None:
    """Write the line of an end that was refused."""
    await reading.run(REFUSE, member=member, code=code)
