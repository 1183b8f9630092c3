"""T1, T2 at every other door: what hangs on records is shown to whom the rules and its rows name, by both walls and by
either of them alone; and a door that nobody wrote down fails."""

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from graphql import FieldNode, OperationDefinitionNode, parse

from tests.api.test_app import inventory
from tests.noninterference.doors_beside import Beside, Question, beside, document
from tests.noninterference.doors_left_out import LEFT_OUT
from tests.noninterference.hung_on import Hung, hang_things
from tests.noninterference.language import roots
from tests.noninterference.scene import READ, Reader, Scene, sight_of
from tests.noninterference.side import Ask, Side, opened_side, world_of
from tests.noninterference.test_accessibility import LISTS, LOOKS
from tests.noninterference.walls import WALLS
from tests.world.platform import running_platform
from tests.world.server import FreshDatabase, clone

MAY_FAIL = "caseFiles"  # a service that holds a permit for what row security hides fails instead of saying nothing
MOST_FIELDS = 10  # of Query in one document
pytestmark = [pytest.mark.anyio, pytest.mark.timeout(600)]


@dataclass(frozen=True)
class Kept:
    """The scene with what hangs on its records, for a copy behind each wall."""

    database: FreshDatabase
    files: Path
    hung: Hung


@pytest.fixture(scope="module")
def hung_database(database_server: str, scene_database: FreshDatabase, scene: Scene) -> Iterator[FreshDatabase]:
    """A copy of the scene."""
    with clone(database_server, scene_database.admin_url.partition("?")[0].rpartition("/")[2]) as database:
        yield database


@pytest.fixture(scope="module")
async def kept(hung_database: FreshDatabase, scene: Scene, tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """Made once; nobody is connected to it afterwards."""
    files, hung = tmp_path_factory.mktemp("files"), Hung()
    async with running_platform(hung_database) as platform:
        await hang_things(world_of(scene, platform), hung)
        await platform.set_clock(READ)
        shutil.copytree(platform.files, files, dirs_exist_ok=True)
    return Kept(hung_database, files, hung)


async def test_every_door_is_asked_or_left_out_for_a_reason(database_server: str, kept: Kept) -> None:
    async with opened_side(database_server, kept.database) as side:
        known = await beside(side.platform.admin, kept.hung, {})
    there = {f"{method} {path}" for path, method in inventory(side.platform._app.routes)} | roots().keys()
    asked = {question.door for question in known.questions()} | asked_of_records()

    assert not asked & LEFT_OUT.keys(), "asked, and left out"
    assert asked | LEFT_OUT.keys() == there


def asked_of_records() -> set[str]:
    """The fields at which records themselves are asked for."""
    operations = [node for text in (*LOOKS, *LISTS) for node in parse(text).definitions]
    selected = [node.selection_set.selections for node in operations if isinstance(node, OperationDefinitionNode)]
    return {node.name.value for fields in selected for node in fields if isinstance(node, FieldNode)}


@pytest.mark.parametrize("walls", WALLS)
async def test_each_door_beside_shows_what_may_be_shown_and_nothing_else(
    walls: str,
    database_server: str,
    kept: Kept,
    scene: Scene,
    monkeypatch: pytest.MonkeyPatch,
    record_property: Callable[[str, object], None],
) -> None:
    compared, shown_at, hidden_at = 0, set(), set()
    wrong: list[tuple[str, str, str, Reader]] = []
    async with opened_side(database_server, kept.database) as side:
        shutil.copytree(kept.files, side.platform.files, dirs_exist_ok=True)
        people = [reader for reader in scene.readers if reader.level != "service"]
        known = await beside(side.platform.admin, kept.hung, await sight_of(side.platform.admin, people))
        rules = known.by_permit if walls == "the permit alone" else known.may
        await WALLS[walls](side.platform, monkeypatch)
        for reader in people:
            for question, found in await answers(side, reader, known, faults_hide=walls == "row security alone"):
                may = {thing for thing in question.marks if rules[thing](reader)}
                compared += len(question.marks)
                wrong += [(thing, "shown", question.door, reader) for thing in found - may]
                wrong += [(thing, "missing", question.door, reader) for thing in may - found if not question.at_most]
                shown_at |= {(question.door, thing) for thing in found}
                hidden_at |= {(question.door, thing) for thing in question.marks if thing not in found}

    assert not wrong, "\n".join(map(str, wrong))
    everything = {(question.door, thing) for question in known.questions() for thing in question.marks}
    assert shown_at == everything, "nobody was ever shown it"
    assert hidden_at == everything, "it was hidden from nobody"
    record_property("figure", f"{walls}: {compared} things that hang on records compared, at {len(shown_at)} places")


async def answers(side: Side, reader: Reader, known: Beside, *, faults_hide: bool) -> list[tuple[Question, set[str]]]:
    """The things that this reader is shown by each question: all fields go in one document where none can fail."""
    questions, found = list(known.questions()), []
    together = [one for one in questions if one.is_field and not (faults_hide and one.door == MAY_FAIL)]
    for start in range(0, len(together), MOST_FIELDS):
        part = together[start : start + MOST_FIELDS]
        content = json.loads(await told(side, reader, document(part), faults_hide=False) or b"{}")["data"]
        found += [(one, shown(one, json.dumps(content[f"q{number}"]).encode())) for number, one in enumerate(part)]
    for one in (one for one in questions if one not in together):
        ask = document([one]) if one.is_field else Ask(one.door, path=one.text, method="GET")
        content = await told(side, reader, ask, faults_hide=faults_hide)
        found.append((one, shown(one, content) if content is not None else set()))
    return found


async def told(side: Side, reader: Reader, ask: Ask, *, faults_hide: bool) -> bytes | None:
    """What is said; None: that there is nothing, or nothing but a fault where one hides too."""
    status, body, _ = await side.answer(reader, ask, again=True)
    if status == 404 or (status == 500 and faults_hide):
        return None
    assert status == 200, (ask, reader, status, body)
    assert b'"errors"' not in body, body
    return body


def shown(question: Question, content: bytes) -> set[str]:
    """The things whose marks stand there."""
    return {thing for thing, mark in question.marks.items() if mark is None or mark.encode() in content}
