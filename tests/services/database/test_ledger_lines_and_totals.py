"""Lines of the ledger and their totals answer alike: whoever may read it, and whatever is asked for, finds exactly the
lines that were in their agency's sight, and totals count these lines and no others."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import product
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from policies import engine
from policies.vocabulary import AccessLevel, Action, DataGroup, Effect, Function
from services.ledger_reading import store
from services.ledger_reading.views import LedgerFilter, LedgerVerdict
from tests.services.database import many_looks
from tests.services.database.crowd import Crowd, gathered
from tests.services.database.hats import PERSON, act_as
from tests.services.database.many_looks import Look
from tests.services.database.many_ways import DAY, Bar
from tests.services.database.world import World

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(600)]

END = (datetime.max.replace(tzinfo=UTC), UUID(int=2**128 - 1))
LONDON = ZoneInfo("Europe/London")
EVERYTHING, PAGE = 100_000, 9
EMPTY = ("no verdict", "somebody elsewhere", "a barred record")
MANY = 150  # records that were looked at
READERS = {
    (row.function, row.access_level)
    for row in engine.rows()
    if row.action is Action.LEDGER_READ and row.effect is Effect.ALLOW
}
Total = tuple[int, int, datetime, datetime]  # looks, people, first, last


def filters(crowd: Crowd) -> dict[str, LedgerFilter]:
    """Each question by itself, and some together."""
    cast = crowd.cast
    open_to_us, barred = [next(made for made in crowd.records if made.bar is bar) for bar in (None, Bar.AGENCY)]
    week = cast.today - 7 * DAY
    found = {
        "everything": LedgerFilter(),
        "our agency": LedgerFilter(agency=cast.agency),
        "another agency": LedgerFilter(agency=cast.elsewhere),
        "a colleague": LedgerFilter(member=cast.worker),
        "somebody elsewhere": LedgerFilter(member=UUID(int=1)),
        "a purpose": LedgerFilter(purpose=many_looks.PURPOSES[0]),
        "what was refused": LedgerFilter(verdicts=(LedgerVerdict.REFUSED,)),
        "no verdict": LedgerFilter(verdicts=()),
        "since a day": LedgerFilter(first_day=week),
        "until a day": LedgerFilter(last_day=week),
        "a record": LedgerFilter(reference=f"w-{open_to_us.id}"),
        "a barred record": LedgerFilter(reference=f"w-{barred.id}"),
        "another's group": LedgerFilter(group=DataGroup.IDENTITY, agency=cast.elsewhere, first_day=week),
        "a group for a purpose": LedgerFilter(group=DataGroup.CLOCKS, purpose=many_looks.PURPOSES[1]),
    }
    return found | {f"group {group}": LedgerFilter(group=DataGroup(group)) for group in many_looks.GROUPS}


async def test_totals_count_the_lines_and_lines_are_those_in_sight(own_world: World) -> None:
    crowd = await gathered(own_world)
    admin = own_world.platform.admin
    made = many_looks.looks(crowd.cast, crowd.records[:MANY])
    await many_looks.write(admin, crowd.cast, made)

    for function, level in product(Function, AccessLevel):
        await act_as(own_world, function, level)
        may_read = (function, level) in READERS
        for name, wanted in filters(crowd).items() if may_read else [("everything", LedgerFilter())]:
            await many_looks.only(admin, made)  # every reading of the ledger is a line of it
            async with own_world.platform.tools.enter(own_world.secret(PERSON)) as reading:
                assert reading is not None
                lines = await store.lines(reading, wanted, END, EVERYTHING)
                totals = await store.totals(reading, wanted, (), EVERYTHING)
                paged = await _in_pages(reading, wanted)
            found = [one for one in made if may_read and _fits(crowd, one, wanted)]
            assert [row["id"] for row in lines] == _newest_first(found), (function, level, name)
            assert paged == [row["id"] for row in lines], (function, level, name)
            assert _told(lines) == {one.id: _line(crowd, one) for one in found}, (function, level, name)
            assert _counted(totals) == _totals(crowd, found, wanted), (function, level, name)
            assert bool(found) == (may_read and name not in EMPTY), name


async def _in_pages(reading: Any, wanted: LedgerFilter) -> list[UUID]:
    """Some pages of them, each from where the one before it ended, in the order of the whole."""
    found: list[UUID] = []
    place = END
    while rows := await store.lines(reading, wanted, place, PAGE * (len(found) + 1)):
        found += [row["id"] for row in rows]
        place = (rows[-1]["at"], rows[-1]["id"])
    return found


def _fits(crowd: Crowd, one: Look, wanted: LedgerFilter) -> bool:
    agency, day = crowd.cast.agency if one.is_ours else crowd.cast.elsewhere, one.at.astimezone(LONDON).date()
    return (
        one.is_in_sight
        and wanted.agency in (None, agency)
        and (wanted.member is None or (one.is_ours and one.member == wanted.member))
        and (wanted.purpose is None or wanted.purpose in one.purposes)
        and (wanted.verdicts is None or one.verdict in wanted.verdicts)
        and (wanted.group is None or wanted.group in one.named)
        and (wanted.first_day is None or day >= wanted.first_day)
        and (wanted.last_day is None or day <= wanted.last_day)
        and (
            wanted.reference is None
            or (one.is_concerned and one.made is not None and _name(one) == wanted.reference.upper())
        )
    )


def _name(one: Look) -> str:
    return f"W-{one.made.id}".upper() if one.made else ""


def _newest_first(found: Sequence[Look]) -> list[UUID]:
    return [one.id for one in sorted(found, key=lambda one: (one.at, one.id), reverse=True)]


def _line(crowd: Crowd, one: Look) -> tuple[object, ...]:
    """What a line shows: people by name in one's own agency only, the record where one may know of it."""
    return (
        crowd.cast.agency if one.is_ours else crowd.cast.elsewhere,
        one.is_ours,
        _name(one) if one.is_concerned else None,
        tuple(sorted(one.seen)),
        one.summaries,
        one.written,
        one.refused,
    )


