"""Non-interference: no reader can tell two worlds apart that differ only in what the reader may not see."""

import itertools

import pytest

from tests.noninterference.file_asks import FILES
from tests.noninterference.language import mutations, roots
from tests.noninterference.pairs import DIFFERENCES, Pairs, Report
from tests.noninterference.plants import PLANTS
from tests.noninterference.plants_shown import ASKED_ABOUT, SHOWN_BY
from tests.noninterference.scene import Scene
from tests.world.server import FreshDatabase

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(900)]

PARTS = 10
EACH = 300  # a pair: two worlds and one reader who may not see what makes them differ
MOST = PARTS * EACH
LONG = 100_000  # pairs of the long runs
KINDS = 8  # how many kinds of difference a part gets through, at least
# What threats name, as the differences that show it; a pair is chosen for them, beside those that are drawn.
THREATS = {
    "t6 keys and numbers that others use": ("a_key_is_used", "a_form_has_this_number"),
    "t8 what stands between what is visible": ("something_is_kept_from_nearly_everybody", "a_date_is_set"),
    "t9 notes are added to a hidden group": ("a_group_gets_a_version", "a_group_begins"),
    "t12 people of the same name": ("something_happens_elsewhere", "two_cases_have_one_reference"),
    "t5 what somebody is": ("somebody_is_of_age", "somebody_is_referred", "somebody_wants_support"),
    "t5 files of a group": ("files_are_attached",),
    "t2 what others share, ask and link": ("something_is_shared", "something_is_asked", "two_cases_are_linked"),
    "t2 what others keep for themselves": ("others_write_under_a_caveat",),
    "t25 who reads a ledger reads nothing of others": (
        "people_come_and_are_administered",
        "somebody_looks",
        "another_agency_is_involved",
        "others_write_under_a_caveat",
    ),
}
# What is drawn too seldom to meet a difference in one world is asked of it by itself, beside what is drawn.
ALSO_ASKED = {
    "others_write_under_a_caveat": "ledger",
    "something_is_asked": "case",
    "something_is_shared": "case",
    "two_cases_are_linked": "caseLinks",
    "files_are_attached": FILES,
    "two_cases_have_one_reference": "possibleDuplicates",
}


def worlds(part: int) -> range:
    """Seeds of a part's own. Consecutive ones go through the kinds of difference; a part begins where the one before it
    is sure to have come."""
    first = part * (1_000 * len(DIFFERENCES) + KINDS)
    return range(first, first + 1_000)


def said(report: Report) -> str:
    return "\n\n".join(str(leak) for leak in report.leaks[:5])


@pytest.mark.parametrize("part", range(PARTS))
async def test_nobody_can_tell_what_they_may_not_see(
    part: int, database_server: str, scene_database: FreshDatabase, scene: Scene
) -> None:
    report = await Pairs(database_server, scene_database, scene).run(worlds(part), most=EACH)

    assert not report.leaks, said(report)
    assert report.pairs == EACH
    assert set(roots()) <= set(report.asked), "a root field that no pair asked"
    assert len(set(mutations()) & set(report.asked)) > len(mutations()) * 3 / 4
    assert len(report.worlds) >= KINDS >= len(DIFFERENCES) / PARTS


@pytest.mark.parametrize("threat", THREATS)
async def test_what_each_threat_names_is_hidden(
    threat: str, database_server: str, scene_database: FreshDatabase, scene: Scene
) -> None:
    for number, difference in enumerate(THREATS[threat]):
        for about in dict.fromkeys((None, ALSO_ASKED.get(difference))):
            pairs = Pairs(database_server, scene_database, scene, only=difference, about=about)
            if threat.startswith("t25"):
                pairs.scene = Scene(tuple(reader for reader in scene.readers if reader.oversees), scene.sight)
            report = await pairs.run([77_000 + number], most=EACH)

            assert not report.leaks, said(report)
            assert report.pairs >= 5


@pytest.mark.parametrize("drawn", [False, pytest.param(True, marks=[pytest.mark.soak, pytest.mark.timeout(0)])])
@pytest.mark.parametrize("planted", PLANTS)
async def test_a_planted_leak_is_found_within_as_many_pairs(
    planted: str,
    drawn: bool,
    database_server: str,
    scene_database: FreshDatabase,
    scene: Scene,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With the difference and the question that show it; in the long runs among all that is drawn, as the pairs are."""
    only, about = (None, None) if drawn else (SHOWN_BY[planted], ASKED_ABOUT[planted])
    plant = PLANTS[planted](monkeypatch)
    pairs = Pairs(database_server, scene_database, scene, plant=plant, only=only, about=about)

    report = await pairs.run(itertools.count(), most=MOST, until_a_leak=True)

    assert report.leaks, f"not found in {report.pairs} pairs"
    print(f"{planted}: found by pair {report.pairs} ({report.leaks[0].difference}, {report.leaks[0].ask.about})")
