"""Lists in SQL and single reads in Python answer alike: for every function and level, and whatever the person has to do
with a record, a list has exactly what they can open, in an order made of what they can read."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import product
from typing import Any
from uuid import UUID

import pytest

from policies import engine
from policies.actor import Actor
from policies.vocabulary import AccessLevel, Action, DataGroup, Function
from services.cases.store import reads
from services.meetings.store import actions
from services.notices import store as notices
from services.requests import store as request_store
from services.tools import Reading
from tests.services.database.crowd import Crowd, gathered
from tests.services.database.hats import PERSON, act_as
from tests.services.database.many_ways import MINE, Made, Way
from tests.services.database.many_works import EXPIRED, OVER
from tests.services.database.single_reads import Opened, agrees_with_python, facts_of, listing, opens, singly, standing
from tests.services.database.world import World

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(600)]

FIRST, LAST = UUID(int=0), UUID(int=2**128 - 1)
BEGINNING, END = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
NO_DAY = date.max
KINDS = ("case", "duty_to_notify")
EVERYTHING, PAGE = 10_000, 7
Listed = dict[str, list[Any]]  # by the name of a list, its entries in order


@dataclass(frozen=True)
class Works:
    """What single reads gave besides records: requests that could be read, and actions with whose they are."""

    requests: frozenset[UUID]
    actions: dict[UUID, bool]


async def test_every_list_has_what_can_be_opened_and_nothing_else(own_world: World) -> None:
    crowd = await gathered(own_world)
    compared = 0

    for function, level in product(Function, AccessLevel):
        await act_as(own_world, function, level)
        records = [made for made in crowd.records if made.function is function]
        async with own_world.platform.tools.enter(own_world.secret(PERSON)) as reading:
            assert reading is not None
            listed = await lists(reading, {made.id for made in records})
            pages = await in_pages(reading, {made.id for made in records})
        async with own_world.platform.tools.enter(own_world.secret(PERSON)) as reading:
            assert reading is not None
            opened = await singly(reading, records)
            done = await works(reading, crowd, records, opened)

        assert agrees_with_python(crowd, reading.actor, records, opened), (function, level)
        expected = Expected(crowd, reading.actor, records, opened, done).lists()
        for name, entries in expected.items():
            assert listed[name] == entries, (function, level, name)
        assert pages == {name: listed[name] for name in pages}, (function, level)
        compared += len(records) * len(expected)

    assert compared > 30_000


async def lists(reading: Reading, records: Collection[UUID]) -> Listed:
    """Every list in one page, without what others wrote into this world."""
    found: Listed = {}
    for kind in KINDS:
        rows = await reads.assigned(reading, kind, (date.min, BEGINNING, FIRST), EVERYTHING)
        found[f"assigned {kind}"] = [(row["record_id"], row["next_due"]) for row in rows if row["record_id"] in records]
        rows = await reads.known(reading, kind, (END, LAST), EVERYTHING)
        found[f"agency {kind}"] = [row["record_id"] for row in rows if row["record_id"] in records]
    for to_answer, in_charge in product((True, False), repeat=2):
        rows = await request_store.mine(
            reading, (date.min, FIRST), EVERYTHING, to_answer=to_answer, in_charge=in_charge
        )
        found[f"requests {to_answer} {in_charge}"] = [row["id"] for row in rows if row["record_id"] in records]
    for in_charge in (True, False):
        rows = await actions.places(
            reading, in_charge=in_charge, member=None, team=None, after=(date.min, FIRST), first=EVERYTHING
        )
        found[f"actions {in_charge}"] = [row["entry_id"] for row in rows if row["record_id"] in records]
    rows = await notices.inbox(reading, (END, LAST), EVERYTHING)
    found["notices"] = [row["record_id"] for row in rows if row["record_id"] in records]
    return found


async def works(reading: Reading, crowd: Crowd, records: Sequence[Made], opened: Opened) -> Works:
    """The requests and actions of those records, by the permits of each."""
    chosen = {made.id for made in records}
    tasks = [task.id for task in crowd.tasks if task.made.id in chosen]
    permits = list(opened.permits.values())
    return Works(
        requests=frozenset(UUID(one["id"]) for row in opened.rows.values() for one in row["requests"] or ()),
        actions={row["entry_id"]: row["is_yours"] for row in await actions.by_id(reading, permits, tasks)},
    )


async def in_pages(reading: Reading, records: Collection[UUID]) -> Listed:
    """The worklists once more, page after page."""
    mine: list[Any] = []
    place = (date.min, BEGINNING, FIRST)
    while rows := await reads.assigned(reading, "case", place, PAGE):
        mine += [(row["record_id"], row["next_due"]) for row in rows]
        place = (rows[-1]["next_due"], rows[-1]["from_at"], rows[-1]["record_id"])
    ours: list[UUID] = []
    newest = (END, LAST)
    while rows := await reads.known(reading, "case", newest, PAGE):
        ours += [row["record_id"] for row in rows]
        newest = (rows[-1]["from_at"], rows[-1]["record_id"])
    return {
        "assigned case": [one for one in mine if one[0] in records],
        "agency case": [one for one in ours if one in records],
    }


@dataclass(frozen=True)
class Expected:
    """What belongs in each list by what was made up, of what could be opened."""

    crowd: Crowd
    actor: Actor
    records: Sequence[Made]
    opened: Opened
    works: Works

    def lists(self) -> Listed:
        """Every list under the same names; the worker that delivers notices has every inbox open and no record."""
        found: Listed = {} if self.actor.function is Function.PLATFORM_WORKER else {"notices": self._notices()}
        for kind in KINDS:
            found[f"assigned {kind}"] = self._assigned(kind)
            found[f"agency {kind}"] = self._agency(kind)
        for to_answer, in_charge in product((True, False), repeat=2):
            found[f"requests {to_answer} {in_charge}"] = self._requests(to_answer, in_charge)
        for in_charge in (True, False):
            found[f"actions {in_charge}"] = self._actions(in_charge)
        return found

    def _ways(self, made: Made) -> list[Way]:
        """The involvements that bring the record to a worklist."""
        return listing(self.crowd, self.actor, made) if made.is_open else []

    def _assigned(self, kind: str) -> list[Any]:
        """The next due first: the date under which a record stands is one that can be read of it."""
        found = []
        for made in self.records:
            if made.kind == kind and (ways := [way for way in self._ways(made) if way.given in MINE]):
                dated = [way for way in ways if opens(self.crowd, self.actor, made, way, DataGroup.CLOCKS)]
                assert bool(dated) == (DataGroup.CLOCKS in self.opened.permits[made.id].see)
                due = made.next_due if dated else None
                found.append((due or NO_DAY, min(way.from_at for way in dated or ways), made.id, due))
        return [(record, due) for _, _, record, due in sorted(found)]

    def _agency(self, kind: str) -> list[Any]:
        ways = {made.id: self._ways(made) for made in self.records if made.kind == kind}
        newest = {record: max(way.from_at for way in found) for record, found in ways.items() if found}
        return sorted(newest, key=lambda record: (newest[record], record), reverse=True)

    def _requests(self, to_answer: bool, in_charge: bool) -> list[Any]:
        waiting = [
            one for one in self.crowd.asked if one.id in self.works.requests and one.state not in (OVER, EXPIRED)
        ]
        found = [one for one in waiting if bool(one.way) is to_answer and (one.is_mine or not in_charge)]
        return [one.id for one in sorted(found, key=lambda one: (one.due_on, one.id))]

    def _actions(self, in_charge: bool) -> list[Any]:
        theirs = {made.id: made for made in self.records}
        found = [
            task
            for task in self.crowd.tasks
            if self.works.actions.get(task.id)
            and not task.is_done
            and self._follows(theirs[task.made.id])
            and (not in_charge or task.holder is None or task.holder in MINE)
        ]
        return [task.id for task in sorted(found, key=lambda task: (task.due_on, task.id))]

    def _follows(self, made: Made) -> bool:
        facts = [facts_of(self.crowd, made, way) for way in standing(self.crowd, made)]
        return engine.permit(self.actor, facts, frozenset(), Action.ACTION_FOLLOW) is not None

    def _notices(self) -> list[Any]:
        told = {made.told: made.id for made in self.records if made.id in self.opened.permits}
        return [told[notice] for notice in sorted(told, reverse=True)]
