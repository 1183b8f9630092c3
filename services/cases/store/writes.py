"""Writing to records: each call stands behind an admission of this transaction, and the database asks for it again."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import text

from policies.permit import Permit
from policies.vocabulary import Action, DataGroup, Function, Relation
from services.tools import Reading, as_json

OPEN_RECORDS = text("SELECT place, record_id, reference FROM open_records(CAST(:asked AS jsonb[]))")
ADD_FACTS = text("""
    INSERT INTO case_fact (record_id, data_group, kind, value, note, effective_from, recorded_at, recorded_by)
    SELECT f.record, f."group", f.kind, f.value, f.note, f.effective_from, moment(), (SELECT my_member())
    FROM unnest(CAST(:asked AS jsonb[])) WITH ORDINALITY AS a (one, place),
         jsonb_to_record(a.one) AS f (record uuid, "group" text, kind text, value text, note text, effective_from date)
    ORDER BY a.place
""")
RECORD_GROUPS = text("SELECT record_groups(CAST(:asked AS jsonb[]))")
ADD_CLOCKS = text("""
    INSERT INTO clock (record_id, kind, form, awaits, awaits_agency_id, starts_on, due_on, proof, regime_row,
                       recorded_at)
    SELECT c.record, c.kind, c.form, c.awaits, c.awaits_agency, c.starts_on, c.due_on, c.proof, c.regime_row, moment()
    FROM unnest(CAST(:asked AS jsonb[])) one, jsonb_to_record(one)
        AS c (record uuid, kind text, form text, awaits text, awaits_agency uuid, starts_on date, due_on date,
              proof jsonb, regime_row text)
""")
END_CLOCKS = text("SELECT end_clocks(:record, CAST(:kinds AS text[]))")
INVOLVE = text("SELECT involve(CAST(:asked AS jsonb[]))")
BECOME = text("SELECT become(:record, :relation, :purpose, :lawful_basis, :source)")
END_OWN = text("SELECT end_own_involvement(CAST(:asked AS uuid[]), :relation)")
HAND_LEAD = text("SELECT hand_lead(CAST(:asked AS jsonb[]))")
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
    wanted = {"kind": kind, "act": act, "purpose": reason.purpose, "lawful_basis": reason.lawful_basis}
    (row,) = await reading.each(OPEN_RECORDS, [as_json(wanted)])
    found: UUID = row["record_id"]
    return found


async def add_facts(reading: Reading, permit: Permit, facts: Iterable[Fact], on: date, note: str | None = None) -> None:
    """Dated facts of groups; a later one takes the place of an earlier of its kind from its day on."""
    same = {"record": permit.record_id, "note": note, "effective_from": on}
    await reading.each(ADD_FACTS, [as_json(same | fact._asdict()) for fact in facts])


async def record_groups(reading: Reading, permit: Permit, contents: Iterable[Content]) -> None:
    """The next version of each group, whole, and its summary beside it."""
    await reading.each(RECORD_GROUPS, [as_json({"record": permit.record_id} | _parts(one)) for one in contents])


async def start_clock(reading: Reading, permit: Permit, clock: Clock) -> None:
    """The record waits for this from now on."""
    await reading.each(ADD_CLOCKS, [as_json({"record": permit.record_id} | _parts(clock))])


async def end_clocks(reading: Reading, permit: Permit, *kinds: str) -> None:
    """The record no longer waits for these, or for anything."""
    await reading.rows(END_CLOCKS, record=permit.record_id, kinds=list(kinds) or None)


async def involve(reading: Reading, permit: Permit, involvements: Iterable[Involvement]) -> None:
    """Agencies' functions take a relation to the record, and find it with their intake teams."""
    await reading.each(INVOLVE, [as_json({"record": permit.record_id} | _involvement(one)) for one in involvements])


def _involvement(one: Involvement) -> dict[str, object]:
    return {"agency": one.agency, "function": one.function, "relation": one.relation, **_parts(one.reason)}


def _parts(one: Content | Clock | Reason) -> dict[str, object]:
    """Its fields as they are: `asdict` would copy a whole form first."""
    return {field.name: getattr(one, field.name) for field in fields(one)}


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
    await reading.each(END_OWN, [str(permit.record_id)], relation=relation.value)


async def hand_lead(reading: Reading, permit: Permit, agency: UUID, because: str) -> None:
    """Another agency leads from now on; nothing happens when it leads already."""
    await reading.each(HAND_LEAD, [as_json({"record": permit.record_id, "agency": agency, "because": because})])


async def assign(
    reading: Reading, permit: Permit, *, member: UUID | None, team: UUID | None, reason: str, replacing: bool
) -> None:
    """Open the record to a person or a team of the actor's own agency."""
    await reading.rows(ASSIGN, record=permit.record_id, member=member, team=team, reason=reason, replacing=replacing)
