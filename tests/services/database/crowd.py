"""A world in which one person, who may act in every function, stands to thousands of records in every way."""

from dataclasses import dataclass
from uuid import UUID

from policies.vocabulary import CaseClass, Function
from tests.services.database import many_works, ways_written
from tests.services.database.hats import PERSON, wear_every_hat
from tests.services.database.many_ways import Cast, Made, every_way
from tests.services.database.many_works import Asked, Task
from tests.services.database.world import World

TEAM = (
    "INSERT INTO team (agency_id, function, name) SELECT $1, f, 'Us' FROM unnest($2::text[]) f RETURNING id, function"
)
JOIN = """
    INSERT INTO team_membership (team_id, member_id, standing, from_at)
    SELECT t, $2, $3, moment() - interval '1 day' FROM unnest($1::uuid[]) t
"""
CLASSES = "SELECT id, case_classes(id, london_today()) FROM unnest($1::uuid[]) id"


@dataclass(frozen=True)
class Crowd:
    """The records, what is to be done on them, and what is true of each."""

    world: World
    cast: Cast
    records: list[Made]
    asked: list[Asked]
    tasks: list[Task]
    classes: dict[UUID, frozenset[CaseClass]]


async def gathered(world: World) -> Crowd:
    """Everybody and everything, in a world that no other test reads."""
    await wear_every_hat(world)
    admin = world.platform.admin
    cast = await _cast(world)
    records = every_way(cast)
    asked, to_do = many_works.requests(cast, records), many_works.tasks(cast, records)
    await ways_written.write(admin, cast, records)
    await many_works.write(admin, cast, asked, to_do)
    rows = await admin.fetch(CLASSES, [made.id for made in records])
    classes = {row["id"]: frozenset(map(CaseClass, row["case_classes"])) for row in rows}
    return Crowd(world, cast, records, asked, to_do, classes)


async def _cast(world: World) -> Cast:
    admin = world.platform.admin
    people = {row["subject"]: row for row in await admin.fetch("SELECT id, subject, agency_id FROM member")}
    me, worker, colleague = people[PERSON], people["wyp-2"], people["wyp-3"]
    teams = {row["function"]: row["id"] for row in await admin.fetch(TEAM, me["agency_id"], list(Function))}
    await admin.execute(JOIN, list(teams.values()), me["id"], "manager")
    await admin.execute(JOIN, list(teams.values()), worker["id"], "member")
    return Cast(
        now=await admin.fetchval("SELECT moment()"),
        today=await admin.fetchval("SELECT london_today()"),
        person=me["id"],
        worker=worker["id"],
        colleague=colleague["id"],
        agency=me["agency_id"],
        elsewhere=people["sca-1"]["agency_id"],
        teams=teams,
    )
