"""T73: the rules in Python and the rows in PostgreSQL give the same answer for everything that can be asked."""

import json
import random
from collections import defaultdict
from collections.abc import Iterator
from itertools import product
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from policies import engine
from policies.actor import Actor
from policies.permit import RecordFacts
from policies.sight import Sight
from policies.vocabulary import AccessLevel, Action, CaseClass, DataGroup, Function, Relation
from tests.services.database.hats import act_as, wear_every_hat
from tests.services.database.world import World

pytestmark = pytest.mark.anyio

CELLS = """
    SELECT record_id, data_group, action, live, pin, items FROM cells(ARRAY(
        SELECT ROW(w.record, w.involvement, w.relation, 'p', w.scoped, w.scope, w.pins, w.classes,
                   w.items)::record_standing
        FROM jsonb_to_recordset($1) AS w (record uuid, involvement uuid, relation text, scoped boolean, scope text[],
                                          pins text[], classes text[], items text[])))
    WHERE allowed
"""
Standings = dict[UUID, tuple[RecordFacts, ...]]
Opened = tuple[bool, int | None, tuple[str, ...]]  # live, at one version, single entries
Answers = dict[UUID, dict[tuple[str, str], Opened]]


def class_sets() -> Iterator[frozenset[CaseClass]]:
    """Every set of classes that a record can have."""
    for age, *rest in product(
        (CaseClass.ADULT, CaseClass.CHILD),
        (CaseClass.CASE, None),
        (CaseClass.COOPERATING, None),
        (CaseClass.SUPPORTED, None),
        (CaseClass.REFERRED, None),
        (CaseClass.DECIDED, None),
    ):
        if age is CaseClass.ADULT or CaseClass.SUPPORTED not in rest:
            yield frozenset({CaseClass.ALWAYS, age, *(one for one in rest if one)})


def one_relation_each(function: Function) -> Standings:
    """A record for every relation and every set of classes; one where no rule gives the function the relation."""
    reached = {row.relation for row in engine.rows() if row.function is function}
    sets = list(class_sets())
    pairs = ((r, classes) for r in Relation for classes in (sets if r in reached else sets[-1:]))
    return {
        UUID(int=n): (RecordFacts(UUID(int=n), UUID(int=n), r, classes),)
        for n, (r, classes) in enumerate(pairs, start=1)
    }


def several_relations(seed: int, many: int = 120) -> Standings:
    """Records on which one actor stands in up to three ways, some of them narrowed to groups or to versions."""
    dice = random.Random(seed)  # noqa: S311 - the same records at every run
    sets = list(class_sets())
    found: Standings = {}
    for number in range(1, many + 1):
        classes = dice.choice(sets)
        relations = dice.sample(list(Relation), dice.randint(1, 3))
        found[UUID(int=number)] = tuple(_standing(dice, UUID(int=number), r, classes) for r in relations)
    return found


def _standing(dice: random.Random, record: UUID, relation: Relation, classes: frozenset[CaseClass]) -> RecordFacts:
    involvement = UUID(int=dice.getrandbits(128))
    if dice.random() < 0.4:
        return RecordFacts(record, involvement, relation, classes)
    groups = list(DataGroup)
    pins = {group: dice.randint(1, 5) for group in dice.sample(groups, dice.randint(0, 6))}
    items = {group: frozenset(_ids(dice)) for group in dice.sample(groups, dice.randint(0, 6))}
    scope = frozenset(dice.sample(groups, dice.randint(0, 6)))
    return RecordFacts(record, involvement, relation, classes, scope, pins, items)


def _ids(dice: random.Random) -> Iterator[UUID]:
    yield from (UUID(int=dice.randint(1, 9)) for _ in range(dice.randint(1, 3)))


def in_python(function: Function, level: AccessLevel, records: Standings) -> Answers:
    nobody = UUID(int=0)
    actor = Actor(nobody, nobody, nobody, function, level)
    cells = defaultdict(set)
    for row in engine.rows():
        if (row.function, row.access_level) == (function, level):
            cells[row.relation].add((row.data_group, row.action))
    answers: Answers = {}
    for record, standings in records.items():
        sight = Sight(engine.table(), actor, standings)
        for group, action in set[tuple[DataGroup, Action]]().union(*(cells[one.relation] for one in standings)):
            live, is_reading = bool(sight.groups({group}, action)), action is Action.SEE
            pin = sight.pins({group}).get(group) if is_reading and not live else None
            items = sight.items({group}).get(group, frozenset()) if is_reading else frozenset()
            if live or pin or items:
                texts = tuple(sorted(f"{group}:{item}" for item in items))
                answers.setdefault(record, {})[group.value, action.value] = (live, pin, texts)
    return answers


async def in_sql(admin: asyncpg.Connection, records: Standings) -> Answers:
    wanted = [as_row(standing) for standings in records.values() for standing in standings]
    answers: Answers = {}
    for row in await admin.fetch(CELLS, json.dumps(wanted)):
        opened = (row["live"], row["pin"], tuple(row["items"]))
        answers.setdefault(row["record_id"], {})[row["data_group"], row["action"]] = opened
    return answers


def as_row(standing: RecordFacts) -> dict[str, Any]:
    return {
        "record": str(standing.record_id),
        "involvement": str(standing.involvement_id),
        "relation": standing.relation,
        "scoped": standing.scope is not None,
        "scope": sorted(standing.scope or ()),
        "pins": [f"{group}:{version}" for group, version in standing.pins.items()],
        "classes": sorted(standing.classes),
        "items": [f"{group}:{item}" for group, items in standing.items.items() for item in items],
    }


@pytest.fixture
async def hats(own_world: World) -> World:
    """Somebody who may act in every function."""
    await wear_every_hat(own_world)
    return own_world


@pytest.mark.timeout(600)  # every function and level with every relation and class
async def test_every_cell_of_every_reachable_standing_is_the_same(hats: World) -> None:
    compared = 0

    for function, level in product(Function, AccessLevel):
        records = one_relation_each(function)
        await act_as(hats, function, level)
        expected = in_python(function, level, records)
        assert await in_sql(hats.platform.admin, records) == expected, (function, level)
        compared += sum(map(len, expected.values()))

    assert compared > 10_000


@pytest.mark.parametrize("seed", range(3))
async def test_several_relations_scopes_pins_and_items_are_weighed_alike(hats: World, seed: int) -> None:
    records = several_relations(seed)

    for function in (Function.FIRST_RESPONDER, Function.CHILDRENS_SERVICES, Function.DECISION_MAKER, Function.HEALTH):
        await act_as(hats, function, AccessLevel.PRACTITIONER)
        expected = in_python(function, AccessLevel.PRACTITIONER, records)
        assert await in_sql(hats.platform.admin, records) == expected, function
        opened = [cell for cells in expected.values() for cell in cells.values()]
        assert any(pin for _, pin, _ in opened) or function is Function.DECISION_MAKER
        assert any(items and not live for live, _, items in opened)


async def test_a_changed_row_is_noticed_by_this_comparison(hats: World) -> None:
    """The comparison itself can fail."""
    await hats.platform.admin.execute(
        "UPDATE policy_grant SET effect = 'deny' WHERE function = 'first_responder' AND relation = 'referrer'"
        " AND data_group = 'identity' AND action = 'see'"
    )
    await act_as(hats, Function.FIRST_RESPONDER, AccessLevel.PRACTITIONER)
    records = one_relation_each(Function.FIRST_RESPONDER)

    expected = in_python(Function.FIRST_RESPONDER, AccessLevel.PRACTITIONER, records)

    assert await in_sql(hats.platform.admin, records) != expected
