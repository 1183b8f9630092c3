"""Filling the directory, with an administrator's connection. Rows that are there already stay as they are."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from services.agencies import directory

ADD_AGENCY = text("""
    INSERT INTO agency (code, name, valid_from, valid_until) VALUES (:code, :name, :valid_from, :valid_until)
    ON CONFLICT (code) DO NOTHING
""")
ADD_FUNCTION = text("""
    INSERT INTO agency_function (agency_id, function, nations, valid_from, valid_until)
    SELECT id, :function, :nations, :valid_from, :valid_until FROM agency WHERE code = :code
    ON CONFLICT DO NOTHING
""")


async def load(connection: AsyncConnection) -> None:
    """Every body of the reference lists, with what it does."""
    bodies = [
        {"code": b.code, "name": b.name, "valid_from": b.valid_from, "valid_until": b.valid_until}
        for b in directory.bodies().values()
    ]
    await connection.execute(ADD_AGENCY, bodies)
    functions = [
        {
            "code": d.code,
            "function": d.function.value,
            "nations": list(d.nations) if d.nations else None,
            "valid_from": d.valid_from,
            "valid_until": d.valid_until,
        }
        for d in directory.functions()
    ]
    await connection.execute(ADD_FUNCTION, functions)
