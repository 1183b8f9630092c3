"""The gatekeeper's functions called by hand: each checks its giver itself and needs an act of this transaction."""

from uuid import UUID

import asyncpg
import pytest

from tests.services.database.raw import REFUSED, admit, refused, transaction
from tests.services.database.world import World
from tests.world.template import IMPORTER_SECRET

pytestmark = pytest.mark.anyio

INVOLVE = """
    SELECT involve(ARRAY[jsonb_build_object('record', $1::uuid, 'agency', my_agency(), 'function', my_function(),
        'relation', '{}', 'purpose', 'a purpose', 'lawful_basis', 'a basis', 'source', 'a source')])
"""
RECORD = "SELECT record_groups(ARRAY[jsonb_build_object('record', $1::uuid, 'group', {}, 'content', '{{}}'::jsonb)])"
LEAD = "SELECT hand_lead(ARRAY[jsonb_build_object('record', $1::uuid, 'agency', my_agency(), 'because', 'b')])"
WITHOUT_AN_ACT = {
    "involve": INVOLVE.format("decision_maker"),
    "become": "SELECT become($1, 'referrer', 'a purpose', 'a basis', 'a source')",
    "hand_lead": LEAD,
    "assign": "SELECT assign($1, my_member(), NULL, 'a reason', false)",
    "end_own_involvement": "SELECT end_own_involvement(ARRAY[$1::uuid], 'referrer')",
    "record_groups": RECORD.format("'identity'"),
    "end_clocks": "SELECT end_clocks($1, NULL)",
    "case_fact": "INSERT INTO case_fact (record_id, data_group, kind, value, effective_from, recorded_at, recorded_by)"
    " VALUES ($1, 'identity', 'age', 'adult', london_today(), moment(), my_member())",
    "clock": "INSERT INTO clock (record_id, kind, form, awaits, awaits_agency_id, starts_on, proof, recorded_at)"
    " VALUES ($1, 'k', 'open', 'a', my_agency(), london_today(), '{}', moment())",
    "outbox": "INSERT INTO outbox (kind, record_id, agency_id, function, session_id, created_at)"
    " VALUES ('child_concern', $1, my_agency(), my_function(), my_session(), moment())",
}
OPEN = """
    SELECT record_id FROM open_records(ARRAY[jsonb_build_object('kind', $1::text, 'act', $2::text,
        'purpose', 'a purpose', 'lawful_basis', 'a basis')])
"""
FORBIDDEN_BEGINNINGS = [
    ("eps-1", "case", "referral.submit"),  # a school is no first responder
    ("eps-1", "case", "referral.import"),
    ("wyp-1", "case", "referral.import"),
    ("wyp-1", "duty_to_notify", "referral.submit"),  # the act and the kind of record have to agree
    ("wyp-1", "case", "case.close"),  # begins nothing
    ("sca-1", "case", "case.open"),
    ("sca-3", "duty_to_notify", "duty_to_notify.import"),
]


async def member(world: World, subject: str) -> UUID:
    found: UUID = await world.platform.admin.fetchval("SELECT id FROM member WHERE subject = $1", subject)
    return found


@pytest.mark.parametrize("statement", WITHOUT_AN_ACT.values(), ids=WITHOUT_AN_ACT)
async def test_nothing_is_done_without_an_act_of_this_transaction(world: World, statement: str) -> None:
    record = world.records["adult"]
    async with transaction(world.database, world.secret("wyp-1")) as raw:
        assert await refused(raw, statement, record)
        await admit(raw, record, ["identity", "clocks"])  # looking is no act

        assert await refused(raw, statement, record)


@pytest.mark.parametrize("statement", WITHOUT_AN_ACT.values(), ids=WITHOUT_AN_ACT)
async def test_nothing_is_done_to_a_record_of_others(world: World, statement: str) -> None:
    """The act that is asked for is refused, so nothing after it has anything to stand on."""
    record = world.records["adult"]
    async with transaction(world.database, world.secret("gmp-2")) as raw:
        for act in ("referral.submit", "case.assign", "case.close", "involve.decision_maker", "record"):
            assert await admit(raw, record, ["identity"], act, ["core", "identity", "clocks"]) is None

        assert await refused(raw, statement, record)


