"""Reading meetings: what the permits name, which row security confirms."""

import json
from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import RowMapping, text
from sqlalchemy.dialects.postgresql import JSONB

from policies.permit import Permit
from policies.vocabulary import DataGroup
from services.meetings.store.signing_reads import SIGNING
from services.tools import Reading

GROUP = DataGroup.STRATEGY_MINUTES
OF_PART = "(x.in_open_part AND w.live OR x.part_id = ANY (w.items))"
OWN = "OR x.agency_id = :agency AND x.function = :function"

READ = text(f"""
    SELECT m.id, m.record_id, r.reference, m.nation, m.convened_at, m.opened_at, m.closed_at, m.cancelled_at,
           m.cancelled_because, moment() AS read_at, w.live AND :function = 'childrens_services' AS is_run_by_you,
           jsonb_build_object('id', a.id, 'code', a.code, 'name', a.name) AS authority,
           to_jsonb(arranged) AS arrangement,
           (SELECT p.id FROM meeting_part p WHERE p.meeting_id = m.id AND p.is_open
             AND (w.live OR p.id = ANY (w.items))) AS open_part,
           (SELECT count(*) FROM meeting o WHERE o.record_id = m.record_id AND (w.live OR o.id = ANY (w.items))
             AND (o.convened_at, o.id) <= (m.convened_at, m.id)) AS ordinal,
           EXISTS (SELECT FROM meeting o WHERE o.record_id = m.record_id AND (w.live OR o.id = ANY (w.items))
             AND o.opened_at IS NOT NULL AND (o.convened_at, o.id) > (m.convened_at, m.id)) AS is_followed,
           (SELECT coalesce(jsonb_agg(to_jsonb(x) || jsonb_build_object(
                       'has_account', coalesce(b.on_platform, false), 'code', b.code,
                       'is_yours', coalesce(x.agency_id = :agency AND x.function = :function, false))
                   ORDER BY x.invited_at, x.body_name, x.id), '[]')
            FROM meeting_invitation x LEFT JOIN agency b ON b.id = x.agency_id
            WHERE x.meeting_id = m.id AND ({OF_PART} {OWN})) AS invitations,
           (SELECT coalesce(jsonb_agg(to_jsonb(x) ORDER BY x.sequence), '[]') FROM invitation_answer x
            WHERE x.meeting_id = m.id AND ({OF_PART} {OWN})) AS answers,
           (SELECT coalesce(jsonb_agg(e.entry ORDER BY e.sequence), '[]') FROM (
                SELECT DISTINCT ON (x.entry_id) first.sequence, to_jsonb(x) || jsonb_build_object(
                    'kind', first.kind, 'author', jsonb_build_object('id', b.id, 'code', b.code, 'name', b.name),
                    'author_function', first.function) AS entry
                FROM meeting_entry_version x JOIN meeting_entry first ON first.id = x.entry_id
                JOIN agency b ON b.id = first.agency_id
                WHERE x.meeting_id = m.id AND {OF_PART} ORDER BY x.entry_id, x.version DESC) e) AS entries,
           (SELECT coalesce(jsonb_agg(to_jsonb(x) ORDER BY x.sent_at, x.id), '[]') FROM meeting_distribution x
            WHERE x.meeting_id = m.id AND {OF_PART}) AS distributions,
           {SIGNING} AS signing
    FROM jsonb_to_recordset(CAST(:wanted AS jsonb)) AS w (record uuid, live boolean, items uuid[])
    JOIN meeting m ON m.record_id = w.record AND (w.live OR m.id = ANY (w.items))
         AND (m.id = CAST(:meeting AS uuid) OR m.occasion_id = CAST(:occasion AS uuid))
    JOIN record r ON r.id = m.record_id
    JOIN agency a ON a.id = m.authority_id
    CROSS JOIN LATERAL (
        SELECT v.* FROM meeting_arrangement v WHERE v.meeting_id = m.id ORDER BY v.version DESC LIMIT 1) arranged
    ORDER BY r.reference, m.id
""").columns(  # noqa: S608 - the texts put in are constants of this file
    authority=JSONB,
    arrangement=JSONB,
    invitations=JSONB,
    answers=JSONB,
    entries=JSONB,
    distributions=JSONB,
    signing=JSONB,
)
CHAIRS = text("SELECT id, display_name FROM my_chairs()")


async def read(
    reading: Reading, permits: Iterable[Permit], *, meeting: UUID | None = None, occasion: UUID | None = None
) -> Sequence[RowMapping]:
    """One meeting, or those that were convened together, as far as these permits reach."""
    wanted = [
        {
            "record": str(permit.record_id),
            "live": GROUP in permit.see,
            "items": sorted(map(str, permit.items.get(GROUP, ()))),
        }
        for permit in permits
    ]
    actor = reading.actor
    values = {"agency": actor.agency_id, "function": actor.function.value, "meeting": meeting, "occasion": occasion}
    return await reading.rows(READ, wanted=json.dumps(wanted), **values) if wanted else ()


async def chairs(reading: Reading) -> Sequence[RowMapping]:
    """Who of the actor's agency may chair."""
    return await reading.rows(CHAIRS)
