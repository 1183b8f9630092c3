"""SQL of information requests; the gatekeeper's functions judge and write."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import RowMapping, text

from policies.permit import Permit
from services.tools import Reading

# Part of reading a record: the requests about it that row security lets this reader have, the newest first. An answer's
# groups are told by what was answered with, whatever became of the share that carried them.
REQUESTS: Final = """
    SELECT jsonb_agg(to_jsonb(q) || jsonb_build_object(
            'asker', jsonb_build_object('id', qa.id, 'name', qa.name),
            'addressee', jsonb_build_object('id', qb.id, 'name', qb.name),
            'is_asked', q.agency_id = :agency AND q.function = :function,
            'is_over', q.expires_on < (SELECT london_today()), 'days_left', q.due_on - (SELECT london_today()),
            'conflict', (SELECT c.why FROM information_request_conflict c WHERE c.request_id = q.id),
            'assigned_to', (SELECT string_agg(coalesce(xm.display_name, xt.name), ', ' ORDER BY x.from_at, x.id)
                            FROM assignment x LEFT JOIN member xm ON xm.id = x.member_id
                            LEFT JOIN team xt ON xt.id = x.team_id
                            WHERE x.involvement_id = q.involvement_id AND x.until_at IS NULL),
            'steps', (SELECT jsonb_agg(to_jsonb(p) || jsonb_build_object(
                            'by', pm.display_name,
                            'redirected_to', CASE WHEN pa.id IS NOT NULL
                                THEN jsonb_build_object('id', pa.id, 'name', pa.name) END) ORDER BY p.step)
                      FROM information_request_step p LEFT JOIN member pm ON pm.id = p.member_id
                      LEFT JOIN agency pa ON pa.id = p.redirected_agency_id WHERE p.request_id = q.id))
        ORDER BY q.sequence DESC)
    FROM information_request q JOIN agency qa ON qa.id = q.agency_id JOIN agency qb ON qb.id = q.addressee_agency_id
    WHERE q.record_id = r.id AND 'information_requests' = ANY (w.see)
"""
ASK = text("SELECT ask_for_information(:record, CAST(:said AS jsonb)) AS id")
SIDE = text("SELECT record_id, is_asker FROM side_of_request(:request)")
GO_ON = text("SELECT go_on_with_request(:request, :status, CAST(:said AS jsonb)) AS went_on")
ASSIGN = text("SELECT assign_request(:request, :member, :team, :reason)")
PARTIES = text("""
    SELECT agency_id AS asker, function AS asker_function, addressee_agency_id AS addressee, addressee_function
    FROM information_request WHERE id = :request AND record_id = :record
""")
MINE = text("SELECT id, record_id, due_on FROM my_requests(:to_answer, :in_charge, :after_due, :after_id, :first)")


async def ask(reading: Reading, permit: Permit, said: Mapping[str, Any]) -> UUID:
    """Write the request; its id."""
    row = await reading.row(ASK, record=permit.record_id, said=json.dumps(said, default=str))
    if row is None:
        raise RuntimeError("asking gave nothing back")
    found: UUID = row["id"]
    return found


async def side(reading: Reading, request: UUID) -> RowMapping | None:
    """The record of a request of which the actor's function is a side, and which."""
    return await reading.row(SIDE, request=request)


async def parties(reading: Reading, permit: Permit, request: UUID) -> RowMapping | None:
    """Who asked whom, if this reader may read the request."""
    return await reading.row(PARTIES, request=request, record=permit.record_id)


async def go_on(reading: Reading, request: UUID, status: str, said: Mapping[str, Any]) -> bool:
    """The next step; False: the request is over. The gatekeeper asks for the act and for the side."""
    row = await reading.row(GO_ON, request=request, status=status, said=json.dumps(said, default=str))
    return row is not None and bool(row["went_on"])


async def assign(reading: Reading, request: UUID, member: UUID | None, team: UUID | None, reason: str) -> None:
    """One person or team has it to answer from now on."""
    await reading.rows(ASSIGN, request=request, member=member, team=team, reason=reason)


async def mine(
    reading: Reading, after: tuple[date, UUID], first: int, *, to_answer: bool, in_charge: bool
) -> Sequence[RowMapping]:
    """Unanswered requests, the next due first."""
    return await reading.rows(
        MINE, to_answer=to_answer, in_charge=in_charge, after_due=after[0], after_id=after[1], first=first
    )