async def test_an_act_on_one_record_is_none_on_another(world: World) -> None:
    async with transaction(world.database, world.secret("wyp-1")) as raw:
        assert (await admit(raw, world.records["adult"], (), "case.assign"))["may_act"]

        assert not await refused(raw, WITHOUT_AN_ACT["outbox"], world.records["adult"])
        assert await refused(raw, WITHOUT_AN_ACT["outbox"], world.records["supported"])


async def test_an_officer_cannot_bring_their_own_agency_into_a_record(world: World) -> None:
    record = world.records["concern"]
    async with transaction(world.database, world.secret("wyp-1")) as raw:
        assert await admit(raw, record, (), "referral.submit", ["core"]) is None
        for relation in (
            "opener",
            "referrer",
            "decision_maker",
            "safeguarding_lead",
            "investigating_police",
            "importer",
        ):
            assert await refused(raw, INVOLVE.format(relation), record)
            assert await refused(raw, f"SELECT become($1, '{relation}', 'p', 'b', 's')", record)
        assert await refused(raw, "SELECT join_concern($1, 'p', 'b')", str(record))


async def test_an_act_gives_only_the_relations_that_the_rules_name(world: World) -> None:
    record = world.records["adult"]
    async with transaction(world.database, world.secret("sca-1")) as raw:
        await admit(raw, record, (), "case.assign")

        given = {
            r
            for r in ("opener", "referrer", "importer", "submitter")
            if not await refused(raw, INVOLVE.format(r), record)
        }

    assert given == set()


@pytest.mark.parametrize(("subject", "kind", "act"), FORBIDDEN_BEGINNINGS)
async def test_nobody_begins_a_record_by_an_act_that_their_function_lacks(
    world: World, subject: str, kind: str, act: str
) -> None:
    async with transaction(world.database, world.secret(subject)) as raw:
        assert await refused(raw, OPEN, kind, act)


async def test_whoever_begins_a_record_still_has_to_ask_before_it_reads(world: World) -> None:
    async with transaction(world.database, world.secret("wyp-1")) as raw:
        record = await raw.fetchval(OPEN, "case", "referral.submit")
        before = await raw.fetchval("SELECT count(*) FROM record")
        await admit(raw, record)

        assert (before, await raw.fetchval("SELECT count(*) FROM record")) == (0, 1)


async def test_the_import_joins_open_concerns_only(world: World) -> None:
    reference = "SELECT reference FROM record WHERE id = $1"
    concern, referred = [
        await world.platform.admin.fetchval(reference, world.records[name]) for name in ("concern", "adult")
    ]
    async with transaction(world.database, IMPORTER_SECRET) as raw:
        assert await raw.fetchval("SELECT join_concern($1, 'p', 'b')", referred) is None
        assert await raw.fetchval("SELECT join_concern($1, 'p', 'b')", concern) == world.records["concern"]


async def test_a_case_is_given_only_inside_the_agency_and_function_that_has_it(world: World) -> None:
    assign = "SELECT assign($1, $2, $3, 'a reason', true)"
    team = "SELECT id FROM team WHERE name = $1"
    record, admin = world.records["adult"], world.platform.admin
    async with transaction(world.database, world.secret("wyp-1")) as raw:
        assert (await admit(raw, record, (), "case.assign"))["may_act"]

        for other in ("sca-1", "wyp-3", "gmp-2"):  # another agency; another function; another force
            assert await refused(raw, assign, record, await member(world, other), None)
        for name in ("Reasonable grounds intake", "Modern slavery unit"):
            assert await refused(raw, assign, record, None, await admin.fetchval(team, name))
        assert await refused(raw, assign, record, None, None)
        assert not await refused(raw, assign, record, await member(world, "wyp-2"), None)


async def test_a_colleague_takes_a_case_on_only_for_themselves(world: World) -> None:
    record, assign = world.records["adult"], "SELECT assign($1, $2, NULL, 'a reason', $3)"
    async with transaction(world.database, world.secret("wyp-2")) as raw:
        row = await admit(raw, record, (), "case.assign")
        assert "colleague" in row["standings"]

        assert await refused(raw, assign, record, await member(world, "wyp-4"), False)
        assert await refused(raw, assign, record, await member(world, "wyp-2"), True)
        assert not await refused(raw, assign, record, await member(world, "wyp-2"), False)


