"""Writing to records: each call stands behind an admission of this transaction, and the database asks for it again."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import text

from policies.permit import Permit
from policies.vocabulary import Action, DataGroup, Function, Relation
from services.tools import Reading

OPEN_RECORD = text("SELECT record_id, reference FROM open_record(:kind, :act, :purpose, :lawful_basis)")
ADD_FACT = text("""
    INSERT INTO case_fact (record_id, data_group, kind, value, note, effective_from, recorded_at, recorded_by)
    VALUES (:record, :data_group, :kind, :value, :note, :effective_from, moment(), my_member())
""")
RECORD_GROUP = text(
    "SELECT record_group(:record, :data_group, CAST(:content AS jsonb), CAST(:summary AS jsonb), :kept) AS version"
)
ADD_CLOCK = text("""
    INSERT INTO clock (record_id, kind, form, awaits, awaits_agency_id, starts_on, due_on, proof, regime_row,
                       recorded_at)
    VALUES (:record, :kind, :form, :awaits, :agency, :starts_on, :due_on, CAST(:proof AS jsonb), :row, moment())
""")
END_CLOCKS = text("SELECT end_clocks(:record, CAST(:kinds AS text[]))")
INVOLVE = text(
    "SELECT involve(:record, :agency, :function, :relation, :purpose, :lawful_basis, :source) AS involvement"
)
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


async def add_fact(
    reading: Reading, permit: Permit, group: DataGroup, kind: str, value: str, on: date, note: str | None = None
) -> None:
    """A dated fact of a group; a later one takes its place from its day on."""
    await reading.run(
        ADD_FACT,
        record=permit.record_id,
        data_group=group.value,
        kind=kind,
        value=value,
        note=note,
        effective_from=on,
    )


async def record_group(
    reading: Reading,
    permit: Permit,
    group: DataGroup,
    content: Mapping[str, Any],
    summary: Mapping[str, Any] | None,
    kept: Sequence[str] = (),
) -> None:
    """The next version of a group, whole, and its summary beside it; `kept` keys stay as they were if left unsaid."""
    await reading.rows(
        RECORD_GROUP,
        record=permit.record_id,
        data_group=group.value,
        content=json.dumps(content),
        summary=None if summary is None else json.dumps(summary),
        kept=list(kept),
    )


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


async def involve(
    reading: Reading, permit: Permit, agency: UUID, function: Function, relation: Relation, reason: Reason
) -> None:
    """Another agency's function takes a relation to the record and finds it with its intake team."""
    await reading.rows(
        INVOLVE,
        record=permit.record_id,
        agency=agency,
        function=function.value,
        relation=relation.value,
        purpose=reason.purpose,
        lawful_basis=reason.lawful_basis,
        source=reason.source,
    )


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
