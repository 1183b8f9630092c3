"""The long runs: a hundred thousand pairs, and whether time tells what is hidden from what is not there."""

import itertools
import json
import statistics
import time
from collections.abc import Callable
from math import sqrt
from uuid import UUID

import pytest

from tests.noninterference.naming import hidden_from
from tests.noninterference.pairs import Pairs
from tests.noninterference.scene import Reader, Scene
from tests.noninterference.side import Ask, Side
from tests.noninterference.test_pairs import LONG, said
from tests.noninterference.values import public
from tests.world.server import FreshDatabase

pytestmark = [pytest.mark.anyio, pytest.mark.soak, pytest.mark.timeout(0)]

PARTS = 20
LOOKS, WARMING = 2_000, 100
DUDECT = 4.5  # the threshold above which measurements of this kind are usually called different
LOOK_UPS = {
    "a case by id": "query ($id: ID!) { case(id: $id) { id } }",
    "anything by id": "query ($id: ID!) { node(id: $id) { id } }",
    "a case by reference": "query ($reference: String) { case(reference: $reference) { id } }",
}
Figure = Callable[[str, object], None]


@pytest.mark.parametrize("part", range(PARTS))
async def test_nobody_can_tell_in_a_hundred_thousand_pairs(
    part: int, database_server: str, scene_database: FreshDatabase, scene: Scene, record_property: Figure
) -> None:
    started = time.monotonic()
    seeds = itertools.count(1_000_000 * (part + 1))

    report = await Pairs(database_server, scene_database, scene).run(seeds, most=LONG // PARTS)

    seconds = time.monotonic() - started
    record_property(
        "figure",
        f"{report.pairs} pairs of worlds, {report.answers} questions put to both, {len(report.leaks)} answered"
        f" differently, {report.pairs / seconds:.1f} pairs a second",
    )
    assert not report.leaks, said(report)


def welch(one: list[float], other: list[float]) -> float:
    """Welch's t, without the slowest twentieth on either side: those are the machine's."""
    kept = [sorted(times)[: len(times) * 19 // 20] for times in (one, other)]
    spread = sqrt(sum(statistics.variance(times) / len(times) for times in kept))
    return (statistics.fmean(kept[0]) - statistics.fmean(kept[1])) / spread


@pytest.mark.parametrize("name", LOOK_UPS)
async def test_t11_how_long_hidden_and_absent_take(
    scene: Scene, side: Side, name: str, record_property: Figure
) -> None:
    """The figure is to be read, and fails nothing: a busy machine would make it fail."""
    reader = next(one for one in scene.readers if one.subject == "exh-1")
    hidden = await hidden_from(side.platform.admin, scene, reader)
    ways = {
        "hidden": _asked(name, hidden.ids["Case"][0], hidden.references[0]),
        "absent": _asked(name, UUID(int=7, version=4), "C-2222-22222"),
    }
    times: dict[str, list[float]] = {way: [] for way in ways}
    for _ in range(LOOKS + WARMING):
        for way, ask in ways.items():
            times[way].append(await _timed(side, reader, ask))

    t = welch(*(found[WARMING:] for found in times.values()))
    record_property("figure", f"T11 {name}: Welch t = {t:.1f} over 2 x {LOOKS} requests (noticeable from {DUDECT})")


def _asked(name: str, record: UUID, reference: str) -> Ask:
    variables = {"id": public("Case", record), "reference": reference}
    kept = {key: text for key, text in variables.items() if f"${key}" in LOOK_UPS[name]}
    return Ask(name, json.dumps({"query": LOOK_UPS[name], "variables": kept}).encode())


async def _timed(side: Side, reader: Reader, ask: Ask) -> float:
    started = time.perf_counter()
    await side.answer(reader, ask, again=True)
    return time.perf_counter() - started
