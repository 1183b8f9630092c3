"""Reading records, any number in one statement: what the permits name, which row security confirms."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import RowMapping, text
from sqlalchemy.dialects.postgresql import JSONB

from policies.permit import Permit
from services.requests.store import REQUESTS
from services.sharing.store import SHARES
from services.tools import Reading

STEPS = """(SELECT jsonb_agg(to_jsonb(s) || jsonb_build_object('content', t.content, 'agency', jsonb_build_object(
                        'id', a.id, 'code', a.code, 'name', a.name)) ORDER BY s.ordinal)
            FROM case_step s JOIN agency a ON a.id = s.agency_id
            LEFT JOIN case_step_detail t ON t.step_id = s.id AND s.data_group = ANY (w.see)
            WHERE s.record_id = r.id AND s.data_group = '{0}' AND '{0}' = ANY (w.see || w.summary)
              AND s.kind <> 'information_added')"""
READ = text(f"""
    SELECT r.id, r.kind, r.reference, r.opened_at, stage.value AS stage,
           coalesce(stage.changes, 0) + lead.steps AS version, lead.agency AS lead,
           coalesce(own.assignments, '[]') AS assignments, own.changes AS assignment_version,
           (SELECT jsonb_object_agg(c.data_group, jsonb_build_object('version', c.version, 'content', c.content))
            FROM (SELECT DISTINCT ON (g.data_group) g.data_group, g.version, g.content FROM group_content g
                  WHERE g.record_id = r.id AND g.data_group = ANY (w.see)
                    AND g.version <= coalesce((w.pins ->> g.data_group)::integer, g.version)
                  ORDER BY g.data_group, g.version DESC) c) AS contents,
           (SELECT jsonb_object_agg(s.data_group, jsonb_build_object('version', s.version, 'content', s.content))
            FROM (SELECT DISTINCT ON (g.data_group) g.data_group, g.version, g.content FROM group_summary g
                  WHERE g.record_id = r.id AND g.data_group = ANY (w.summary)
                  ORDER BY g.data_group, g.version DESC) s) AS summaries,
           (SELECT jsonb_object_agg(f.kind, f.value)
            FROM (SELECT DISTINCT ON (x.kind) x.kind, x.value FROM case_fact x
                  WHERE x.record_id = r.id AND x.data_group = ANY (w.see)
                    AND x.effective_from <= (SELECT london_today())
                  ORDER BY x.kind, x.effective_from DESC, x.sequence DESC) f) AS facts,
           (SELECT jsonb_agg(to_jsonb(k) || jsonb_build_object('agency', jsonb_build_object(
                        'id', a.id, 'code', a.code, 'name', a.name), 'days_left', k.due_on - (SELECT london_today()))
                   ORDER BY k.due_on NULLS LAST, k.recorded_at, k.kind, k.id)
            FROM clock k JOIN agency a ON a.id = k.awaits_agency_id
            WHERE k.record_id = r.id AND k.ended_at IS NULL AND 'clocks' = ANY (w.see)) AS clocks,
           (SELECT to_jsonb(n) || jsonb_build_object('name', m.display_name,
                        'is_asleep', n.wakes_on > (SELECT london_today()))
            FROM waiting_note n JOIN member m ON m.id = n.noted_by
            WHERE n.record_id = r.id AND 'clocks' = ANY (w.see) ORDER BY n.version DESC LIMIT 1) AS waiting,
           (SELECT jsonb_agg(to_jsonb(d) || jsonb_build_object('agency', jsonb_build_object(
                        'id', a.id, 'code', a.code, 'name', a.name)) ORDER BY d.issued_on, d.recorded_at, d.id)
            FROM decision d JOIN agency a ON a.id = d.authority_id
            WHERE d.record_id = r.id AND 'decisions' = ANY (w.see || w.summary)) AS decisions,
           {STEPS.format("decisions")} AS steps, {STEPS.format("disqualification")} AS disqualification,
           (SELECT jsonb_object_agg(e.data_group, e.entries)
            FROM (SELECT s.data_group, jsonb_agg(to_jsonb(s) || jsonb_build_object('content', t.content, 'agency',
                         jsonb_build_object('id', a.id, 'code', a.code, 'name', a.name)) ORDER BY s.ordinal) AS entries
                  FROM case_step s JOIN agency a ON a.id = s.agency_id JOIN case_step_detail t ON t.step_id = s.id
                  WHERE s.record_id = r.id AND s.kind = 'information_added' AND s.data_group = ANY (w.see)
                  GROUP BY s.data_group) e) AS additions,
           {STEPS.format("wishes")} AS wishes, {STEPS.format("leave")} AS leave,
           {STEPS.format("immigration")} AS status, {STEPS.format("criminal_justice")} AS cooperation,
           (SELECT to_jsonb(p) FROM protection(r.id) p WHERE 'protection' = ANY (w.see)) AS protection,
           (SELECT jsonb_agg(jsonb_build_object('id', m.id, 'mode', v.mode, 'starts_at', v.starts_at, 'state', CASE
                        WHEN m.cancelled_at IS NOT NULL THEN 'cancelled' WHEN m.closed_at IS NOT NULL THEN 'closed'
                        WHEN m.opened_at IS NOT NULL THEN 'open' ELSE 'convened' END) ORDER BY m.convened_at, m.id)
            FROM meeting m CROSS JOIN LATERAL (SELECT a.mode, a.starts_at FROM meeting_arrangement a
                WHERE a.meeting_id = m.id ORDER BY a.version DESC LIMIT 1) v
            WHERE m.record_id = r.id AND ('strategy_minutes' = ANY (w.see) OR m.id = ANY (w.items))) AS meetings,
           (SELECT jsonb_agg(to_jsonb(p) || jsonb_build_object('proposer', m.display_name, 'answerer', n.display_name)
                             ORDER BY p.sequence)
            FROM decision_proposal p JOIN member m ON m.id = p.proposed_by LEFT JOIN member n ON n.id = p.answered_by
            WHERE p.record_id = r.id AND 'decisions' = ANY (w.see)) AS proposals,
           (SELECT to_jsonb(f) FROM referral f WHERE f.record_id = r.id AND 'referrer' = ANY (w.see)) AS referral,
           ({SHARES}) AS shares, ({REQUESTS}) AS requests
    FROM jsonb_to_recordset(CAST(:wanted AS jsonb)) AS w (
        id uuid, see text[], summary text[], pins jsonb, items uuid[])
    JOIN record r ON r.id = w.id
    CROSS JOIN LATERAL (
        SELECT count(*) AS steps, (array_agg(jsonb_build_object('id', a.id, 'code', a.code, 'name', a.name)
                                   ORDER BY l.step DESC))[1] AS agency
        FROM lead_agency l JOIN agency a ON a.id = l.agency_id WHERE l.record_id = r.id) lead
    LEFT JOIN LATERAL (
        SELECT (array_agg(f.value ORDER BY f.effective_from DESC, f.sequence DESC))[1] AS value, count(*) AS changes
        FROM case_fact f WHERE f.record_id = r.id AND f.kind = 'stage') stage ON true
    CROSS JOIN LATERAL (
        SELECT count(*) AS changes,
               jsonb_agg(jsonb_build_object('member', x.member_id, 'team', x.team_id, 'since', x.from_at,
                                            'reason', x.reason, 'name', coalesce(m.display_name, t.name))
                         ORDER BY x.from_at, coalesce(m.display_name, t.name), x.id)
                   FILTER (WHERE x.until_at IS NULL) AS assignments
        FROM assignment x LEFT JOIN member m ON m.id = x.member_id LEFT JOIN team t ON t.id = x.team_id
        WHERE x.record_id = r.id AND x.agency_id = :agency AND x.function = :function) own
