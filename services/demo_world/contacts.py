"""Invented contact points and duty lists of the demo. Every number is from the ranges that are given to fiction."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

POINT = text("""
    INSERT INTO contact_point (agency_id, function, kind, hours, nation, name, address, valid_from, recorded_at)
    SELECT a.id, :function, :kind, :hours, CAST(:nation AS text), :name, :address, DATE '2009-04-01', moment()
    FROM agency a WHERE a.code = :agency AND NOT EXISTS (
        SELECT FROM contact_point c WHERE c.agency_id = a.id AND c.function = :function AND c.address = :address)
""")
DUTY = text("""
    INSERT INTO duty_shift (agency_id, function, name, telephone, from_at, until_at, recorded_at)
    SELECT a.id, :function, :name, :telephone, :from_at, :until_at, moment()
    FROM agency a WHERE a.code = :agency AND NOT EXISTS (
        SELECT FROM duty_shift d WHERE d.agency_id = a.id AND d.function = :function AND d.from_at = :from_at)
""")


def content() -> dict[str, Any]:
    """The contacts as the file has them."""
    found: dict[str, Any] = json.loads(Path(__file__).with_name("contacts.json").read_text(encoding="utf-8"))
    return found


async def load(connection: AsyncConnection) -> None:
    """Put them into the database; what is there already stays."""
    known = content()
    for point in known["contact_points"]:
        await connection.execute(POINT, {"nation": None} | point)
    for shift in known["duty"]:
        row = {name: shift[name] for name in ("agency", "function", "name", "telephone")}
        period = {f"{edge}_at": datetime.fromisoformat(shift[edge]) for edge in ("from", "until")}
        await connection.execute(DUTY, row | period)
