"""Writing what follows a meeting: each call stands behind an admission, and the database asks again."""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import text

from policies.permit import Permit
from policies.vocabulary import Function
from services.meetings.sign_offs import SignOff
from services.tools import Reading

MAKE_PART = text("SELECT make_closed_part(:beside, :name, CAST(:readers AS jsonb)) AS made")
SEND_OUT = text("SELECT send_out_minutes(:meeting, :due_on, :row)")
SIGN = text("SELECT sign_minutes(:part, :answer, :entry, :words) AS made")
SIGN_FOR = text("SELECT sign_minutes_for(:invitation, :answer, :entry, :words, :person) AS made")
CLOSE = text("SELECT close_meeting(:meeting, CAST(:quorum AS jsonb))")
ADD = text("SELECT add_to_minutes(:part, :entry, :words) AS made")
ESCALATE = text("SELECT escalate_dissent(:entry, :words) AS made")
RELEASE = text("SELECT release_minutes(:meeting, :agency, :function, :parts, :purpose, :lawful_basis) AS made")


async def make_part(
    reading: Reading, permit: Permit, open_part: UUID, name: str, readers: Iterable[tuple[UUID, Function]]
) -> UUID:
    """A part for these readers and the actor."""
    sent = json.dumps([{"agency": str(agency), "function": function.value} for agency, function in readers])
    return await _made(reading, MAKE_PART, beside=open_part, name=name, readers=sent)


async def send_out(reading: Reading, permit: Permit, meeting: UUID, due_on: date, row: str) -> None:
    """They may be signed off until that day."""
    await reading.rows(SEND_OUT, meeting=meeting, due_on=due_on, row=row)


async def sign(reading: Reading, permit: Permit, part: UUID, said: SignOff) -> UUID:
    """What the actor's agency says; or what a body without an account said, written down for it."""
    values = {"answer": said.answer.value, "entry": said.entry, "words": said.words}
    if said.invitation is not None:
        return await _made(reading, SIGN_FOR, invitation=said.invitation, person=said.said_by, **values)
    return await _made(reading, SIGN, part=part, **values)


async def close(reading: Reading, permit: Permit, meeting: UUID, quorum: Sequence[dict[str, Any]]) -> None:
    """The text is frozen, and each part sealed."""
    await reading.rows(CLOSE, meeting=meeting, quorum=json.dumps(quorum))


async def add(reading: Reading, permit: Permit, part: UUID, entry: UUID | None, words: str) -> UUID:
    """An addendum."""
    return await _made(reading, ADD, part=part, entry=entry, words=words)


async def escalate(reading: Reading, permit: Permit, entry: UUID, words: str) -> UUID:
    """Dissent goes to the managers."""
    return await _made(reading, ESCALATE, entry=entry, words=words)


async def release(
    reading: Reading,
    permit: Permit,
    meeting: UUID,
    *,
    agency: UUID,
    function: Function,
    parts: Sequence[UUID],
    purpose: str,
    lawful_basis: str,
) -> UUID:
    """The minutes are given to a function of an agency; the id of its involvement."""
    values = {"meeting": meeting, "agency": agency, "function": function.value, "parts": list(parts)}
    return await _made(reading, RELEASE, **values, purpose=purpose, lawful_basis=lawful_basis)


async def _made(reading: Reading, statement: Any, **values: object) -> UUID:
    row = await reading.row(statement, **values)
    if row is None:
        raise RuntimeError("the database made nothing")
    made: UUID = row["made"]
    return made
