"""SQL for the inboxes, and for emptying the outbox into them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import RowMapping, text

from policies.vocabulary import Function
from services.notices import worker_store
from services.notices.rules import rule_of
from services.outbox.kinds import NoticeKind
from services.tools import Reading

# A page of notices first; what hangs on them is looked up for these rows only. Who answered is of the inbox, or is
# the platform's own: its worker, and its people, have no names elsewhere.
SHOWN = """
    SELECT p.id, p.reference, p.kind, p.record_id, p.created_at, p.team_id IS NOT NULL AS for_managers,
           (SELECT i.record_kind FROM involvement i WHERE i.record_id = p.record_id LIMIT 1) AS record_kind,
           (SELECT f.reference FROM notice f WHERE f.id = p.follows) AS follows,
           a.id AS about_id, a.code AS about_code, a.name AS about_name,
           k.at AS acknowledged_at, coalesce(km.display_name, 'The platform') AS acknowledged_by,
           d.at AS done_at, coalesce(dm.display_name, 'The platform') AS done_by, d.channel, d.told_at, d.note,
           (SELECT s.due_at FROM notice_step s
            WHERE s.notice_id = p.root AND s.step = 'chase' AND s.ended_at IS NULL) AS chase_at,
           (SELECT s.due_at FROM notice_step s
            WHERE s.notice_id = p.root AND s.step = 'escalate' AND s.ended_at IS NULL) AS escalate_at,
           hf.display_name AS handed_from, coalesce(hm.display_name, ht.name) AS handed_to, h.cases AS handed_cases,
           h.notifications AS handed_notifications, h.tasks AS handed_tasks,
           h.requests AS handed_requests,
           h.actions AS handed_actions,
           rm.display_name AS refused_name,
           (SELECT count(*) FROM refused_look w WHERE w.alert_id = p.id) AS refused_count,
           (SELECT max(w.at) FROM refused_look w WHERE w.alert_id = p.id) AS refused_last_at
    FROM page p LEFT JOIN agency a ON a.id = p.about_agency_id
    LEFT JOIN notice_acknowledgement k ON k.notice_id = p.root LEFT JOIN member km ON km.id = k.member_id
    LEFT JOIN task_completion d ON d.notice_id = p.root LEFT JOIN member dm ON dm.id = d.member_id
    LEFT JOIN handover h ON h.id = p.id LEFT JOIN member hf ON hf.id = h.from_member_id
    LEFT JOIN member hm ON hm.id = h.to_member_id LEFT JOIN team ht ON ht.id = h.to_team_id
    LEFT JOIN refusal_alert ra ON ra.id = p.id LEFT JOIN member rm ON rm.id = ra.member_id
    ORDER BY p.created_at DESC, p.id DESC
"""
INBOX = text(f"""
    WITH page AS MATERIALIZED (
        SELECT n.*, coalesce(n.follows, n.id) AS root FROM notice n
        WHERE n.agency_id = my_agency() AND n.function = my_function() AND (n.created_at, n.id) < (:after_at, :after_id)
        ORDER BY n.created_at DESC, n.id DESC LIMIT :first
    ) {SHOWN}
""")  # noqa: S608 - the text put in is a constant of this file
ONE = text(f"""
    WITH page AS MATERIALIZED (
        SELECT n.*, coalesce(n.follows, n.id) AS root FROM notice n
        WHERE n.agency_id = my_agency() AND n.function = my_function()
          AND (n.id = CAST(:id AS uuid) OR n.reference = upper(CAST(:reference AS text)))
    ) {SHOWN}
""")  # noqa: S608 - the text put in is a constant of this file
# Taken rows stay locked until the commit: two workers never deliver the same one, a killed worker delivers none.
TAKE = text("""
    SELECT id, kind, record_id, agency_id, function, about_agency_id, created_at FROM outbox
    WHERE delivered_at IS NULL ORDER BY created_at, id LIMIT :most FOR UPDATE SKIP LOCKED
""")
DELIVERED = text("UPDATE outbox SET delivered_at = moment() WHERE id = :id")


async def inbox(reading: Reading, after: tuple[datetime, UUID], first: int) -> Sequence[RowMapping]:
    """Notices for the agency and function acted in, the newest first."""
    return await reading.rows(INBOX, after_at=after[0], after_id=after[1], first=first)


async def one(reading: Reading, notice: UUID | None, reference: str | None) -> Sequence[RowMapping]:
    """The notice of the same inbox with this id or reference, if there is one."""
    return await reading.rows(ONE, id=notice, reference=reference)


async def deliver(reading: Reading, most: int) -> int:
    """Turn waiting rows of the outbox into notices, each once, with what follows if nobody answers; how many."""
    waiting = await reading.rows(TAKE, most=most)
    for row in waiting:
        await worker_store.put_in_inbox(reading, row)
        rule = rule_of(NoticeKind(row["kind"]), Function(row["function"]), row["created_at"])
        if rule is not None:
            await worker_store.plan(reading, row, rule)
        await reading.run(DELIVERED, id=row["id"])
    return len(waiting)
