"""A pair is two worlds and a reader who may not see what makes them differ: all their answers are equal."""

import json
import random
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from http import HTTPStatus
from uuid import UUID

from tests.noninterference import (
    differences,
    elsewhere,
    file_differences,
    meeting_differences,
    person_differences,
    reference_differences,
    sharing_differences,
    worklist_differences,
)
from tests.noninterference.differences import Edit
from tests.noninterference.library import Library
from tests.noninterference.plants_shown import LIKELY
from tests.noninterference.scene import Reader, Scene
from tests.noninterference.side import Ask, Plant, Side, Told, opened_side, world_of
from tests.noninterference.values import Values
from tests.services.database.world import World
from tests.world.server import FreshDatabase

Difference = Callable[[Edit], Awaitable[set[Reader]]]
DIFFERENCES: dict[str, Difference] = {
    part.__name__: part
    for part in (
        elsewhere.access_was_changed_before,
        elsewhere.a_form_has_this_number,
        elsewhere.somebody_is_told,
        meeting_differences.a_closed_part_is_written,
        differences.a_group_begins,
        differences.something_is_kept_from_nearly_everybody,
        elsewhere.another_agency_is_involved,
        differences.a_group_gets_a_version,
        differences.something_happens_elsewhere,
        elsewhere.a_key_is_used,
        differences.somebody_is_barred,
        differences.a_fact_is_recorded,
        elsewhere.people_come_and_are_administered,
        differences.a_record_is_restricted,
        differences.a_date_is_set,
        elsewhere.somebody_leaves,
        differences.a_decision_is_issued,
        elsewhere.somebody_looks,
        elsewhere.post_waits,
        meeting_differences.somebody_dissents,
        meeting_differences.more_people_attend,
        meeting_differences.another_meeting_is_held,
        person_differences.somebody_is_of_age,
        person_differences.somebody_is_referred,
        person_differences.somebody_wants_support,
        sharing_differences.something_is_shared,
        sharing_differences.something_is_asked,
        worklist_differences.others_note_what_cases_wait_for,
        worklist_differences.two_cases_are_linked,
        worklist_differences.others_write_under_a_caveat,
        file_differences.files_are_attached,
        reference_differences.two_cases_have_one_reference,
    )
}
LONGEST_WALK = 3
WALKING = 0.5  # how many of the pairs go through the pages of a list; all of them ask, and write
TOUCHED = "SELECT id, reference FROM record WHERE id = ANY ($1) ORDER BY ctid"


@dataclass(frozen=True)
class Leak:
    """An answer by which a reader can tell the two worlds apart."""

    seed: int
    difference: str
    reader: str
    ask: Ask
    left: Told
    right: Told

    def __str__(self) -> str:
        """Enough to see it, and to run this pair again."""
        place = next((n for n, (a, b) in enumerate(zip(self.left[1], self.right[1], strict=False)) if a != b), -1)
        cut = slice(max(place - 200, 0), place + 200) if place >= 0 else slice(0, 400)
        return (
            f"seed {self.seed}, {self.difference}, {self.reader} asked {self.ask.about}\n"
            f"  {self.ask.content[-600:]!r}\n"
            f"  {self.left[0]} {self.left[1][cut]!r}\n  {self.right[0]} {self.right[1][cut]!r}"
        )


class _UnequalError(Exception):
    """The request, and what it was answered in each world."""


@dataclass
class Report:
    """What was compared, and what differed."""

    pairs: int = 0
    answers: int = 0
    asked: Counter[str] = field(default_factory=Counter)
    worlds: Counter[str] = field(default_factory=Counter)
    leaks: list[Leak] = field(default_factory=list)


@cache
def library_of(seed: int | str, about: str | None) -> Library:
    """The questions about everything, or about one field alone: written once for all."""
    return Library(random.Random(seed), about=about)  # noqa: S311 - the same documents at every run


