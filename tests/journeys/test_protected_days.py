"""No day from a positive decision to the later of the period's end and the conclusive decision reads "not protected",
unless the person is disqualified on it; and no day after it, whatever became of that decision, reads "protected"."""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.world.deciding import referred
from tests.world.platform import Platform

pytestmark = pytest.mark.anyio

FIRST = date(2024, 1, 1)
HISTORIES = 200
DAYS = """SELECT d::date AS day, p.* FROM generate_series($2::date, $3::date, interval '1 day') d
          CROSS JOIN LATERAL protection_on($1, d::date) p ORDER BY d"""
DECISION = """INSERT INTO decision (id, record_id, kind, outcome, issued_on, authority_id, recorded_at, recorded_by)
    SELECT $1, $2, $3, $4, $5, m.agency_id, now(), m.id FROM member m WHERE m.subject = 'sca-1'"""
CLOCK = """INSERT INTO clock (record_id, kind, form, awaits, awaits_agency_id, starts_on, due_on, proof, recorded_at)
    SELECT $1, 'recovery_period', 'minimum', 'x', m.agency_id, $2, $3, '{}', now()
    FROM member m WHERE m.subject = 'sca-1'"""
STEP = """WITH taken AS (
        INSERT INTO case_step (record_id, ordinal, kind, data_group, happened_on, agency_id, recorded_at, recorded_by)
        SELECT $1, $2, $3, k.data_group, $4, m.agency_id, now(), m.id
        FROM member m, case_step_kind k WHERE m.subject = 'sca-1' AND k.kind = $3
        RETURNING id, record_id, data_group)
    INSERT INTO case_step_detail SELECT id, record_id, data_group, $5::jsonb FROM taken"""


@dataclass
class Conclusive:
    """A conclusive decision, and what became of it."""

    decided_on: date
    outcome: str
    quashed_on: date | None = None
    revoked_on: date | None = None


@dataclass
class History:
    """What happened to one person, drawn at random."""

    positive_on: date
    due_on: date
    extended_to: date | None
    revoked_on: date | None  # the positive decision itself, before another was made
    conclusive: list["Conclusive"] = field(default_factory=list)
    disqualified: list[tuple[date, date | None]] = field(default_factory=list)
    ended_on: date | None = None

    def was_ended(self, day: date) -> bool:
        """Whether a conclusive decision ended it before that day; what a court took away ends nothing from then on."""
        due = max(self.due_on, self.extended_to or self.due_on)
        counting = [one.decided_on for one in self.conclusive if one.quashed_on is None or day < one.quashed_on]
        made = [decided for decided in counting if decided <= day]
        return bool(made) and day > max(due, min(made))

    def is_disqualified(self, day: date) -> bool:
        """From the day of the one decision to the day before the other."""
        return any(since <= day and (until is None or day < until) for since, until in self.disqualified)


def drawn(dice: random.Random) -> History:
    positive = FIRST + timedelta(days=dice.randrange(400))
    due = positive + timedelta(days=dice.choice((29, 45)))
    history = History(
        positive_on=positive,
        due_on=due,
        extended_to=due + timedelta(days=dice.randrange(1, 200)) if dice.random() < 0.4 else None,
        revoked_on=None,
    )
    if dice.random() < 0.8:
        history.conclusive = list(drawn_conclusive(dice, positive))
    elif dice.random() < 0.5:
        history.revoked_on = positive + timedelta(days=dice.randrange(200))
    if dice.random() < 0.4:
        since = positive + timedelta(days=dice.randrange(200))
        history.disqualified.append(
            (since, since + timedelta(days=dice.randrange(1, 90)) if dice.random() < 0.5 else None)
        )
    if dice.random() < 0.1:
        history.ended_on = positive + timedelta(days=dice.randrange(250))
    return history


def drawn_conclusive(dice: random.Random, positive: date) -> Iterator[Conclusive]:
    """One decision or two: the second is made anew after a court, a revocation or a request."""
    first = Conclusive(positive + timedelta(days=dice.randrange(30, 300)), dice.choice(("positive", "negative")))
    fate, later = dice.random(), first.decided_on + timedelta(days=dice.randrange(1, 60))
    if fate < 0.25:
        first.quashed_on = later
    elif fate < 0.5 and first.outcome == "positive":
        first.revoked_on = later
    yield first
    if dice.random() < 0.5:
        yield Conclusive(later + timedelta(days=dice.randrange(60)), dice.choice(("positive", "negative")))


async def written(admin: Any, record: UUID, history: History) -> None:
    """The rows that the acts would have written."""
    reasonable, steps = uuid4(), list[tuple[date, str, dict[str, str]]]()
    await admin.execute(DECISION, reasonable, record, "reasonable_grounds", "positive", history.positive_on)
    for due in filter(None, (history.due_on, history.extended_to)):
        await admin.execute(CLOCK, record, history.positive_on, due)
    if history.revoked_on:
        steps.append((history.revoked_on, "revoked", {"decision": str(reasonable)}))
    for one in history.conclusive:
        made = uuid4()
        await admin.execute(DECISION, made, record, "conclusive_grounds", one.outcome, one.decided_on)
        if one.quashed_on:
            steps.append((one.quashed_on, "review_ended", {"decision": str(made), "outcome": "quashed"}))
        if one.revoked_on:
            steps.append((one.revoked_on, "revoked", {"decision": str(made)}))
    for since, until in history.disqualified:
        steps.append((since, "disqualified", {}))
        if until:
            steps.append((until, "not_disqualified", {}))
    if history.ended_on:
        steps.append((history.ended_on, "ended", {}))
    for ordinal, (day, kind, said) in enumerate(sorted(steps, key=lambda step: step[0]), start=1):
        await admin.execute(STEP, record, ordinal, kind, day, json.dumps(said))


async def test_no_day_of_a_period_reads_unprotected_unless_somebody_is_disqualified(platform: Platform) -> None:
    case = await referred(platform)
    record = await platform.admin.fetchval("SELECT id FROM record WHERE reference = $1", case["reference"])
    dice = random.Random(20260522)  # noqa: S311 - nothing secret is drawn
    counted = {"protected": 0, "disqualified": 0, "over": 0}
    for _ in range(HISTORIES):
        history = drawn(dice)
        transaction = platform.admin.transaction()
        await transaction.start()
        await written(platform.admin, record, history)
        first, last = history.positive_on - timedelta(days=5), history.positive_on + timedelta(days=420)
        days = await platform.admin.fetch(DAYS, record, first, last)
        await transaction.rollback()
        for row in days:
            counted[judged(history, row)] += 1
    assert all(number > 1_000 for number in counted.values()), counted


def judged(history: History, row: Any) -> str:
    """What a day is, by hand; what was answered for it must fit."""
    day = row["day"]
    gone = [last for last in (history.ended_on, history.revoked_on) if last is not None]
    is_over = day < history.positive_on or any(day > last for last in gone) or history.was_ended(day)
    if is_over:
        assert not row["is_protected"], (history, row)
        return "over"
    if history.is_disqualified(day):
        assert not row["is_protected"], (history, row)
        return "disqualified"
    assert row["is_protected"], (history, row)
    assert row["since"] == history.positive_on
    assert row["at_least_until"] >= day
    assert row["at_least_until"] >= history.due_on
    return "protected"
