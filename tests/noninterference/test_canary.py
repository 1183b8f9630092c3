"""An address that must not travel: planted where it belongs, it stands in no other answer, log line, e-mail or row."""

import json
import random
from collections.abc import AsyncIterator, Iterator
from uuid import UUID

import pytest

from tests.noninterference.library import BROKEN, DOORS, Library
from tests.noninterference.scene import Reader, Scene, signed_in
from tests.noninterference.side import Ask, Side, opened_side
from tests.noninterference.values import Values
from tests.services.database.world import World
from tests.world.answers import work
from tests.world.forms import CONCERN
from tests.world.mail import mail_server
from tests.world.platform import running_platform
from tests.world.server import FreshDatabase
from tests.world.stories import open_concern, refer, supported_adult

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(600)]

CANARY = "17 Canary Row, Invented Harbour"
ADDRESSES = ("contact", "safe_address")
PLANT = """
    INSERT INTO group_content (record_id, data_group, version, content, recorded_at, recorded_by)
    SELECT r.id, w.g, coalesce(max(c.version), 0) + 1, jsonb_build_object('street', $2::text), moment(), $3
    FROM record r CROSS JOIN unnest($1::text[]) w (g)
    LEFT JOIN group_content c ON c.record_id = r.id AND c.data_group = w.g GROUP BY r.id, w.g
"""
CONTACTS = """{
  a: worklist(scope: AGENCY, first: 50) { edges { node { reference contact { ... on Contact { street } }
    safeAddress { ... on SafeAddress { street } } } } }
  b: dutyToNotifyRecords(scope: AGENCY, first: 50) {
    edges { node { reference contact { ... on Contact { street } } } } }
}"""


@pytest.fixture
async def planted(database_server: str, scene_database: FreshDatabase, scene: Scene) -> AsyncIterator[Side]:
    """The scene with the address in every record, in each group that may hold where somebody lives."""

    async def plant(world: World) -> None:
        await world.platform.admin.execute(PLANT, ADDRESSES, CANARY, scene.readers[0].member)

    async with opened_side(database_server, scene_database, edit=plant) as side:
        yield side


def may_see(scene: Scene, reader: Reader) -> set[UUID]:
    """The records whose address the rules open to this reader in its newest version."""
    return {cell[0] for cell in scene.sight[reader] if cell[1] in ADDRESSES and cell[2:] == ("see", None)}


def everything(library: Library, values: Values) -> Iterator[Ask]:
    """Every document, every write, every mistake, every other door."""
    for document in (*library.broad, *library.looking_up, *library.paging):
        yield Ask(" ".join(document.roots), document.filled(values, first=30, after=None))
    yield from (Ask(name, mutation.filled(values)) for name, mutation in library.writing.items())
    yield from (Ask("a mistake", json.dumps({"query": query}).encode()) for query in BROKEN)
    yield from DOORS


async def test_t3_the_address_is_in_the_answers_of_those_only_who_may_see_it(
    scene: Scene, planted: Side, capsys: pytest.CaptureFixture[str]
) -> None:
    library = Library(random.Random(1), rounds=1)  # noqa: S311 - the same documents at every run
    innocent = [reader for reader in scene.readers if not may_see(scene, reader)]
    for reader in (*innocent, None):
        values = Values(random.Random(2), planted.things)  # noqa: S311 - the same at every run
        for ask in everything(library, values):
            told = await planted.answer(reader, ask)
            assert CANARY not in f"{told[1].decode()} {told[2]}", (reader, ask.about)

    assert len(innocent) > 10
    said = capsys.readouterr()
    assert "/graphql" in said.out
    assert CANARY not in said.out + said.err


async def test_t3_whoever_may_see_an_address_is_shown_it_in_exactly_those_records(scene: Scene, planted: Side) -> None:
    ask = Ask("contacts", json.dumps({"query": CONTACTS}).encode())
    rows = await planted.platform.admin.fetch("SELECT id, reference FROM record")
    references = {row["id"]: row["reference"] for row in rows}
    shown_to_somebody = 0
    for reader in (reader for reader in scene.readers if reader.level != "service"):
        pages = json.loads((await planted.answer(reader, ask))[1])["data"].values()
        nodes = [edge["node"] for page in pages for edge in page["edges"]]
        shown = {n["reference"] for n in nodes if CANARY in json.dumps(n)}
        assert shown == {references[record] for record in may_see(scene, reader)}, reader
        shown_to_somebody += len(shown)
    assert shown_to_somebody > 10


async def test_t3_an_address_that_was_sent_stands_in_its_own_group_and_in_nothing_that_leaves(
    fresh_database: FreshDatabase, capsys: pytest.CaptureFixture[str]
) -> None:
    """Through the form, the worker and the mail; nothing else in the database repeats it, and nothing is logged."""
    async with running_platform(fresh_database) as platform, mail_server() as mails:
        world = await signed_in(platform)
        form = supported_adult()
        form["contact"] = form["contact"] | {"street": CANARY, "town": CANARY, "safeToPost": True}
        await refer(world.person("wyp-1"), form)
        await open_concern(world.person("eps-1"), contact={"street": CANARY})
        wrong = {"concern": CONCERN | {"contact": {"street": CANARY, "email": CANARY}, "nation": "WALES"}}
        await world.person("eps-1").post(
            "mutation ($input: OpenConcernInput!) { openConcern(input: $input) { x } }", wrong
        )
        await work(platform, mails.room)
        names = await platform.admin.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        holding = {
            name["tablename"]
            for name in names
            if await platform.admin.fetchval(
                f'SELECT count(*) FROM "{name["tablename"]}" t WHERE to_jsonb(t)::text LIKE $1', f"%{CANARY}%"
            )
        }

    assert holding == {"group_content"}
    assert mails.messages
    assert not any(CANARY.encode() in raw for raw in mails.raw)
    said = capsys.readouterr()
    assert CANARY not in said.out + said.err
