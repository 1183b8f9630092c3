"""Writing to records: each call stands behind an admission of this transaction, and the database asks for it again."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import text

from policies.permit import Permit
from policies.vocabulary import Action, DataGroup, Function, Relation
from services.tools import Reading

OPEN_RECORD = text("SELECT record_id, reference FROM open_record(:kind, :act, :purpose, :lawful_basis)")
ADD_FACTS = text("""
    INSERT INTO case_fact (record_id, data_group, kind, value, note, effective_from, recorded_at, recorded_by)
    SELECT :record, f.data_group, f.kind, f.value, :note, :effective_from, moment(), (SELECT my_member())
    FROM unnest(CAST(:groups AS text[]), CAST(:kinds AS text[]), CAST(:values AS text[]))
         WITH ORDINALITY AS f (data_group, kind, value, place)
    ORDER BY f.place
""")
RECORD_GROUPS = text("SELECT record_groups(:record, CAST(:groups AS jsonb))")
ADD_CLOCK = text("""
    INSERT INTO clock (record_id, kind, form, awaits, awaits_agency_id, starts_on, due_on, proof, regime_row,
                       recorded_at)
    VALUES (:record, :kind, :form, :awaits, :agency, :starts_on, :due_on, CAST(:proof AS jsonb), :row, moment())
""")
END_CLOCKS = text("SELECT end_clocks(:record, CAST(:kinds AS text[]))")
INVOLVE = text("SELECT involve(:record, CAST(:many AS jsonb))")
BECOME = text("SELECT become(:record, :relation, :purpose, :lawful_basis, :source)")
END_OWN = text("SELECT end_own_involvement(:record, :relation)")
HAND_LEAD = text("SELECT hand_lead(:record, :agency, :because)")
ASSIGN = text("SELECT assign(:record, :member, :team, :reason, :replacing)")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an involvement exists: its purpose, its lawful basis, and what made it."""

    purpose: str
    lawful_basis: str
    source: str


class Fact(NamedTuple):
    """What may change with time: one word or date of a group."""

    group: DataGroup
    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Content:
    """What a group says from now on; `kept` keys stay as they were if left unsaid."""

    group: DataGroup
    content: Mapping[str, Any]
    summary: Mapping[str, Any] | None = None
    kept: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Involvement:
    """An agency's function with what it is to the record, and why."""

    agency: UUID
    function: Function
    relation: Relation
    reason: Reason


@dataclass(frozen=True, slots=True)
class Clock:
    """What a record waits for from now on; `due_on` None: until it happens."""

    kind: str
    form: str
    awaits: str
    awaits_agency: UUID
    starts_on: date
    due_on: date | None
    proof: Mapping[str, Any]
    regime_row: str | None


async def open_record(reading: Reading, kind: str, act: Action, reason: Reason) -> UUID:
    """A new record, with the actor as its first involvement and lead."""
    row = await reading.row(
        OPEN_RECORD, kind=kind, act=act.value, purpose=reason.purpose, lawful_basis=reason.lawful_basis
    )
    if row is None:
        raise RuntimeError("opening a record gave nothing back")
    found: UUID = row["record_id"]
    return found


async def add_facts(reading: Reading, permit: Permit, facts: Iterable[Fact], on: date, note: str | None = None) -> None:
    """Dated facts of groups; a later one takes the place of an earlier of its kind from its day on."""
    if rows := list(facts):
        await reading.run(
            ADD_FACTS,
            record=permit.record_id,
            groups=[fact.group.value for fact in rows],
            kinds=[fact.kind for fact in rows],
            values=[fact.value for fact in rows],
            note=note,
            effective_from=on,
        )


async def record_groups(reading: Reading, permit: Permit, contents: Iterable[Content]) -> None:
    """The next version of each group, whole, and its summary beside it."""
    if rows := [{**asdict(one), "group": one.group.value} for one in contents]:
        await reading.rows(RECORD_GROUPS, record=permit.record_id, groups=json.dumps(rows))


async def start_clock(reading: Reading, permit: Permit, clock: Clock) -> None:
    """The record waits for this from now on."""
    await reading.run(
        ADD_CLOCK,
        record=permit.record_id,
        kind=clock.kind,
        form=clock.form,
        awaits=clock.awaits,
        agency=clock.awaits_agency,
        starts_on=clock.starts_on,
        due_on=clock.due_on,
        proof=json.dumps(clock.proof),
        row=clock.regime_row,
    )


async def end_clocks(reading: Reading, permit: Permit, *kinds: str) -> None:
    """The record no longer waits for these, or for anything."""
    await reading.rows(END_CLOCKS, record=permit.record_id, kinds=list(kinds) or None)


async def involve(reading: Reading, permit: Permit, involvements: Iterable[Involvement]) -> None:
    """Agencies' functions take a relation to the record, and find it with their intake teams."""
    if rows := [_involvement(one) for one in involvements]:
        await reading.rows(INVOLVE, record=permit.record_id, many=json.dumps(rows))


def _involvement(one: Involvement) -> dict[str, str]:
    return {
        "agency": str(one.agency),
        "function": one.function.value,
        "relation": one.relation.value,
        **asdict(one.reason),
    }


async def become(reading: Reading, permit: Permit, relation: Relation, reason: Reason) -> None:
    """The actor's own function takes another relation, because of what it does."""
    await reading.rows(
        BECOME,
        record=permit.record_id,
        relation=relation.value,
        purpose=reason.purpose,
        lawful_basis=reason.lawful_basis,
        source=reason.source,
    )


async def end_own_involvement(reading: Reading, permit: Permit, relation: Relation) -> None:
    """The actor's own relation to the record ends, for good."""
    await reading.rows(END_OWN, record=permit.record_id, relation=relation.value)


async def hand_lead(reading: Reading, permit: Permit, agency: UUID, because: str) -> None:
    """Another agency leads from now on; nothing happens when it leads already."""
    await reading.rows(HAND_LEAD, record=permit.record_id, agency=agency, because=because)


async def assign(
    reading: Reading, permit: Permit, *, member: UUID | None, team: UUID | None, reason: str, replacing: bool
) -> None:
    """Open the record to a person or a team of the actor's own agency."""
    await reading.rows(ASSIGN, record=permit.record_id, member=member, team=team, reason=reason, replacing=replacing)