def _told(lines: Sequence[Any]) -> dict[UUID, tuple[object, ...]]:
    parts = ("groups", "summaries", "writes", "refused")
    return {
        row["id"]: (row["agency_id"], row["person"] is not None, row["reference"], *(tuple(row[one]) for one in parts))
        for row in lines
    }


def _totals(crowd: Crowd, found: Sequence[Look], wanted: LedgerFilter) -> dict[tuple[object, ...], Total]:
    counted: dict[tuple[object, ...], list[Look]] = defaultdict(list)
    for one in found:
        agency = crowd.cast.agency if one.is_ours else crowd.cast.elsewhere
        for (group, verdict), purpose in product(_parts(one), one.purposes or (None,)):
            if wanted.group in (None, group) and wanted.purpose in (None, purpose):
                counted[agency, group, purpose, verdict].append(one)
    return {cell: (len(those), len({one.member for one in those}), *_ends(those)) for cell, those in counted.items()}


def _ends(those: Sequence[Look]) -> tuple[datetime, datetime]:
    moments = sorted(one.at for one in those)
    return moments[0], moments[-1]


def _parts(one: Look) -> set[tuple[str | None, str]]:
    """A group seen or written is as the line ended; one that was withheld was refused, however it ended."""
    parts: set[tuple[str | None, str]] = {(group, one.verdict) for group in {*one.seen, *one.summaries, *one.written}}
    return parts | {(group, "refused") for group in one.refused} or {(None, one.verdict)}


def _counted(totals: Sequence[Any]) -> dict[tuple[object, ...], Total]:
    return {
        (row["agency_id"], row["data_group"], row["purpose"], row["verdict"]): (
            row["looks"],
            row["people"],
            row["first_at"],
            row["last_at"],
        )
        for row in totals
    }