""").columns(  # noqa: S608 - the text put in is a constant
    lead=JSONB,
    assignments=JSONB,
    contents=JSONB,
    summaries=JSONB,
    facts=JSONB,
    clocks=JSONB,
    waiting=JSONB,
    decisions=JSONB,
    steps=JSONB,
    disqualification=JSONB,
    additions=JSONB,
    wishes=JSONB,
    leave=JSONB,
    status=JSONB,
    cooperation=JSONB,
    protection=JSONB,
    meetings=JSONB,
    proposals=JSONB,
    referral=JSONB,
    shares=JSONB,
    requests=JSONB,
)

# No date goes as null: the driver would send Python's latest date as `infinity`, which lies beyond every record.
MY_RECORDS = text("""
    SELECT * FROM my_records(
        :kind, coalesce(CAST(:after_due AS date), DATE '9999-12-31'), :after_at, :after_id, :first)
""")
AGENCY_RECORDS = text("SELECT record_id, from_at FROM agency_records(:kind, :before_at, :before_id, :first)")
CHOSEN_RECORDS = text("""
    SELECT * FROM chosen_records(
        :kind, :in_charge, :newest_first, CAST(:wanted AS jsonb), coalesce(CAST(:after_due AS date), DATE '9999-12-31'),
        :after_at, :after_id, :first)
""")


async def read(reading: Reading, permits: Iterable[Permit]) -> Sequence[RowMapping]:
    """The records of these permits, with the groups each permit names."""
    wanted = [
        {
            "id": str(permit.record_id),
            "see": sorted(permit.see),
            "summary": sorted(permit.summary),
            "items": sorted(str(item) for items in permit.items.values() for item in items),
            "pins": {group.value: version for group, version in permit.pins.items()},
        }
        for permit in permits
    ]
    actor = reading.actor
    values = {"wanted": json.dumps(wanted), "agency": actor.agency_id, "function": actor.function.value}
    return await reading.rows(READ, **values) if wanted else ()


async def assigned(
    reading: Reading, kind: str, after: tuple[date | None, datetime, UUID], first: int
) -> Sequence[RowMapping]:
    """Open records in the actor's own charge, the next due first; without a date the longest waiting first."""
    due, at, record_id = after
    return await reading.rows(MY_RECORDS, kind=kind, after_due=due, after_at=at, after_id=record_id, first=first)


async def known(reading: Reading, kind: str, before: tuple[datetime, UUID], first: int) -> Sequence[RowMapping]:
    """Open records that the actor's agency is involved in under this function, the newest involvement first."""
    return await reading.rows(AGENCY_RECORDS, kind=kind, before_at=before[0], before_id=before[1], first=first)


@dataclass(frozen=True, slots=True)
class Choice:
    """Which list, what is wanted of it, and its order."""

    kind: str
    in_charge: bool
    newest_first: bool
    wanted: Mapping[str, object]


async def chosen(
    reading: Reading, choice: Choice, after: tuple[date | None, datetime, UUID], first: int
) -> Sequence[RowMapping]:
    """Open records that the reader narrowed down, by what they may read of each; each with the date they may read."""
    due, at, record_id = after
    return await reading.rows(
        CHOSEN_RECORDS,
        kind=choice.kind,
        in_charge=choice.in_charge,
        newest_first=choice.newest_first,
        wanted=json.dumps(choice.wanted, default=str),
        after_due=due,
        after_at=at,
        after_id=record_id,
        first=first,
    )
