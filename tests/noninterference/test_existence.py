"""A thing that one may not know and a thing that does not exist are answered with the same bytes, at every door."""

import json
import random
from uuid import UUID

import pytest

from tests.noninterference.language import Document, Writer, language, looks_up, mutations, roots
from tests.noninterference.naming import WAYS, hidden_from, naming
from tests.noninterference.scene import Reader, Scene
from tests.noninterference.side import Ask, Side
from tests.noninterference.values import public
from tests.services.database.raw import connection
from tests.services.database.test_statement_count import counting

pytestmark = pytest.mark.anyio

READERS = ("exh-1", "lcc-4", "ess-1", "con-1")  # in no record, an administrator, in one record, of the platform
LOOKING_UP = [name for name, root in roots().items() if looks_up(root)]
SEEDS = range(2)
CHOICES = {"administer": range(9), "proposeChange": range(10)}  # each seed draws another of what can be chosen
BY_NAME = """query ($case: ID!, $notification: ID!, $reference: String) {
  a: case(id: $case) { id } b: case(reference: $reference) { id }
  c: dutyToNotifyRecord(id: $notification) { id } d: dutyToNotifyRecord(reference: $reference) { id }
  e: node(id: $case) { id } f: node(id: $notification) { id } }"""
LISTS = """{ a: worklist(scope: AGENCY, first: 50) { edges { node { reference } } }
  b: worklist(scope: ASSIGNED, first: 50) { edges { node { reference } } }
  c: dutyToNotifyRecords(scope: AGENCY, first: 50) { edges { node { reference } } }
  d: dutyToNotifyRecords(scope: ASSIGNED, first: 50) { edges { node { reference } } }
  e: notices(first: 50) { edges { node { record {
    ... on Case { reference } ... on DutyToNotifyRecord { reference } } } } } }"""
BAR = "INSERT INTO access_bar (record_id, member_id, reason, from_at) VALUES ($1, $2, 'Knows them', '2020-01-01')"


def reader_of(scene: Scene, subject: str) -> Reader:
    return next(reader for reader in scene.readers if reader.subject == subject)


def document_for(name: str) -> Document:
    return Writer(random.Random(name)).query([name])  # noqa: S311 - the same at every run


@pytest.mark.parametrize("subject", READERS)
@pytest.mark.parametrize("name", LOOKING_UP)
async def test_t5_whatever_names_nothing_for_the_reader_is_looked_up_in_vain_alike(
    scene: Scene, side: Side, subject: str, name: str
) -> None:
    reader, document = reader_of(scene, subject), document_for(name)
    hidden = await hidden_from(side.platform.admin, scene, reader)

    for seed in SEEDS:
        expected = await side.answer(reader, Ask(name, document.filled(naming("hidden", seed, hidden))))
        for way in WAYS:
            told = await side.answer(reader, Ask(name, document.filled(naming(way, seed, hidden))))
            assert told == expected, (way, seed)


@pytest.mark.parametrize("subject", READERS)
@pytest.mark.parametrize("name", mutations())
async def test_t5_whatever_names_nothing_for_the_writer_is_written_to_in_vain_alike(
    scene: Scene, side: Side, subject: str, name: str
) -> None:
    reader, mutation = reader_of(scene, subject), mutations()[name]
    hidden = await hidden_from(side.platform.admin, scene, reader)

    for seed in CHOICES.get(name, SEEDS):
        sent = mutation.filled(naming("hidden", seed, hidden))
        expected = side.settled(await side.answer(reader, Ask(name, sent)))
        for way in WAYS:
            other = mutation.filled(naming(way, seed, hidden))
            told = side.settled(await side.answer(reader, Ask(name, other)))
            assert told == expected, (way, seed)


async def test_t4_whoever_is_barred_from_a_record_is_answered_as_if_there_were_none(scene: Scene, side: Side) -> None:
    """However they stand in it, and whatever the rules say."""
    admin, tried = side.platform.admin, 0
    for reader in scene.readers:
        nothing = await side.answer(reader, by_name(UUID(int=7, version=4), "C-2222-22222"))
        for record in {cell[0] for cell in scene.sight[reader]}:
            reference = await admin.fetchval("SELECT reference FROM record WHERE id = $1", record)
            assert await side.answer(reader, by_name(record, reference)) != nothing
            await admin.execute(BAR, record, reader.member)
            assert await side.answer(reader, by_name(record, reference), again=True) == nothing
            listed = await side.answer(reader, Ask("lists", json.dumps({"query": LISTS}).encode()), again=True)
            assert reference not in listed[1].decode()
            await admin.execute("DELETE FROM access_bar")
            tried += 1
    assert tried >= 50


