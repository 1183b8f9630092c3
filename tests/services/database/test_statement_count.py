"""A page of thirty costs as many statements as a page of one: enter, find the places, admit, read."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Engine, event

from tests.services.database.raw import connection
from tests.services.database.world import World

pytestmark = pytest.mark.anyio

CASE = "id reference stage identity { __typename } clocks { __typename } account { __typename }"
OPERATIONS = {
    "a case": (f"{{ case(reference: $reference) {{ {CASE} }} }}", 3),
    "a worklist": (f"{{ worklist(scope: ASSIGNED, first: 30) {{ edges {{ node {{ {CASE} }} }} }} }}", 4),
    "an agency's list": (f"{{ worklist(scope: AGENCY, first: 30) {{ edges {{ node {{ {CASE} }} }} }} }}", 4),
    "a narrowed worklist": (
        f"{{ worklist(scope: ASSIGNED, first: 30, order: NEWEST, filter: {{ asleep: false }}) "
        f"{{ edges {{ node {{ {CASE} }} }} }} }}",
        4,
    ),
    "possible duplicates": (f"{{ possibleDuplicates(first: 30) {{ cases {{ {CASE} }} }} }}", 4),
    "links": (f"{{ caseLinks(first: 30) {{ kind reason cases {{ {CASE} }} }} }}", 5),
    "the inbox": ("{ notices(first: 30) { edges { node { kind record { __typename ... on Case { stage } } } } } }", 6),
}
OPEN_THIRTY = """
    SELECT count(*) FROM open_records(array_fill(jsonb_build_object('kind', 'case', 'act', 'referral.submit',
        'purpose', 'a purpose', 'lawful_basis', 'a basis'), ARRAY[30]))
"""
STAGES = """
    INSERT INTO case_fact (record_id, data_group, kind, value, effective_from, recorded_at, recorded_by)
    SELECT r.id, 'core', 'stage', 'concern', london_today(), moment(), m.id
    FROM record r, (SELECT id FROM member LIMIT 1) m WHERE r.kind = 'case' AND NOT EXISTS (
        SELECT FROM case_fact f WHERE f.record_id = r.id AND f.kind = 'stage')
"""
LINK_ALL = """
    WITH made AS (
        INSERT INTO case_link (one_id, other_id, kind, linked_at, linked_by)
        SELECT least(r.id, $1), greatest(r.id, $1), 'same_family', moment(), m.id
        FROM record r, (SELECT id FROM member WHERE subject = 'wyp-1') m WHERE r.kind = 'case' AND r.id <> $1
        ON CONFLICT DO NOTHING RETURNING id)
    SELECT count(*) FROM made
"""
TELL = """
    INSERT INTO notice SELECT (jsonb_populate_record(NULL::notice, to_jsonb(n) || jsonb_build_object(
        'id', gen_random_uuid(), 'reference', gen_random_uuid(), 'record_id', i.record_id, 'function', i.function,
        'agency_id', i.agency_id, 'team_id', NULL))).*
    FROM involvement i, (SELECT * FROM notice LIMIT 1) n
"""
VIEWER = "{ viewer { name functions { function } colleagues { name } teams { name } } }"


@contextmanager
def counting() -> Iterator[list[str]]:
    """Every statement that reaches a driver meanwhile."""
    sent: list[str] = []

    def keep(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        sent.append(statement)

    event.listen(Engine, "before_cursor_execute", keep)
    try:
        yield sent
    finally:
        event.remove(Engine, "before_cursor_execute", keep)


async def fill(world: World) -> None:
    """Thirty more cases of the same officer, and a notice about each."""
    async with connection(world.database) as raw, raw.transaction():
        await raw.fetch("SELECT * FROM enter($1)", world.secret("wyp-1"))
        await raw.fetch(OPEN_THIRTY)
    await world.platform.admin.execute(STAGES)
    await world.platform.admin.execute(TELL)
    await world.platform.admin.execute(LINK_ALL, world.records["adult"])


async def cost(world: World, query: str) -> int:
    reference = await world.platform.admin.fetchval(
        "SELECT reference FROM record WHERE id = $1", world.records["adult"]
    )
    declared = "query ($reference: String) " if "$reference" in query else "query "
    variables = {"reference": reference} if "$reference" in query else {}
    officer = world.person("wyp-1")
    with counting() as sent:
        await officer.ask(declared + query, **variables)
    return len(sent)


@pytest.mark.parametrize(("query", "most"), OPERATIONS.values(), ids=OPERATIONS)
async def test_an_operation_costs_the_same_however_much_there_is(own_world: World, query: str, most: int) -> None:
    await own_world.platform.admin.execute(TELL)
    await own_world.platform.admin.execute(LINK_ALL, own_world.records["adult"])
    few = await cost(own_world, query)
    await fill(own_world)

    assert await cost(own_world, query) == few <= most


async def test_who_one_is_costs_the_same_however_many_cases_there_are(own_world: World) -> None:
    few = await cost(own_world, VIEWER)
    await fill(own_world)

    assert await cost(own_world, VIEWER) == few < 8


async def test_a_nested_page_is_one_look_for_all_of_it(own_world: World) -> None:
    """One line of the ledger for each record of the page, from one statement, and one for looking through the list."""
    await fill(own_world)
    before = len(await own_world.platform.ledger())

    page = await own_world.person("wyp-1").ask(OPERATIONS["a worklist"][0])

    lines = (await own_world.platform.ledger())[before:]
    assert len(page["worklist"]["edges"]) == len([line for line in lines if line["act"] == "see"]) == 30
    assert len(lines) == 31
    assert len({line["transaction"] for line in lines}) == 1
