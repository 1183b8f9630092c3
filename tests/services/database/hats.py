"""One person who may act in every function at every level, whatever else forbids that."""

from policies.vocabulary import AccessLevel, Function
from tests.services.database.world import World

PERSON = "wyp-1"
WEAR_EVERY_HAT = """
    INSERT INTO agency_function (agency_id, function, valid_from)
    SELECT s.agency_id, f, DATE '2009-04-01' FROM session s, unnest($2::text[]) f
    WHERE s.secret_hash = sha256(convert_to($1, 'UTF8')) AND NOT EXISTS (
        SELECT FROM agency_function held WHERE held.agency_id = s.agency_id AND held.function = f)
"""
WEAR_HATS_TOO = """
    INSERT INTO member_function (member_id, function, access_level, valid_from)
    SELECT s.member_id, f, 'practitioner', DATE '2009-04-01' FROM session s, unnest($2::text[]) f
    WHERE s.secret_hash = sha256(convert_to($1, 'UTF8')) AND NOT EXISTS (
        SELECT FROM member_function held WHERE held.member_id = s.member_id AND held.function = f)
"""


async def wear_every_hat(world: World) -> None:
    """The person and their agency get every function; the administrator's connection is theirs from now on."""
    for table in ("agency_function", "member_function"):
        await world.platform.admin.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    for statement in (WEAR_EVERY_HAT, WEAR_HATS_TOO):
        await world.platform.admin.execute(statement, world.secret(PERSON), list(Function))
    await world.platform.admin.execute("SELECT set_config('concordat.session', $1, false)", world.secret(PERSON))


async def act_as(world: World, function: Function, level: AccessLevel) -> None:
    """From now on the person acts in this function, at this level."""
    await world.platform.admin.execute("UPDATE member_function SET access_level = $1", level)
    await world.platform.admin.execute("UPDATE session SET function = $1", function)
    assert await world.platform.admin.fetchval("SELECT my_function() || my_access_level()") == function + level
