"""The only caller of the rules. A Permit is minted in Python from facts; the database decided alone before it, from the
same facts and its own copy of the table. Where the two differ nothing is answered."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping

from policies import engine
from policies.actor import Actor
from policies.explanation import GroupSight
from policies.past import UNKNOWN, shown
from policies.permit import Permit, RecordFacts
from policies.table import Cell, Table
from policies.vocabulary import Action, CaseClass, DataGroup, Effect, Relation
from services import ledger
from services.errors import NotFound, Refused
from services.tools import Reading

CORE = frozenset({DataGroup.CORE})


class WallsDisagreeError(RuntimeError):
    """The two evaluations of the policy differ: a fault, and the operation ends without an answer."""


@dataclass(frozen=True, slots=True)
class Admission:
    """A record the actor may know, with the permit for what was asked and what stays withheld."""

    lookup: str
    record_id: UUID
    kind: str
    permit: Permit
    refused: frozenset[DataGroup]
    standings: tuple[RecordFacts, ...] = ()


async def look(reading: Reading, lookups: Sequence[str], asked: Iterable[DataGroup]) -> dict[str, Admission]:
    """Look at records by id or reference, by lookup. A record that is not there for the actor is simply missing."""
    rows = await ledger.admit(reading, lookups, frozenset(asked) - CORE, Action.SEE, ())
    return {
        row["looked_up"]: _admission(reading, row, frozenset(asked) | CORE, Action.SEE, frozenset()) for row in rows
    }


async def ask(
    reading: Reading, act: Action, lookup: str, to_write: Iterable[DataGroup] = (), asked: Iterable[DataGroup] = ()
) -> Admission | NotFound | Refused:
    """Ask for an act on one record, to write these groups and see those; all of the writing or none of it."""
    wanted = frozenset(to_write)
    rows = await ledger.admit(reading, [lookup], frozenset(asked) - CORE, act, wanted)
    if not rows:
        return NotFound()
    if not rows[0]["may_act"] or not wanted <= _groups(rows[0]["writes"]):
        return Refused(None, "Your function and your relation to this record do not allow this.")
    return _admission(reading, rows[0], frozenset(asked) | CORE, act, wanted)


async def ask_each(reading: Reading, act: Action, lookups: Sequence[str]) -> dict[str, Admission] | NotFound | Refused:
    """Ask for an act on several records, for all of them or none; by lookup."""
    rows = await ledger.admit(reading, lookups, (), act, ())
    if {row["looked_up"] for row in rows} != set(lookups):
        return NotFound()
    if not all(row["may_act"] for row in rows):
        return Refused(None, "Your function and your relation to these records do not allow this.")
    return {row["looked_up"]: _admission(reading, row, CORE, act, frozenset()) for row in rows}


def explain(reading: Reading, admission: Admission, opened: RowMapping) -> tuple[GroupSight, ...]:
    """Why each group is open or not, by the standings of this admission; `opened`: what the database opens by them."""
    everything = frozenset(DataGroup)
    permit = engine.permit(reading.actor, admission.standings, everything, Action.SEE)
    pins = _pins(opened["pins"])
    if permit is None or (permit.see, permit.summary, permit.pins) != (
        _groups(opened["sees"]) | pins.keys(),
        _groups(opened["summarises"]),
        pins,
    ):
        raise WallsDisagreeError("the rules and the database explain differently")
    return engine.explain(reading.actor, admission.standings)


def explain_past(kept: Table | None, person: Actor, standings: Sequence[RecordFacts]) -> tuple[GroupSight, ...]:
    """What somebody's standings of another moment opened; empty where they could not even know of the record.

    `kept` is the table of that moment; None: it is today's.
    """
    found = engine.explain_past(kept, person, standings) if kept else engine.explain(person, standings)
    return found if any(sight.group is DataGroup.CORE and sight.action for sight in found) else ()


def rules_that_opened(kept: Table | None, cells: Iterable[Cell], numbers: Set[str]) -> dict[str, str]:
    """Of the rules with these numbers, those that allow one of these cells, each with its reason."""
    reasons, asked = engine.reasons(), kept or engine.table()
    found = {shown(row.rule) for cell in cells for row in asked.rows_of(cell) if row.effect is Effect.ALLOW}
    return {number: reasons.get(number, UNKNOWN) for number in sorted(found & numbers)}


def may_begin(reading: Reading, act: Action) -> bool:
    """Whether the actor may do an act that needs no record yet."""
    facts = RecordFacts(UUID(int=0), None, Relation.UNRELATED, frozenset({CaseClass.ALWAYS}))
    return engine.permit(reading.actor, (facts,), CORE, act) is not None


def _admission(
    reading: Reading, row: RowMapping, asked: frozenset[DataGroup], act: Action, to_write: frozenset[DataGroup]
) -> Admission:
    facts = tuple(record_facts(row["record_id"], row["classes"], standing) for standing in row["standings"])
    permit = engine.permit(reading.actor, facts, asked, act, to_write)
    pins = _pins(row["pins"])
    if permit is None or (permit.see, permit.summary, permit.record, permit.pins, permit.items) != (
        _groups(row["groups"]) | pins.keys(),
        _groups(row["summaries"]),
        _groups(row["writes"]),
        pins,
        _items(row["items"]),
    ):
        raise WallsDisagreeError("the rules and the database decided differently")
    return Admission(row["looked_up"], row["record_id"], row["kind"], permit, _groups(row["refused"]), facts)


def record_facts(record: UUID, classes: Iterable[str], standing: Mapping[str, Any]) -> RecordFacts:
    """One way to stand to a record, as the database found it."""
    return RecordFacts(
        record_id=record,
        involvement_id=UUID(standing["involvement"]),
        relation=Relation(standing["relation"]),
        classes=frozenset(CaseClass(word) for word in classes),
        scope=_groups(standing["scope"]) if standing["scoped"] else None,
        pins=_pins(standing["pins"]),
        items=_items(standing["items"]),
    )


def _groups(words: Iterable[str]) -> frozenset[DataGroup]:
    return frozenset(DataGroup(word) for word in words)


def _pins(texts: Iterable[str]) -> dict[DataGroup, int]:
    """`identity:3` → {IDENTITY: 3}; of several versions the newest."""
    pins: dict[DataGroup, int] = {}
    for group, _, version in (item.partition(":") for item in texts):
        pins[DataGroup(group)] = max(int(version), pins.get(DataGroup(group), 0))
    return pins


def _items(texts: Iterable[str]) -> dict[DataGroup, frozenset[UUID]]:
    """`strategy_minutes:<id>` → {STRATEGY_MINUTES: {id}}."""
    items: dict[DataGroup, frozenset[UUID]] = {}
    for group, _, item in (text.partition(":") for text in texts):
        items[DataGroup(group)] = items.get(DataGroup(group), frozenset()) | {UUID(item)}
    return items
