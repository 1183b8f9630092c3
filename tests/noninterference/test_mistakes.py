"""T13: whatever is wrong with a request, the answer repeats nothing of what is stored, and no log line does."""

import json
import random
from collections.abc import Iterator
from typing import Any

import pytest

from tests.noninterference.language import Writer, mutations, roots
from tests.noninterference.library import BROKEN
from tests.noninterference.scene import Scene
from tests.noninterference.side import Ask, Side
from tests.noninterference.test_canary import CANARY, may_see, planted
from tests.noninterference.values import MALFORMED, Things, Values

__all__ = ["planted"]
pytestmark = [pytest.mark.anyio, pytest.mark.timeout(600)]

STORED = (CANARY, "Inventedgirl", "Inventedman", "asha@invented.example")
NONSENSE: tuple[Any, ...] = (
    None, "", 0, -1, 2**31, 2**63, 1.5, True, [], {}, [[]], "\u0000", "\ud800", "A" * 5_000, "2026-13-45",
    "'; DROP TABLE record", *MALFORMED,
)  # fmt: skip


def mistakes(dice: random.Random, things: Things, many: int) -> Iterator[bytes]:
    """Requests that are wrong somewhere: in their JSON, their document, their variables or what these name."""
    values = Values(dice, things)
    documents = [Writer(dice).query([name]) for name in roots()]
    writes = list(mutations().values())
    for _ in range(many):
        body = dice.choice(documents).filled(values) if dice.random() < 0.6 else dice.choice(writes).filled(values)
        way = dice.randrange(4)
        if way == 0:
            yield body[: dice.randrange(len(body))]
        elif way == 1:
            place = dice.randrange(len(body))
            yield body[:place] + bytes([dice.randrange(256)]) + body[place + 1 :]
        elif way == 2:
            yield json.dumps({"query": dice.choice(BROKEN), "variables": dice.choice(NONSENSE)}).encode()
        else:
            content = json.loads(body)
            _spoil(dice, content.get("variables") or {})
            yield json.dumps(content).encode()


def _spoil(dice: random.Random, content: dict[str, Any]) -> None:
    """One value, at any depth, becomes nonsense."""
    if not content:
        return
    name = dice.choice(list(content))
    inner = content[name]
    if isinstance(inner, dict) and dice.random() < 0.8:
        _spoil(dice, inner)
    else:
        content[name] = dice.choice(NONSENSE)


async def _try(scene: Scene, side: Side, many: int) -> int:
    """How many of so many mistakes were answered with an error."""
    innocent = [r for r in scene.readers if not scene.sight[r] and r.level != "service"]
    assert not any(may_see(scene, reader) for reader in innocent)
    dice, wrong = random.Random(many), 0  # noqa: S311 - the same mistakes at every run
    for body in mistakes(dice, side.things, many):
        reader = dice.choice(innocent)
        status, answer, headers = await side.answer(reader, Ask("a mistake", body))
        said = f"{answer.decode()} {headers}"
        assert not [word for word in STORED if word in said and word.encode() not in body], (reader, body)
        assert status < 500, (body, answer)
        wrong += status >= 400 or b'"errors"' in answer
    return wrong


async def test_t13_mistakes_are_answered_without_anything_stored(
    scene: Scene, planted: Side, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await _try(scene, planted, 800) > 400

    said = capsys.readouterr()
    assert "/graphql" in said.out
    assert not [word for word in STORED if word in said.out + said.err]


@pytest.mark.soak
@pytest.mark.timeout(0)
async def test_t13_ten_thousand_mistakes(scene: Scene, planted: Side, capsys: pytest.CaptureFixture[str]) -> None:
    assert await _try(scene, planted, 10_000) > 5_000

    said = capsys.readouterr()
    assert not [word for word in STORED if word in said.out + said.err]
