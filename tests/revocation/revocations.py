"""Every way in which somebody's access ends, as the gatekeeper's functions do it, in one commit."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

import asyncpg

NEW_ENEMY: Final = "Written for those who are left"
WRITE = f"""
    INSERT INTO group_content (record_id, data_group, version, content, recorded_at, recorded_by)
    SELECT g.record_id, g.data_group, g.version + 1, g.content || jsonb_build_object('what_happened', '{NEW_ENEMY}'),
           moment(), g.recorded_by
    FROM group_content g WHERE g.record_id = $1 AND g.data_group = 'account' ORDER BY g.version DESC LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Actor:
    """Whose access ends, and to what."""

    session: UUID
    member: UUID
    agency: UUID
    function: str
    record: UUID


ENDS: Final = {
    "the session ends": "UPDATE session SET ended_at = moment() WHERE id = $1",
    "the membership ends": "SELECT end_everything($2)",
    "the function ends": "SELECT end_function($2, $4, NULL)",
    "the agency's function ends": """
        UPDATE agency_function SET valid_until = greatest(valid_from, london_today()), ended_at = moment()
        WHERE agency_id = $3 AND function = $4""",
    "the person is barred": """
        INSERT INTO access_bar (record_id, member_id, reason, from_at) VALUES ($5, $2, 'Invented', moment())""",
    "the agency is barred": """
        INSERT INTO access_bar (record_id, agency_id, reason, from_at) VALUES ($5, $3, 'Invented', moment())""",
    "the involvement ends": """
        UPDATE involvement SET until_at = moment()
        WHERE record_id = $5 AND agency_id = $3 AND (until_at IS NULL OR until_at > moment())""",
    "the record is restricted to others": """
        WITH gone AS (UPDATE assignment SET until_at = moment()
                      WHERE record_id = $5 AND member_id = $2 AND until_at IS NULL)
        UPDATE record SET restricted = true WHERE id = $5""",
}
OF_THE_ACTOR: Final = ("the session ends", "the membership ends", "the function ends", "the agency's function ends")
"""Those that end every act, also one that is about no record yet."""


async def revoke(admin: asyncpg.Connection, name: str, actor: Actor) -> None:
    """End the access and, in the same commit, write what the actor must never read. It is acknowledged by returning."""
    statement, values = _bound(ENDS[name], actor)
    async with admin.transaction():
        if name not in OF_THE_ACTOR:  # first, so that what the operation added ends as well
            await admin.execute("SELECT change_of_access($1)", actor.record)
        await admin.fetch(statement, *values)
        await admin.execute(WRITE, actor.record)


def _bound(statement: str, actor: Actor) -> tuple[str, list[object]]:
    """The statement with the values it names, numbered without gaps."""
    every = {1: actor.session, 2: actor.member, 3: actor.agency, 4: actor.function, 5: actor.record}
    used = [number for number in every if f"${number}" in statement]
    for place, number in enumerate(used, start=1):
        statement = statement.replace(f"${number}", f"${place}")
    return statement, [every[number] for number in used]
