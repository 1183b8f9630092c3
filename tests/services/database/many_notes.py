"""By what lists of those records are narrowed: where each stands on its way, what it waits for, and for whom."""

from collections.abc import Iterator, Sequence
from datetime import date
from random import Random
from typing import Any
from uuid import UUID

import asyncpg

from policies.vocabulary import Function
from services.cases.views import Stage
from tests.services.database.many_ways import DAY, Cast, Made
from tests.services.database.ways_written import insert


async def write(admin: asyncpg.Connection, cast: Cast, records: Sequence[Made]) -> None:
    """Every row of them."""
    await insert(
        admin,
        {
            "case_fact": [row for made in records for row in _stages(made, cast)],
            "waiting_note": [row for made in records for row in _notes(made, cast)],
            "clock": [row for made in records for row in _clocks(made, cast)],
        },
    )


def _luck(made: Made, matter: str) -> Random:
    return Random(f"{made.id} {matter}")  # noqa: S311 - the same rows at every run


def _id(dice: Random) -> UUID:
    return UUID(int=dice.getrandbits(128))


def _stages(made: Made, cast: Cast) -> Iterator[dict[str, Any]]:
    """None yet, one, or several, of which the newest holds."""
    dice = _luck(made, "stages")
    for day in sorted(dice.sample(range(1, 20), dice.choice((0, 1, 1, 2, 3)))):
        yield {
            "id": _id(dice),
            "record_id": made.id,
            "data_group": "core",
            "kind": "stage",
            "value": dice.choice(list(Stage)).value,
            "effective_from": cast.today - day * DAY,
            "recorded_at": cast.now - day * DAY,
            "recorded_by": cast.colleague,
        }


def _notes(made: Made, cast: Cast) -> Iterator[dict[str, Any]]:
    """Of the person's own function, of another function of their agency, and of another agency."""
    dice = _luck(made, "notes")
    other = dice.choice([function for function in Function if function is not made.function])
    for agency, function in (
        (cast.agency, made.function),
        (cast.agency, other),
        (cast.elsewhere, made.function),
    ):
        for version in range(1, dice.choice((1, 2, 2, 3, 4))):
            yield {
                "id": _id(dice),
                "record_id": made.id,
                "agency_id": agency,
                "function": function,
                "version": version,
                "waits_for": "w",
                "whom": "w",
                "wakes_on": _wakes(dice, cast),
                "noted_by": cast.colleague,
                "noted_at": cast.now - DAY,
            }


def _wakes(dice: Random, cast: Cast) -> date | None:
    """Not any more, yesterday, today (and so awake), tomorrow or later."""
    days = dice.choice((None, -1, 0, 1, 1, 5, 5))
    return None if days is None else cast.today + days * DAY


def _clocks(made: Made, cast: Cast) -> Iterator[dict[str, Any]]:
    """What is awaited of the person's agency or of another, or was."""
    dice = _luck(made, "clocks")
    for number in range(dice.choice((0, 1, 1, 2))):
        yield {
            "id": _id(dice),
            "record_id": made.id,
            "kind": f"invented_{number}",
            "form": "target",
            "awaits": "a",
            "awaits_agency_id": dice.choice((cast.agency, cast.elsewhere)),
            "starts_on": cast.today - DAY,
            "due_on": cast.today + DAY,
            "proof": {},
            "recorded_at": cast.now - DAY,
            "ended_at": cast.now if dice.random() < 0.3 else None,
        }