@dataclass
class Pairs:
    """Runs pairs over one scene; with a plant, over a server that was changed to leak. `only` names one difference, and
    `about` the one field to ask for: for looking where something is known to show."""

    server: str
    database: FreshDatabase
    scene: Scene
    plant: Plant | None = None
    only: str | None = None
    about: str | None = None
    report: Report = field(default_factory=Report)

    async def run(self, seeds: Iterable[int], *, most: int, until_a_leak: bool = False) -> Report:
        """Worlds of these seeds until so many pairs were compared."""
        async with opened_side(self.server, self.database, self.plant) as left:
            library = library_of(20260522, self.about)
            for seed in seeds:
                await self._world(seed, left, library, most, until_a_leak=until_a_leak)
                if self.report.pairs >= most or (until_a_leak and self.report.leaks):
                    break
        return self.report

    async def _world(self, seed: int, left: Side, library: Library, most: int, *, until_a_leak: bool) -> None:
        dice = random.Random(seed)  # noqa: S311 - the same worlds at every run
        name = self.only or list(DIFFERENCES)[seed % len(DIFFERENCES)]
        seers: set[Reader] = set()
        lookers: set[Reader] = set()
        touched: dict[UUID, str] = {}
        records = tuple(UUID(str(one)) for one in left.things.ids["Case"])

        async def change(world: World) -> None:
            inside = world_of(self.scene, world.platform)
            edit = Edit(dice, inside, self.scene, records)
            seers.update(await DIFFERENCES[name](edit))
            lookers.update(edit.lookers)
            touched.update(
                {r["id"]: r["reference"] for r in await edit.admin.fetch(TOUCHED, edit.touched)} if edit.touched else {}
            )

        async with opened_side(self.server, self.database, self.plant, change) as right:
            self.report.worlds[name] += 1
            hidden = right.things.without(left.things).with_records(touched)
            for reader in (*self.scene.readers, None):
                if reader not in seers and self.report.pairs < most:
                    luck = random.Random(f"{seed} {name_of(reader)}")  # noqa: S311 - the same at every run
                    values = Values(luck, left.things, hidden, [])
                    self.report.pairs += 1
                    try:
                        await self._pair(left, right, reader, library, values, only_looks=reader in lookers)
                        await self._likely(left, right, reader, name, values, only_looks=reader in lookers)
                    except _UnequalError as found:
                        self.report.leaks.append(Leak(seed, name, name_of(reader), *found.args))
                        if until_a_leak:
                            return

    async def _pair(
        self, left: Side, right: Side, reader: Reader | None, library: Library, values: Values, *, only_looks: bool
    ) -> None:
        for ask in library.asks(reader, values, only_looks=only_looks):
            await self._same(left, right, reader, ask)
        walks = library.paging and (reader is None or reader.level != "service")
        if walks and values.dice.random() < WALKING:
            await self._walk(left, right, reader, library, values)

    async def _likely(
        self, left: Side, right: Side, reader: Reader | None, difference: str, values: Values, *, only_looks: bool
    ) -> None:
        """What is drawn seldom meets what a difference would show in: that is asked of every pair."""
        if self.about is None and difference in LIKELY:
            about = values.dice.choice(LIKELY[difference])
            for ask in library_of(about, about).asks(reader, values, only_looks=only_looks):
                await self._same(left, right, reader, ask)

    async def _walk(self, left: Side, right: Side, reader: Reader | None, library: Library, values: Values) -> None:
        """Page after page of one list, each with the cursor that the page before gave."""
        document, after = values.dice.choice(library.paging), None
        size = values.dice.choice((1, 2, 3, 5))
        for _ in range(LONGEST_WALK):
            ask = Ask(document.roots[0], document.filled(values, first=size, after=after))
            after = _end(await self._same(left, right, reader, ask))
            if after is None:
                return

    async def _same(self, left: Side, right: Side, reader: Reader | None, ask: Ask) -> Told:
        self.report.answers += 1
        self.report.asked.update(ask.about.split())
        one, other = await left.answer(reader, ask), await right.answer(reader, ask, again=True)
        assert one[0] != HTTPStatus.INTERNAL_SERVER_ERROR, f"a fault, for {name_of(reader)} who asked {ask}"
        if one != other and (a := left.settled(one)) != (b := right.settled(other)):
            raise _UnequalError(ask, a, b)
        return one


def name_of(reader: Reader | None) -> str:
    """Whom a report names."""
    return f"{reader.subject} as {reader.function}" if reader else "nobody who is signed in"


def _end(told: Told) -> str | None:
    """Where the only page of an answer ended, when there is more."""
    try:
        (page,) = json.loads(told[1])["data"].values()
        info = page["pageInfo"]
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return info["endCursor"] if info.get("hasNextPage") else None
