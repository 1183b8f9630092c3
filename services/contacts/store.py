"""SQL for contact points and duty. They are written by functions of the database, which ask who may keep them."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import RowMapping, text

from policies.vocabulary import Function
from services.contacts.views import ContactHours, ContactKind
from services.regimes.words import Nation
from services.tools import Reading

POINTS = text("""
    SELECT id, agency_id, function, kind, hours, nation, name, address, valid_until FROM contact_point
    WHERE agency_id = ANY (:agencies) AND valid_from <= london_today()
      AND (valid_until IS NULL OR valid_until > london_today())
    ORDER BY agency_id, id
""")
DUTY = text("""
    SELECT id, agency_id, function, name, telephone, from_at, until_at, from_at <= moment() AS is_now FROM duty_shift
    WHERE agency_id = ANY (:agencies) AND until_at > moment() ORDER BY agency_id, from_at, name, id
""")
MAY_KEEP = text("SELECT may_keep_contacts(:agency, :function) AS may")
POINT_OF = text("SELECT agency_id, function, ended_at IS NOT NULL AS ended FROM contact_point WHERE id = :id")
SHIFT_OF = text("SELECT agency_id, function, until_at <= moment() AS ended FROM duty_shift WHERE id = :id")
RECORD_POINT = text("""
    SELECT record_contact_point(:agency, :function, :kind, :hours, CAST(:nation AS text), :name, :address,
                                CAST(:from_day AS date), CAST(:until_day AS date)) AS id
""")
END_POINT = text("SELECT end_contact_point(:id)")
RECORD_DUTY = text("SELECT record_duty(:agency, :function, :name, :telephone, :from_at, :until_at) AS id")
END_DUTY = text("SELECT end_duty(:id)")


async def points(reading: Reading, agencies: Iterable[UUID]) -> Sequence[RowMapping]:
    """Contact points that are valid today."""
    return await reading.rows(POINTS, agencies=list(agencies))


async def duty(reading: Reading, agencies: Iterable[UUID]) -> Sequence[RowMapping]:
    """Who is on duty, or will be."""
    return await reading.rows(DUTY, agencies=list(agencies))


async def may_keep(reading: Reading, agency: UUID, function: Function) -> bool:
    """Whether the actor keeps the contacts of this function of this agency."""
    row = await reading.row(MAY_KEEP, agency=agency, function=function.value)
    return bool(row and row["may"])


async def of_point(reading: Reading, point: UUID) -> RowMapping | None:
    """Whose contact point this is, and whether it was ended."""
    return await reading.row(POINT_OF, id=point)


async def of_shift(reading: Reading, shift: UUID) -> RowMapping | None:
    """Whose shift this is, and whether it is over."""
    return await reading.row(SHIFT_OF, id=shift)


async def record_point(
    reading: Reading,
    agency: UUID,
    function: Function,
    kind: ContactKind,
    hours: ContactHours,
    nation: Nation | None,
    name: str,
    address: str,
    period: tuple[date | None, date | None],
) -> UUID:
    """A new contact point."""
    row = await reading.row(
        RECORD_POINT,
        agency=agency,
        function=function.value,
        kind=kind.value,
        hours=hours.value,
        nation=nation.value if nation else None,
        name=name,
        address=address,
        from_day=period[0],
        until_day=period[1],
    )
    return _id(row)


async def end_point(reading: Reading, point: UUID) -> None:
    """It reaches nobody from today on."""
    await reading.run(END_POINT, id=point)


async def record_duty(
    reading: Reading,
    agency: UUID,
    function: Function,
    name: str,
    telephone: str,
    period: tuple[datetime, datetime],
) -> UUID:
    """Somebody on duty from one moment until another."""
    values = {"agency": agency, "function": function.value, "name": name, "telephone": telephone}
    return _id(await reading.row(RECORD_DUTY, **values, from_at=period[0], until_at=period[1]))


async def end_duty(reading: Reading, shift: UUID) -> None:
    """The shift is over now."""
    await reading.run(END_DUTY, id=shift)


def _id(row: RowMapping | None) -> UUID:
    if row is None:
        raise LookupError("nothing was recorded")
    made: UUID = row["id"]
    return made