async def test_a_group_is_written_only_where_the_act_was_admitted_to_it(world: World) -> None:
    record = world.records["adult"]
    write = RECORD.format("$2::text")
    async with transaction(world.database, world.secret("wyp-1")) as raw:
        row = await admit(raw, record, (), "case.assign", ["identity", "decisions"])
        assert row["writes"] == ["identity"]

        assert not await refused(raw, write, record, "identity")
        assert await refused(raw, write, record, "contact")
        assert await refused(raw, write, record, "decisions")


OF_SEVERAL = {
    "involve": """
        SELECT involve(array_agg(jsonb_build_object('record', r, 'agency', a.id, 'function', 'investigating_police',
            'relation', 'investigating_police', 'purpose', 'p', 'lawful_basis', 'b', 'source', 's')))
        FROM unnest($1::uuid[]) r, agency a WHERE a.code = 'greater-manchester-police'
    """,
    "hand_lead": """
        SELECT hand_lead(array_agg(jsonb_build_object('record', r, 'agency', my_agency(), 'because', 'b')))
        FROM unnest($1::uuid[]) r
    """,
    "end_own_involvement": "SELECT end_own_involvement($1::uuid[], 'referrer')",
    "record_groups": """
        SELECT record_groups(array_agg(jsonb_build_object('record', r, 'group', 'identity', 'content', '{}'::jsonb)))
        FROM unnest($1::uuid[]) r
    """,
}


@pytest.mark.parametrize("statement", OF_SEVERAL.values(), ids=OF_SEVERAL)
async def test_what_is_asked_for_several_records_is_done_for_all_or_for_none(world: World, statement: str) -> None:
    mine, other = world.records["adult"], world.records["supported"]
    async with transaction(world.database, world.secret("wyp-4", "first_responder")) as raw:
        row = await admit(raw, mine, (), "referral.submit", ["identity"])
        assert row["may_act"]

        assert not await refused(raw, statement, [mine])
        assert await refused(raw, statement, [mine, other])
        assert await refused(raw, statement, [mine, None])


async def test_several_records_are_opened_all_or_none(world: World) -> None:
    opening = """
        SELECT count(*) FROM open_records(ARRAY(SELECT jsonb_build_object('kind', kind, 'act', act, 'purpose', 'p',
            'lawful_basis', 'b') FROM unnest($1::text[], $2::text[]) AS o (kind, act)))
    """
    async with transaction(world.database, world.secret("wyp-1")) as raw:
        assert await raw.fetchval(opening, ["case", "case"], ["referral.submit", "referral.submit"]) == 2
        for kind, act in (("duty_to_notify", "referral.submit"), ("case", "referral.import"), (None, "case.open")):
            assert await refused(raw, opening, ["case", kind], ["referral.submit", act])


async def test_a_fact_is_recorded_in_the_writers_own_name(world: World) -> None:
    statement = (
        "INSERT INTO case_fact (record_id, data_group, kind, value, effective_from, recorded_at, recorded_by)"
        " VALUES ($1, 'core', 'nation', 'wales', london_today(), moment(), $2)"
    )
    async with transaction(world.database, world.secret("wyp-1")) as raw:
        record = await raw.fetchval(OPEN, "case", "referral.submit")
        assert "core" in (await admit(raw, record, (), "referral.submit", ["core"]))["writes"]

        assert await refused(raw, statement, record, await member(world, "wyp-2"))
        assert not await refused(raw, statement, record, await member(world, "wyp-1"))


async def test_without_a_session_no_function_answers(world: World) -> None:
    record = world.records["adult"]
    async with transaction(world.database) as raw:
        for statement in WITHOUT_AN_ACT.values():
            assert await refused(raw, statement, record)
    for call in ("admit($1, '{}', 'see', '{}')", "refuse($1, 'see', '{}')"):
        async with transaction(world.database) as raw:
            with pytest.raises(asyncpg.InvalidAuthorizationSpecificationError):
                await raw.fetch(f"SELECT {call}", [str(record)])
    async with transaction(world.database) as raw:
        with pytest.raises(REFUSED):
            await raw.fetch(OPEN, "case", "case.open")
