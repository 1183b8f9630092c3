"""One process serves many people at once: nobody is given anything of anybody else's, whoever hangs up meanwhile."""

import asyncio
import json
import random
from collections.abc import Iterator
from contextlib import suppress

import httpx2
import pytest
from sqlalchemy import text

from tests.noninterference.language import pages, roots
from tests.noninterference.library import DOORS
from tests.noninterference.scene import Reader, Scene
from tests.noninterference.side import Ask, Side
from tests.noninterference.values import public
from tests.world.stories import told
from tests.world.template import PUBLIC_URL

pytestmark = pytest.mark.anyio

LIST = """{ viewer { name agency { name } } worklist(scope: AGENCY, first: 30) { edges { cursor node { reference
  identity { __typename ... on Identity { lastName } } } } } notices { edges { node { reference } } } }"""
LEFT_BEHIND = text("SELECT coalesce(current_setting('concordat.session', true), '')")
VIEWERS = ("wyp-1", "gmp-2", "lcc-1", "eps-1")
ORDINARY, MANY = 300, 20_000
# Of an operation that is cut off the executor leaves the fields that it had not come to.
RUSH = pytest.mark.filterwarnings(
    "ignore:coroutine .* was never awaited:RuntimeWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)


def ask(query: str) -> Ask:
    return Ask("a query", json.dumps({"query": query}).encode())


def viewers(scene: Scene) -> list[Reader]:
    return [next(r for r in scene.readers if r.subject == subject) for subject in VIEWERS]


async def test_t14_two_viewers_who_ask_alternately_are_each_given_their_own(scene: Scene, side: Side) -> None:
    one, other = viewers(scene)[:2]
    own = {reader: await side.answer(reader, ask(LIST)) for reader in (one, other)}
    assert own[one][1] != own[other][1]

    for _ in range(60):
        for reader in (one, other):
            assert await side.answer(reader, ask(LIST), again=True) == own[reader]


@pytest.mark.parametrize("door", [*DOORS, ask(LIST), ask("{ nothing }")], ids=lambda door: f"{door.method} {door.path}")
async def test_t14_t23_no_answer_is_kept_on_the_way_and_no_address_travels_on(
    scene: Scene, side: Side, door: Ask
) -> None:
    """Pages without anything of anybody's may be kept; nothing else may, and nothing says where a reader came from."""
    for reader in (viewers(scene)[0], None):
        _, _, headers = await side.answer(reader, door)
        said = dict(headers)
        assert said["referrer-policy"] in ("no-referrer", "same-origin")
        assert said["cache-control"] == "no-store"


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS"])
async def test_t23_what_is_asked_never_stands_in_an_address(scene: Scene, side: Side, method: str) -> None:
    reader = viewers(scene)[0]

    status, body, _ = await side.answer(
        reader, Ask("/graphql", path="/graphql?query=%7Bviewer%7Bname%7D%7D", method=method)
    )

    assert status == 405
    assert b"Invented" not in body


@pytest.mark.parametrize("name", [name for name, root in roots().items() if pages(root)])
async def test_t7_a_cursor_of_another_is_as_good_as_no_cursor(scene: Scene, side: Side, name: str) -> None:
    of = f', caseId: "{public("Case", side.things.ids["Case"][0])}"' if "caseId" in roots()[name].args else ""
    given = f"{{ {name}(first: 1{of}) {{ edges {{ cursor }} }} }}"
    used = f"query ($after: String) {{ {name}(after: $after{of}) {{ edges {{ cursor }} }} }}"
    cursors = {}
    for reader in scene.readers:
        edges = json.loads((await side.answer(reader, ask(given)))[1])["data"] if reader.level != "service" else None
        if edges and edges[name]["edges"]:
            cursors[reader] = edges[name]["edges"][0]["cursor"]

    def after(cursor: str) -> Ask:
        return Ask(name, json.dumps({"query": used, "variables": {"after": cursor}}).encode())

    people = [reader for reader in scene.readers if reader.level != "service"]
    for reader in people:
        expected = await side.answer(reader, after("garbage"))
        assert json.loads(expected[1])["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"
        others = [cursor for owner, cursor in cursors.items() if owner is not reader]
        for cursor in others[:4]:
            assert await side.answer(reader, after(cursor)) == expected, (reader, name)


async def _rush(side: Side, people: list[Reader], many: int) -> int:
    """Everybody at once, a third of them gone before they are answered; how many were answered."""
    dice = random.Random(many)  # noqa: S311 - the same rush at every run
    own = {reader: await side.answer(reader, ask(LIST)) for reader in people}
    answered = 0

    async def one(reader: Reader, patience: float | None) -> None:
        nonlocal answered
        transport = httpx2.ASGITransport(side.platform._app)
        async with httpx2.AsyncClient(transport=transport, base_url=PUBLIC_URL) as client:
            sent = client.post("/graphql", content=ask(LIST).content, headers=reader.headers | JSON)
            with suppress(TimeoutError):
                response = await asyncio.wait_for(sent, patience)
                if response.status_code == 200:
                    assert told(response) == own[reader]
                    answered += 1
                else:  # whoever was cut off in the middle may be told of a fault, and nothing of anybody's
                    assert response.status_code == 503 or patience is not None, response.text
                    assert response.json().get("data") is None

    for group in _groups(many, 12):
        crowd = [(dice.choice(people), dice.random() * 0.05 if dice.random() < 0.34 else None) for _ in group]
        await asyncio.gather(*(one(reader, patience) for reader, patience in crowd))
    return answered


JSON = {"content-type": "application/json"}


def _groups(many: int, size: int) -> Iterator[range]:
    yield from (range(start, min(start + size, many)) for start in range(0, many, size))


async def _left_on_connections(side: Side) -> set[str]:
    """What the connections of the pool still know of who used them."""
    engine = side.platform._app.state.tools.database._engine
    connections = [await engine.connect() for _ in range(engine.pool.size())]
    found = {(await connection.execute(LEFT_BEHIND)).scalar_one() for connection in connections}
    for connection in connections:
        await connection.close()
    return found


@RUSH
async def test_t15_t16_in_a_rush_with_cancellations_everybody_is_given_their_own(scene: Scene, side: Side) -> None:
    answered = await _rush(side, viewers(scene), ORDINARY)

    assert answered > ORDINARY / 4
    assert await _left_on_connections(side) == {""}


@RUSH
@pytest.mark.soak
@pytest.mark.timeout(0)
async def test_t15_t16_twenty_thousand_requests_leave_nothing_behind(scene: Scene, side: Side) -> None:
    print("answered:", answered := await _rush(side, viewers(scene), MANY))

    assert answered > MANY / 4
    assert await _left_on_connections(side) == {""}
