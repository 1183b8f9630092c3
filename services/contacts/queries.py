"""How agencies can be reached today, and at this moment."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import RowMapping

from policies.vocabulary import Function
from services.contacts import rules, store
from services.contacts.views import ContactHours, ContactKind, ContactPointView, DutyView, Reach
from services.regimes.words import Nation
from services.tools import Reading


async def reach(reading: Reading, agencies: Iterable[UUID]) -> dict[UUID, Reach]:
    """For each of the agencies; one that nobody described has an empty one."""
    wanted = sorted(set(agencies), key=str)
    if not wanted:
        return {}
    points, duty = await store.points(reading, wanted), await store.duty(reading, wanted)
    return {
        agency: Reach(
            tuple(sorted((_point(reading, row) for row in points if row["agency_id"] == agency), key=rules.order)),
            tuple(_duty(row) for row in duty if row["agency_id"] == agency),
        )
        for agency in wanted
    }


def _point(reading: Reading, row: RowMapping) -> ContactPointView:
    hours, nation = ContactHours(row["hours"]), Nation(row["nation"]) if row["nation"] else None
    return ContactPointView(
        id=row["id"],
        function=Function(row["function"]),
        kind=ContactKind(row["kind"]),
        hours=hours,
        nation=nation,
        name=row["name"],
        address=row["address"],
        valid_until=row["valid_until"],
        reaches_now=rules.reaches(hours, nation, reading.now),
    )


def _duty(row: RowMapping) -> DutyView:
    return DutyView(
        row["id"],
        Function(row["function"]),
        row["name"],
        row["telephone"],
        row["from_at"],
        row["until_at"],
        row["is_now"],
    )
