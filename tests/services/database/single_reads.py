"""Records asked for one by one, and what Python says of each from what was made up: what every list is held against."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import RowMapping

from policies import engine
from policies.actor import Actor
from policies.permit import Permit, RecordFacts
from policies.vocabulary import ACT_GROUP, Action, DataGroup, Relation
from services import gate
from services.cases.store import reads
from services.tools import Reading
from tests.services.database.crowd import Crowd
from tests.services.database.many_ways import BY_SCOPE, MINE, Bar, Given, Made, Way

READ = frozenset(
    {
        DataGroup.CLOCKS,
        DataGroup.INFORMATION_REQUESTS,
        DataGroup.STRATEGY_MINUTES,
        DataGroup.IDENTITY,
        DataGroup.IMMIGRATION,
        DataGroup.ACCOUNT,
    }
)


@dataclass(frozen=True)
class Opened:
    """What single reads gave, by record."""

    permits: dict[UUID, Permit]
    rows: dict[UUID, RowMapping]


async def singly(reading: Reading, records: Sequence[Made]) -> Opened:
    """Every record asked for by itself; many in one statement, each decided alone."""
    admissions = await gate.look(reading, [str(made.id) for made in records], READ)
    permits = [admission.permit for admission in admissions.values()]
    rows = await reads.read(reading, permits)
    assert len(rows) == len(permits)
    return Opened({permit.record_id: permit for permit in permits}, {row["id"]: row for row in rows})


def agrees_with_python(crowd: Crowd, actor: Actor, records: Iterable[Made], opened: Opened) -> bool:
    """Whether single reads opened what the compiled table opens in Python."""
    found = {one: permit.see | permit.summary for one, permit in opened.permits.items()}
    return found == in_python(crowd, actor, records)


def in_python(crowd: Crowd, actor: Actor, records: Iterable[Made]) -> dict[UUID, frozenset[DataGroup]]:
    """What the compiled table opens of each record, from what was made up and nothing that SQL said but the classes."""
    found = {}
    for made in records:
        facts = [facts_of(crowd, made, way) for way in standing(crowd, made)]
        if facts and (permit := engine.permit(actor, facts, READ, Action.SEE)):
            found[made.id] = permit.see | permit.summary
    return found


def standing(crowd: Crowd, made: Made) -> list[Way]:
    """The involvements that count for the person now."""
    if made.bar in (Bar.ME, Bar.AGENCY):
        return []
    now = crowd.cast.now
    return [
        way
        for way in made.ways
        if way.from_at <= now
        and (way.until_at is None or way.until_at > now)
        and way.is_for_me is not False
        and (way.given is Given.ME or not made.restricted)
    ]


def facts_of(crowd: Crowd, made: Made, way: Way) -> RecordFacts:
    """One of them, as the rules want to know it."""
    items = frozenset(item for group, _, item in way.scope if item)
    return RecordFacts(
        made.id,
        way.id,
        way.relation if way.given in MINE else Relation.COLLEAGUE,
        crowd.classes[made.id],
        frozenset(group for group, pin, item in way.scope if not pin and not item)
        if way.scope or way.relation in BY_SCOPE
        else None,
        {group: pin for group, pin, _ in way.scope if pin},
        {DataGroup.STRATEGY_MINUTES: items} if items else {},
    )


def opens(crowd: Crowd, actor: Actor, made: Made, way: Way, group: DataGroup) -> bool:
    """Whether this one involvement shows the group as it stands now."""
    permit = engine.permit(actor, (facts_of(crowd, made, way),), frozenset({group}), Action.SEE)
    return permit is not None and group in permit.see - permit.pins.keys()


def listing(crowd: Crowd, actor: Actor, made: Made) -> list[Way]:
    """The involvements that bring the record to lists and open it; a request has a list of its own."""
    ways = [way for way in standing(crowd, made) if way.relation is not Relation.REQUESTED]
    return [way for way in ways if opens(crowd, actor, made, way, ACT_GROUP)]
