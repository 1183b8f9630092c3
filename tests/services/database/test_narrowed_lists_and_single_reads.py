"""Narrowed worklists and single reads answer alike: for every function and level, a narrowing selects exactly the
records of which the single read shows what the narrowing says, and nothing where it shows nothing."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import product
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import RowMapping

from policies.actor import Actor
from policies.vocabulary import AccessLevel, DataGroup, Function
from services.cases.store import reads
from services.cases.views import Stage
from services.tools import Reading
from tests.services.database import many_notes
from tests.services.database.crowd import Crowd, gathered
from tests.services.database.hats import PERSON, act_as
from tests.services.database.many_ways import DAY, MINE, Cast, Made
from tests.services.database.single_reads import Opened, agrees_with_python, listing, opens, singly
from tests.services.database.world import World

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(600)]

START = (date.min, datetime.min.replace(tzinfo=UTC), UUID(int=0))
NEWEST = (None, datetime.max.replace(tzinfo=UTC), UUID(int=2**128 - 1))
NO_DAY = date.max
EVERYTHING, PAGE = 10_000, 7
Entry = tuple[UUID, date | None]


@dataclass(frozen=True)
class Shown:
    """What the single read of a record shows, and the day under which the list may know it."""

    row: RowMapping
    due: date | None
    today: date
    us: UUID

    @property
    def is_late(self) -> bool:
        """Whether the day has passed."""
        return self.due is not None and self.due < self.today

    @property
    def is_asleep(self) -> bool:
        """As the note says that the reader sees."""
        return bool(self.row["waiting"] and self.row["waiting"]["is_asleep"])

    @property
    def waits_for_us(self) -> bool:
        """Whether one of the dates that the reader sees awaits something of their agency."""
        return any(clock["agency"]["id"] == str(self.us) for clock in self.row["clocks"] or ())

    def held_by(self, whom: UUID) -> bool:
        """Whether the reader sees them, or a team, among those who have the record."""
        return any(str(whom) in (one["member"], one["team"]) for one in self.row["assignments"])


@dataclass(frozen=True)
class Narrowing:
    """What is asked of the list, what that means of a single read, and whether it speaks of dates."""

    wanted: Mapping[str, object]
    fits: Callable[[Shown], bool]
    of_dates: bool = True


def narrowings(cast: Cast, function: Function) -> dict[str, Narrowing]:
    """Each by itself, in both of its answers, and some together."""
    soon, team, two = cast.today + 2 * DAY, cast.teams[function], (Stage.CONCERN, Stage.DECIDED)
    early = Narrowing({"due_by": soon}, lambda one: one.due is not None and one.due <= soon)
    found = {
        "everything": Narrowing({}, lambda one: True, of_dates=False),
        "due by": early,
        "overdue": Narrowing({"overdue": True}, lambda one: one.is_late),
        "not overdue": Narrowing({"overdue": False}, lambda one: not one.is_late),
        "asleep": Narrowing({"asleep": True}, lambda one: one.is_asleep),
        "awake": Narrowing({"asleep": False}, lambda one: not one.is_asleep),
        "waits for us": Narrowing({"waits_for_us": True}, lambda one: one.waits_for_us),
        "waits for others": Narrowing({"waits_for_us": False}, lambda one: not one.waits_for_us),
        "two stages": Narrowing({"stages": two}, lambda one: one.row["stage"] in two, of_dates=False),
    }
    for name, whom in (("me", cast.person), ("a colleague", cast.colleague), ("a team", team)):
        found[f"held by {name}"] = _held_by(whom)
    together = {**early.wanted, "asleep": False, "stages": tuple(Stage), "held_by": cast.person}
    found["together"] = Narrowing(
        together,
        lambda one: early.fits(one) and not one.is_asleep and bool(one.row["stage"]) and one.held_by(cast.person),
    )
    return found


def _held_by(whom: UUID) -> Narrowing:
    return Narrowing({"held_by": whom}, lambda one: one.held_by(whom), of_dates=False)


async def test_a_narrowed_list_has_what_single_reads_show(own_world: World) -> None:
    crowd = await gathered(own_world)
    await many_notes.write(own_world.platform.admin, crowd.cast, crowd.records)
    selected: Counter[tuple[str, bool]] = Counter()

    for function, level in product(Function, AccessLevel):
        await act_as(own_world, function, level)
        records = [made for made in crowd.records if made.function is function]
        asked = narrowings(crowd.cast, function)
        async with own_world.platform.tools.enter(own_world.secret(PERSON)) as reading:
            assert reading is not None
            listed = {
                (name, in_charge, newest): await _list(reading, records, asked[name], in_charge, newest)
                for name, in_charge, newest in product(asked, (True, False), (True, False))
            }
            pages = await _in_pages(reading, records, asked["awake"])
        async with own_world.platform.tools.enter(own_world.secret(PERSON)) as reading:
            assert reading is not None
            opened = await singly(reading, records)

        assert agrees_with_python(crowd, reading.actor, records, opened), (function, level)
        for (name, in_charge, newest), entries in listed.items():
            expected = _expected(crowd, reading.actor, records, opened, asked[name], in_charge, newest)
            assert entries == expected, (function, level, name, in_charge, newest)
            selected[name, in_charge] += len(entries)
        assert pages == listed["awake", True, False], (function, level)

    for (name, in_charge), many in selected.items():
        assert many > 0, (name, in_charge)
        assert many < selected["everything", in_charge] or name == "everything", (name, in_charge)


async def _list(
    reading: Reading, records: Sequence[Made], asked: Narrowing, in_charge: bool, newest: bool
) -> list[Entry]:
    choice = reads.Choice("case", in_charge, newest_first=newest, wanted=asked.wanted)
    rows = await reads.chosen(reading, choice, NEWEST if newest else START, EVERYTHING)
    return _of(records, rows)


async def _in_pages(reading: Reading, records: Sequence[Made], asked: Narrowing) -> list[Entry]:
    """One of them once more, page after page."""
    found: list[Any] = []
    place = START
    choice = reads.Choice("case", in_charge=True, newest_first=False, wanted=asked.wanted)
    while rows := await reads.chosen(reading, choice, place, PAGE):
        found += rows
        place = (rows[-1]["next_due"], rows[-1]["from_at"], rows[-1]["record_id"])
    return _of(records, found)


def _of(records: Sequence[Made], rows: Sequence[Any]) -> list[Entry]:
    """Without what others wrote into this world."""
    ours = {made.id for made in records}
    return [(row["record_id"], row["next_due"]) for row in rows if row["record_id"] in ours]


def _expected(
    crowd: Crowd,
    actor: Actor,
    records: Sequence[Made],
    opened: Opened,
    asked: Narrowing,
    in_charge: bool,
    newest: bool,
) -> list[Entry]:
    """By what single reads show; what is said of dates selects nothing where none can be read by one's own relation."""
    found = []
    for made in records:
        ways = listing(crowd, actor, made) if made.is_open and made.kind == "case" else []
        mine = [way for way in ways if way.given in MINE]
        sees = any(opens(crowd, actor, made, way, DataGroup.CLOCKS) for way in mine)
        if (sees or not asked.of_dates) and (listed := mine if in_charge else ways):
            due = made.next_due if sees else None
            if asked.fits(Shown(opened.rows[made.id], due, crowd.cast.today, crowd.cast.agency)):
                since = max(way.from_at for way in listed)
                found.append((None if newest else due, since, made.id))
    if newest:
        return [(one, due) for due, since, one in sorted(found, key=lambda entry: entry[1:], reverse=True)]
    return [(one, due) for due, since, one in sorted(found, key=lambda entry: (entry[0] or NO_DAY, *entry[1:]))]
