"""Two cases of which hardly anything is known, with somebody in each to whom a hidden fact would open something."""

from uuid import UUID

from tests.services.database.world import World
from tests.world.stories import open_concern, raw_id

UNKNOWN, GROWN = "Nobody's age is known", "Somebody is an adult"
STANDING = (
    ("lcc-1", "childrens_services", "safeguarding_lead"),
    ("eha-2", "guardian", "guardian"),
    ("wyp-3", "investigating_police", "investigating_police"),
    ("tsa-1", "support_prime", "support_intake"),
)
STAND = """
    WITH given AS (
        INSERT INTO involvement (record_id, record_kind, agency_id, function, relation, purpose, lawful_basis, source,
                                 given_by, from_at)
        SELECT $1, 'case', m.agency_id, $3, $4, $5, 'A basis', 'a test', m.id, moment()
        FROM member m WHERE m.subject = $2
        RETURNING *
    )
    INSERT INTO assignment (record_id, involvement_id, agency_id, function, member_id, reason, given_by, from_at)
    SELECT record_id, id, agency_id, function, given_by, 'A reason', given_by, moment() FROM given
"""
FORGET = (
    "DELETE FROM group_summary WHERE record_id = $1",
    "DELETE FROM group_content WHERE record_id = $1",
    "DELETE FROM case_fact WHERE record_id = $1 AND data_group <> 'core'",
    "DELETE FROM involvement_scope WHERE involvement_id IN (SELECT id FROM involvement WHERE record_id = $1)",
    "DELETE FROM assignment WHERE record_id = $1",
    "DELETE FROM involvement WHERE record_id = $1",
)
# Kept in a group that nobody reads in a case, so that nothing but what it opens could tell it.
OF_AGE = """
    INSERT INTO case_fact (record_id, data_group, kind, value, effective_from, recorded_at, recorded_by)
    SELECT $1, 'duty_to_notify', 'age', 'adult', '2026-05-26', moment(), id FROM member WHERE subject = 'lcc-1'
"""


async def hold_bare_cases(world: World) -> None:
    """One of somebody whose age nobody knows, so that the rules take them for a child, and one of an adult."""
    admin = world.platform.admin
    for name in (UNKNOWN, GROWN):
        case = await open_concern(world.person("eps-1"), localAuthority=None)
        record = UUID(raw_id(case["id"]))
        async with admin.transaction():
            await admin.execute("SET LOCAL session_replication_role = replica")  # what is written is never deleted
            for statement in FORGET:
                await admin.execute(statement, record)
        for subject, function, relation in STANDING:
            await admin.execute(STAND, record, subject, function, relation, name)
        if name == GROWN:
            await admin.execute(OF_AGE, record)