def by_name(record: UUID, reference: str) -> Ask:
    """One record by every name that it has."""
    ids = {"case": public("Case", record), "notification": public("DutyToNotifyRecord", record)}
    return Ask("look-ups", json.dumps({"query": BY_NAME, "variables": ids | {"reference": reference}}).encode())


async def test_t11_a_hidden_record_costs_the_same_statements_as_none(scene: Scene, side: Side) -> None:
    for name in LOOKING_UP:
        reader, document = reader_of(scene, "exh-1"), document_for(name)
        hidden = await hidden_from(side.platform.admin, scene, reader)
        sent = []
        for way in ("hidden", "absent"):
            with counting() as statements:
                await side.answer(reader, Ask(name, document.filled(naming(way, 1, hidden))), again=True)
            sent.append(statements)
        assert sent[0] == sent[1], name


async def test_t11_nobody_waits_for_a_record_in_which_they_do_not_stand(scene: Scene, side: Side) -> None:
    """While somebody else changes it, an act of a stranger is refused at once, as for a record that is not there."""
    reader = reader_of(scene, "exh-1")
    hidden = await hidden_from(side.platform.admin, scene, reader)
    record = hidden.ids["Case"][0]
    async with side.platform.admin.transaction(), connection(side.platform.database) as raw:
        await side.platform.admin.execute("SELECT FROM record WHERE id = $1 FOR UPDATE", record)
        async with raw.transaction(isolation="repeatable_read"):
            await raw.execute("SET LOCAL lock_timeout = '200ms'")
            await raw.fetch("SELECT * FROM enter($1)", reader.secret)
            for act in ("case.assign", "case.close", "referral.submit"):
                assert await raw.fetch("SELECT * FROM admit($1, '{}', $2, '{core}')", [str(record)], act) == []


async def test_t11_nobody_waits_for_a_proposal_that_is_not_theirs(scene: Scene, side: Side) -> None:
    admin = side.platform.admin
    proposal = await admin.fetchval(
        "INSERT INTO administrative_proposal (act, agency_id, content, reason, proposed_by, proposed_at, expires_at)"
        " SELECT 'member.add', $1, '{}', 'r', $2, moment(), moment() + interval '1 day' RETURNING id",
        reader_of(scene, "wyp-5").agency, reader_of(scene, "wyp-5").member,
    )  # fmt: skip
    async with admin.transaction(), connection(side.platform.database) as raw:
        await admin.execute("SELECT FROM administrative_proposal WHERE id = $1 FOR UPDATE", proposal)
        async with raw.transaction(isolation="repeatable_read"):
            await raw.execute("SET LOCAL lock_timeout = '200ms'")
            await raw.fetch("SELECT * FROM enter($1)", reader_of(scene, "lcc-4").secret)
            answer = await raw.fetchrow("SELECT * FROM decide_proposal($1, 'approved', '')", proposal)
            assert answer["problem"] == "unknown"


async def test_t10_no_number_counts_what_others_have(side: Side) -> None:
    """Ids are random and say nothing of when; nothing is numbered one after the other."""
    for kind, ids in side.things.ids.items():
        assert {one.version for one in ids} <= {4}, kind
    references = side.things.references
    assert len(set(references)) == len(references)
    fields = {
        f"{name}.{field}"
        for name, kind in language().type_map.items()
        if not name.startswith("__")
        for field in getattr(kind, "fields", {})
    }
    numbered = {f for f in fields if "sequence" in f.lower() or "serial" in f.lower() or f.endswith(".number")}
    assert numbered == {"AccessRule.number", "OpeningRule.number"}  # R401: of the rule, not of a thing


def test_t12_nothing_searches_for_people() -> None:
    """Where there is a search one day, it looks only through what its reader may know: say here how that is shown."""
    searching = {name for name, root in roots().items() if {"search", "query", "text"} & set(root.args)}

    assert searching == {"referenceList"}
