"""T18: the context is the session's secret. A forged agency, an ended session, a lost function read nothing."""

import pytest

from tests.services.database.raw import admit, connection, readable, transaction
from tests.services.database.test_admissions import EVERY_GROUP, groups_read
from tests.services.database.world import World

pytestmark = pytest.mark.anyio

FORGERIES = (
    "SET LOCAL concordat.agency = '{agency}'",
    "SET LOCAL concordat.session = '{session}'",
    "SET LOCAL concordat.session = '{hash}'",
    "SET LOCAL concordat.session = ''",
    "SELECT set_config('concordat.member', '{member}', true)",
)
KNOWN = """
    SELECT agency_id AS agency, id AS session, member_id AS member,
           encode(secret_hash, 'hex') AS hash FROM session LIMIT 1
"""
WORKLIST = """{ worklist(scope: %s, first: 1) { edges { node { id } } pageInfo { hasNextPage } }
                notices(first: 1) { edges { node { record { __typename } } } } }"""
TAKEN_AWAY = {
    "the session ended": "UPDATE session SET ended_at = moment() WHERE function = 'first_responder'",
    "the session expired": "UPDATE session SET expires_at = moment()",
    "the session begins later": "UPDATE session SET started_at = moment() + interval '1 minute'",
    "the person lost the function": "UPDATE member_function SET valid_until = london_today()",
    "the person does not have it yet": "UPDATE member_function SET valid_from = london_today() + 1",
    "the agency lost the function": "UPDATE agency_function SET valid_until = london_today()"
    " WHERE function = 'first_responder' AND valid_until IS NULL",
    "the person is an administrator": "UPDATE member_function SET access_level = 'administrator'",
    "the person is barred": "INSERT INTO access_bar (record_id, member_id, reason, from_at)"
    " SELECT r.id, m.id, 'a reason', moment() FROM record r, member m WHERE m.subject = 'wyp-1'",
    "the agency is barred": "INSERT INTO access_bar (record_id, agency_id, reason, from_at)"
    " SELECT r.id, a.id, 'a reason', moment() FROM record r, agency a WHERE a.code = 'west-yorkshire-police'",
    "the record is restricted to others": "UPDATE record SET restricted = true",
    "the involvement ended": "UPDATE involvement SET until_at = moment()",
}


@pytest.mark.parametrize("forgery", FORGERIES)
async def test_a_forged_context_reads_nothing(world: World, forgery: str) -> None:
    known = await world.platform.admin.fetchrow(KNOWN)
    async with transaction(world.database) as raw:
        await raw.execute(forgery.format(**dict(known)))
        counts = {t: await raw.fetchval(f"SELECT count(*) FROM {t}") for t in await readable(world.platform.admin)}

        assert {table: count for table, count in counts.items() if count} == {}
        assert await raw.fetchval("SELECT my_session()") is None


@pytest.mark.parametrize("sql", TAKEN_AWAY.values(), ids=TAKEN_AWAY)
async def test_what_is_taken_away_counts_at_the_next_look(own_world: World, sql: str) -> None:
    record, secret = own_world.records["adult"], own_world.secret("wyp-1")
    async with transaction(own_world.database, secret) as raw:
        await admit(raw, record, EVERY_GROUP)
        assert await groups_read(raw, record)
    if "restricted" in sql:  # whoever is named still reads a restricted record
        await own_world.platform.admin.execute("DELETE FROM assignment WHERE member_id IS NOT NULL")
    await own_world.platform.admin.execute(sql)

    async with transaction(own_world.database, secret) as raw:
        if await raw.fetchval("SELECT my_session()") is not None:
            assert await admit(raw, record, EVERY_GROUP) is None
        assert await groups_read(raw, record) == set()


async def test_whoever_sees_each_statement_anew_sees_nothing_once_the_session_ended(own_world: World) -> None:
    """What was admitted before stays in the ledger of the transaction, and opens nothing any more."""
    record = own_world.records["adult"]
    async with connection(own_world.database) as raw, raw.transaction(isolation="read_committed"):
        await raw.fetch("SELECT * FROM enter($1)", own_world.secret("wyp-1"))
        await admit(raw, record, EVERY_GROUP)
        assert await groups_read(raw, record)
        await own_world.platform.admin.execute(TAKEN_AWAY["the session ended"])

        assert await groups_read(raw, record) == set()


async def test_a_look_that_began_before_sees_one_state_to_its_end(own_world: World) -> None:
    record = own_world.records["adult"]
    async with transaction(own_world.database, own_world.secret("wyp-1")) as raw:
        await own_world.platform.admin.execute(TAKEN_AWAY["the involvement ended"])
        await admit(raw, record, EVERY_GROUP)

        assert await groups_read(raw, record)


@pytest.mark.parametrize("scope", ["ASSIGNED", "AGENCY"])
async def test_an_administrators_lists_do_not_even_say_that_there_is_more(own_world: World, scope: str) -> None:
    await own_world.platform.admin.execute(TAKEN_AWAY["the person is an administrator"])

    answer = await own_world.person("wyp-1").ask(WORKLIST % scope)

    assert answer["worklist"] == {"edges": [], "pageInfo": {"hasNextPage": False}}
    assert [edge["node"]["record"] for edge in answer["notices"]["edges"] if edge["node"]["record"]] == []


async def test_an_unknown_secret_enters_nowhere(world: World) -> None:
    async with connection(world.database) as raw, raw.transaction():
        for secret in ("", "x", world.secret("wyp-1")[:-1], world.secret("wyp-1") + " ", world.secret("wyp-1").upper()):
            assert await raw.fetch("SELECT * FROM enter($1)", secret) == []
