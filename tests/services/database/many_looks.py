"""Lines of the ledger about those records: of the person's agency and of another, while the one led or the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any
from uuid import UUID

import asyncpg

from policies.vocabulary import AccessLevel, Function
from tests.services.database.many_ways import DAY, Bar, Cast, Made
from tests.services.database.ways_written import insert

EACH = 5
GROUPS = ("core", "identity", "immigration", "clocks", "strategy_minutes")
PURPOSES = ("to decide", "to support")
VERDICTS = ("viewed", "disclosed", "refused")


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A line: of whom, about what, and what was seen of it. `made` is None: a record that nobody stood in."""

    id: UUID
    at: datetime
    made: Made | None
    is_ours: bool
    member: UUID
    verdict: str
    purposes: tuple[str, ...]
    whole: tuple[str, ...]
    pinned: tuple[str, ...]
    entries: tuple[str, ...]
    summaries: tuple[str, ...]
    written: tuple[str, ...]
    refused: tuple[str, ...]
    leads: tuple[tuple[datetime, bool], ...]

    @property
    def seen(self) -> set[str]:
        """Whole, in one version or in single entries."""
        return {*self.whole, *self.pinned, *self.entries}

    @property
    def named(self) -> set[str]:
        """Every group that the line is about."""
        return {*self.seen, *self.summaries, *self.written, *self.refused}

    @property
    def is_barred(self) -> bool:
        """Whether a bar keeps the officer, or their agency, from the record now."""
        return self.made is not None and self.made.bar in (Bar.ME, Bar.AGENCY)

    @property
    def is_in_sight(self) -> bool:
        """A refused look of our own, or one at a record the officer may know of: our own, or one that we led then."""
        before = [ours for since, ours in self.leads if since <= self.at]
        if self.is_ours:
            return self.verdict == "refused" or not self.is_barred
        return bool(before) and before[-1] and not self.is_barred

    @property
    def is_concerned(self) -> bool:
        """Whether the officer may know which record it is."""
        return self.made is not None and not self.is_barred


def looks(cast: Cast, records: Sequence[Made]) -> list[Look]:
    """Some for each record, no two at one moment, and a few at records that are nobody's."""
    dice = Random(1930)  # noqa: S311 - the same lines at every run
    found: list[Look] = []
    for made in (*records, *[None] * 10):
        leads = tuple((cast.now - day * DAY, dice.random() < 0.5) for day in (20, 10, 5)[: dice.randint(1, 3)])
        found += [_look(dice, cast, made, leads if made else ()) for _ in range(EACH)]
    return found


def _look(dice: Random, cast: Cast, made: Made | None, leads: tuple[tuple[datetime, bool], ...]) -> Look:
    ours = dice.random() < 0.5
    people = (cast.person, cast.worker, cast.colleague) if ours else (UUID(int=1), UUID(int=2))
    return Look(
        id=UUID(int=dice.getrandbits(128)),
        at=cast.now - dice.random() * 25 * DAY,
        made=made,
        is_ours=ours,
        member=dice.choice(people),
        verdict=dice.choice(VERDICTS),
        purposes=tuple(dice.sample(PURPOSES, dice.randint(0, 2))),
        whole=_some(dice, GROUPS),
        pinned=_some(dice, ("identity",)),
        entries=_some(dice, ("strategy_minutes",)),
        summaries=_some(dice, ("immigration", "identity")),
        written=_some(dice, ("clocks",)),
        refused=_some(dice, ("immigration", "core")),
        leads=leads,
    )


def _some(dice: Random, groups: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted(group for group in groups if dice.random() < 0.3))


async def write(admin: asyncpg.Connection, cast: Cast, found: Sequence[Look]) -> None:
    """Every row of them, and nothing else in the ledger."""
    leads = {one.made.id: one.leads for one in found if one.made}
    await only(admin, ())
    await insert(
        admin,
        {
            "lead_agency": [
                {
                    "record_id": record,
                    "from_at": since,
                    "step": step,
                    "agency_id": cast.agency if ours else cast.elsewhere,
                    "because": "b",
                }
                for record, steps in leads.items()
                for step, (since, ours) in enumerate(steps, start=1)
            ],
            "access_record": [_row(one, cast) for one in found],
        },
    )


async def only(admin: asyncpg.Connection, found: Sequence[Look]) -> None:
    """Take every other line out of the ledger, past its triggers."""
    await admin.execute("SET session_replication_role = replica")
    await admin.execute("DELETE FROM access_record WHERE NOT id = ANY ($1)", [one.id for one in found])
    await admin.execute("RESET session_replication_role")


def _row(one: Look, cast: Cast) -> dict[str, Any]:
    return {
        "id": one.id,
        "at": one.at,
        "transaction": 3,  # long over
        "session_id": one.id,
        "member_id": one.member,
        "agency_id": cast.agency if one.is_ours else cast.elsewhere,
        "function": Function.DECISION_MAKER,
        "access_level": AccessLevel.PRACTITIONER,
        "act": "see",
        "verdict": one.verdict,
        "record_id": one.made.id if one.made else one.id,
        **{column: [] for column in ("involvements", "relations", "classes", "rules")},
        "purposes": one.purposes,
        "groups": one.whole,
        "summaries": one.summaries,
        "pins": [f"{group}:1" for group in one.pinned],
        "items": [f"{group}:{one.id}" for group in one.entries],
        "writes": one.written,
        "refused": one.refused,
    }
