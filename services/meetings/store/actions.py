"""SQL of actions: by id, or of a meeting and those before it; never more than the permits name."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, text

from policies.permit import Permit
from policies.vocabulary import DataGroup
from services.meetings.words import ActionState
from services.tools import Reading

GROUP = DataGroup.STRATEGY_MINUTES
WANTED = "jsonb_to_recordset(CAST(:wanted AS jsonb)) AS w (record uuid, live boolean, items uuid[])"
STARTS = "SELECT v.starts_at FROM meeting_arrangement v WHERE v.meeting_id = {0}.id ORDER BY v.version DESC LIMIT 1"
SHOWN = """
    a.entry_id, a.meeting_id, r.reference, e.content ->> 'what' AS what, a.owner_agency_id, a.owner_function,
    a.owner_name, e.content ->> 'owner_person' AS owner_person, a.due_on, a.state, a.reports, london_today() AS today,
    followed_by_me(a.entry_id) AS is_yours, p.note, p.for_them, p.reported_at, b.name AS reported_for,
    coalesce(hm.display_name, ht.name) AS holder, h.team_id IS NOT NULL AS held_by_team, h.from_at AS held_since"""
AROUND = """
    JOIN record r ON r.id = a.record_id
    CROSS JOIN LATERAL (SELECT x.content FROM meeting_entry_version x WHERE x.entry_id = a.entry_id
                        ORDER BY x.version DESC LIMIT 1) e
    LEFT JOIN action_report p ON p.entry_id = a.entry_id AND p.version = a.reports
    LEFT JOIN agency b ON b.id = p.agency_id
    LEFT JOIN action_charge h ON h.entry_id = a.entry_id AND h.until_at IS NULL
    LEFT JOIN member hm ON hm.id = h.member_id LEFT JOIN team ht ON ht.id = h.team_id"""
SEEN = "NOT a.is_withdrawn AND (a.in_open_part AND w.live OR a.part_id = ANY (w.items))"

BY_ID = text(f"""
    SELECT {SHOWN} FROM {WANTED} JOIN meeting_action a ON a.record_id = w.record AND {SEEN} {AROUND}
    WHERE a.entry_id = ANY (CAST(:entries AS uuid[])) ORDER BY a.due_on, a.entry_id
""")  # noqa: S608 - the texts put in are constants of this file
# The meeting before is the latest that the reader may see, whether or not it had actions.
FOLLOW_UP = text(f"""
    SELECT m.id AS of_meeting, {SHOWN} FROM {WANTED}
    JOIN meeting m ON m.record_id = w.record AND m.id = ANY (CAST(:meetings AS uuid[]))
         AND (w.live OR m.id = ANY (w.items))
    CROSS JOIN LATERAL ({STARTS.format("m")}) this
    CROSS JOIN LATERAL (
        SELECT max(s.starts_at) AS starts_at FROM meeting o CROSS JOIN LATERAL ({STARTS.format("o")}) s
        WHERE o.record_id = m.record_id AND o.cancelled_at IS NULL AND (w.live OR o.id = ANY (w.items))
          AND s.starts_at < this.starts_at) before
    JOIN meeting_action a ON a.record_id = w.record AND {SEEN} {AROUND}
    JOIN meeting f ON f.id = a.meeting_id CROSS JOIN LATERAL ({STARTS.format("f")}) its
    WHERE a.meeting_id = m.id
       OR its.starts_at < this.starts_at AND (a.state <> 'done' OR p.reported_at >= before.starts_at)
    ORDER BY a.due_on, a.entry_id
""")  # noqa: S608 - the texts put in are constants of this file
MINE = text("""
    SELECT entry_id, record_id, due_on FROM my_actions(
        :in_charge, :member, :team, CAST(:after_due AS date), CAST(:after_id AS uuid), :first)
""")
REPORT = text("SELECT report_action(:entry, :known, :state, :note)")
GIVE = text("SELECT give_action(:entry, :member, :team) AS fits")


async def places(
    reading: Reading, *, in_charge: bool, member: UUID | None, team: UUID | None, after: tuple[date, UUID], first: int
) -> Sequence[RowMapping]:
    """Open actions that the actor's agency follows: which, and when they are due."""
    held = {"in_charge": in_charge, "member": member, "team": team}
    return await reading.rows(MINE, **held, after_due=after[0], after_id=after[1], first=first)


async def by_id(reading: Reading, permits: Iterable[Permit], entries: Sequence[UUID]) -> Sequence[RowMapping]:
    """These actions, as far as the permits reach."""
    return await _read(reading, BY_ID, permits, {"entries": list(entries)})


async def follow_up(reading: Reading, permits: Iterable[Permit], meetings: Sequence[UUID]) -> Sequence[RowMapping]:
    """The actions of these meetings, and of those before them."""
    return await _read(reading, FOLLOW_UP, permits, {"meetings": list(meetings)})


async def report(
    reading: Reading, permit: Permit, entry: UUID, known_version: int, state: ActionState, note: str
) -> None:
    """What became of it."""
    await reading.rows(REPORT, entry=entry, known=known_version, state=state.value, note=note)


async def give(reading: Reading, permit: Permit, entry: UUID, member: UUID | None, team: UUID | None) -> bool:
    """Whether somebody else has it in hand now; False: they cannot."""
    row = await reading.row(GIVE, entry=entry, member=member, team=team)
    return bool(row and row["fits"])


async def _read(
    reading: Reading, statement: Any, permits: Iterable[Permit], values: Mapping[str, Any]
) -> Sequence[RowMapping]:
    wanted = [
        {
            "record": str(permit.record_id),
            "live": GROUP in permit.see,
            "items": sorted(map(str, permit.items.get(GROUP, ()))),
        }
        for permit in permits
    ]
    return await reading.rows(statement, wanted=json.dumps(wanted), **values) if wanted else ()
