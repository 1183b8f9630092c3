"""Writing to meetings: each call stands behind an admission of this transaction, and the database asks again."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text

from policies.permit import Permit
from policies.vocabulary import Function
from services.meetings.words import Answer, Distributed, EntryKind, SentBy
from services.regimes.words import Nation
from services.tools import Reading

CONVENE = text("SELECT meeting_id, part_id FROM convene_meeting(:record, :occasion, :nation, CAST(:arranged AS jsonb))")
ARRANGE = text("SELECT arrange_meeting(:meeting, :known, CAST(:arranged AS jsonb))")
INVITE = text(
    "SELECT invite_to_meeting(:meeting, :agency, :function, :name, :is_home, :purpose, :lawful_basis) AS invitation"
)
OPEN = text("SELECT open_meeting(:meeting)")
CANCEL = text("SELECT cancel_meeting(:meeting, :reason)")
ANSWER = text("SELECT answer_invitation(:invitation, :answer, :member, :name, :note) AS answer")
WRITE = text("SELECT write_meeting_entry(:part, :entry, :kind, :known, CAST(:content AS jsonb), :withdrawn) AS entry")
LOG = text("SELECT log_distribution(:invitation, :what, :channel, :to_whom, :sent_at) AS distribution")


async def convene(
    reading: Reading, permit: Permit, occasion: UUID, nation: Nation, arranged: Mapping[str, Any]
) -> tuple[UUID, UUID]:
    """A new meeting on the permit's record, and its open part."""
    values = {"record": permit.record_id, "occasion": occasion, "nation": nation.value}
    row = await reading.row(CONVENE, **values, arranged=json.dumps(arranged, default=str))
    if row is None:
        raise RuntimeError("convening a meeting gave nothing back")
    return row["meeting_id"], row["part_id"]


async def arrange(
    reading: Reading, permit: Permit, meeting: UUID, known_version: int, arranged: Mapping[str, Any]
) -> None:
    """When, where and in whose hands, from now on."""
    sent = json.dumps(arranged, default=str)
    await reading.rows(ARRANGE, meeting=meeting, known=known_version, arranged=sent)


async def invite(
    reading: Reading,
    permit: Permit,
    meeting: UUID,
    *,
    agency: UUID | None,
    function: Function,
    name: str,
    is_home: bool,
    purpose: str,
    lawful_basis: str,
) -> UUID:
    """A function of an agency, or a body by name, is invited."""
    values = {"meeting": meeting, "agency": agency, "function": function.value, "name": name, "is_home": is_home}
    row = await reading.row(INVITE, **values, purpose=purpose, lawful_basis=lawful_basis)
    invited: UUID = row["invitation"] if row else UUID(int=0)
    return invited


async def open_meeting(reading: Reading, permit: Permit, meeting: UUID) -> None:
    """Everybody invited reads its open part from now on."""
    await reading.rows(OPEN, meeting=meeting)


async def cancel(reading: Reading, permit: Permit, meeting: UUID, reason: str) -> None:
    """It does not take place."""
    await reading.rows(CANCEL, meeting=meeting, reason=reason)


async def answer(
    reading: Reading,
    permit: Permit,
    invitation: UUID,
    said: Answer,
    *,
    member: UUID | None = None,
    name: str | None = None,
    note: str | None = None,
) -> None:
    """What an invited body answered."""
    await reading.rows(ANSWER, invitation=invitation, answer=said.value, member=member, name=name, note=note)


async def write_entry(
    reading: Reading,
    permit: Permit,
    part: UUID,
    kind: EntryKind,
    content: Mapping[str, Any],
    *,
    entry: UUID | None = None,
    known_version: int = 0,
    is_withdrawn: bool = False,
) -> UUID:
    """The next version of an entry, or a new one."""
    values = {"part": part, "entry": entry, "kind": kind.value, "known": known_version, "withdrawn": is_withdrawn}
    row = await reading.row(WRITE, **values, content=json.dumps(content))
    if row is None:
        raise RuntimeError("writing an entry gave nothing back")
    written: UUID = row["entry"]
    return written


async def log_distribution(
    reading: Reading,
    permit: Permit,
    invitation: UUID,
    what: Distributed,
    channel: SentBy,
    to_whom: str,
    sent_at: datetime,
) -> None:
    """Something was sent to a body without an account."""
    values = {"invitation": invitation, "what": what.value, "channel": channel.value, "to_whom": to_whom}
    await reading.rows(LOG, **values, sent_at=sent_at)
