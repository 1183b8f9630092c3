"""What the database kept of who stood where, and the rules of other days."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import RowMapping, text
from sqlalchemy.dialects.postgresql import JSONB

from services.tools import Reading

ACCESS_THEN = text("SELECT * FROM access_then(:lookup, :person, :moment)").columns(abilities=JSONB, looks=JSONB)
RULES = text("""
    SELECT function, relation, case_class, access_level, data_group, action, effect, rule
    FROM policy_grant WHERE policy_version = :version
""")


async def access_then(reading: Reading, lookup: str, person: UUID, moment: datetime) -> RowMapping | None:
    """How this person stood to this record then, and what they did that day; writes the line of asking."""
    return await reading.row(ACCESS_THEN, lookup=lookup, person=person, moment=moment)


async def rules(reading: Reading, version: str) -> Sequence[tuple[str, ...]]:
    """The rows of a version of the policy."""
    return [tuple(map(str, row.values())) for row in await reading.rows(RULES, version=version)]
